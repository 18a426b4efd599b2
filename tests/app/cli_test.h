#pragma once

#include "cli.h"

#include "base/files.h"
#include "support/fake_engine.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace s1::cli {

// Drives show1-cli in-process on a fake engine.
class CliTest : public testing::Test {
protected:
    CliTest() {
        script.stepTime = std::chrono::milliseconds(0);
        script.previewEvery = 1000;
        // Small pictures: the fake engine draws every one.
        std::string stages;
        for (const StageId stage : kStages)
            stages += (stages.empty() ? "\"" : ",\"") + std::string(toString(stage)) +
                      R"(":{"width":32,"height":20,"steps":3})";
        EXPECT_TRUE(writeFileAtomically(path("plan.json"), "{\"stages\":{" + stages + "}}"));
    }

    std::string path(const std::string& name) const { return (folder / name).string(); }

    int run(std::vector<std::string> args, std::stop_token stop = {}) {
        out.str("");
        err.str("");
        engine = nullptr;
        const auto factory = [this](EngineOptions options, EventSink sink) -> Result<std::unique_ptr<Engine>> {
            engineOptions = options;
            if (engineError)
                return *engineError;
            auto made = std::make_unique<Recording>(std::move(sink), script, requests);
            engine = made.get();
            return std::unique_ptr<Engine>(std::move(made));
        };
        return runCli(std::move(args), {out, err, terminal}, factory, std::move(stop));
    }

    // generate with small pictures.
    int generate(std::vector<std::string> more, std::stop_token stop = {}) {
        std::vector<std::string> args{"generate", "a red ball", "--plan", path("plan.json"), "-o", path("clip.mp4")};
        args.insert(args.end(), more.begin(), more.end());
        return run(std::move(args), std::move(stop));
    }

    // Every line of out as JSON; a line that is not fails the test.
    std::vector<nlohmann::json> lines() const {
        std::vector<nlohmann::json> found;
        std::istringstream stream(out.str());
        for (std::string line; std::getline(stream, line);) {
            auto json = nlohmann::json::parse(line, nullptr, false);
            EXPECT_FALSE(json.is_discarded()) << line;
            found.push_back(std::move(json));
        }
        return found;
    }

    std::vector<std::string> events() const {
        std::vector<std::string> names;
        for (const auto& line : lines())
            names.push_back(line.value("event", "?"));
        return names;
    }

    // contract.md 2: one line, the program's name, what is wrong and what to do.
    void expectOneErrorLine() const {
        const std::string text = err.str();
        EXPECT_TRUE(text.starts_with("show1-cli: ")) << text;
        EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
        EXPECT_NE(text.find(';'), std::string::npos) << text;
    }

    template <typename Request>
    std::vector<Request> requestsOf() const {
        std::vector<Request> found;
        for (const JobRequest& request : requests)
            if (const auto* wanted = std::get_if<Request>(&request))
                found.push_back(*wanted);
        return found;
    }

    // Keeps what was asked of it after the command has ended and the engine with it.
    class Recording : public test::FakeEngine {
    public:
        Recording(EventSink sink, test::FakeScript script, std::vector<JobRequest>& log)
            : FakeEngine(std::move(sink), std::move(script)), m_log(log) {}
        JobId submit(JobRequest request) override {
            m_log.push_back(request);
            return FakeEngine::submit(std::move(request));
        }

    private:
        std::vector<JobRequest>& m_log;
    };

    test::TemporaryFolder folder;
    test::FakeScript script;
    std::optional<Error> engineError;
    EngineOptions engineOptions;
    std::atomic<Recording*> engine = nullptr;
    std::vector<JobRequest> requests;
    bool terminal = false;
    std::ostringstream out, err;
};

} // namespace s1::cli
