#pragma once

#include "cli.h"
#include "reporter.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace s1::cli {

// Options that every verb has.
struct CommonOptions {
    bool json = false;
    bool noProgress = false;
    std::string device = "auto";
    std::string dtype = "auto";
    int threads = 0;
    double maxRam = 0;
    double checkpoint = 2;
    double maxVram = 0;
    bool deterministic = false;
    std::string logLevel = "warning";
    std::filesystem::path profile;
};

// What a command works with: the common options, what it says, and the engine, which starts when first asked for.
class Session {
public:
    Session(Streams streams, EngineFactory factory, std::stop_token stop);
    ~Session();

    CommonOptions& options() { return m_options; }
    Reporter& reporter() { return m_reporter; }
    bool stopRequested() const { return m_stop.stop_requested(); }
    std::stop_token stopToken() const { return m_stop; }

    Result<void> applyOptions(); // once they are parsed
    Result<Engine*> engine();

    // Runs a job to its end on the calling thread and hands every event to onEvent, which may itself run jobs.
    using OnEvent = std::function<void(const JobEvent&)>;
    Result<Succeeded> run(JobRequest request, const OnEvent& onEvent = {});

private:
    struct Inbox;

    EngineFactory m_factory;
    std::stop_token m_stop;
    Reporter m_reporter;
    CommonOptions m_options;
    std::shared_ptr<Inbox> m_inbox;
    std::unique_ptr<Engine> m_engine; // last: goes first, so no event follows
};

} // namespace s1::cli
