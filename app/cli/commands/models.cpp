#include "command.h"

#include "engine/model_registry.h"
#include "library/add_model.h"
#include "library/catalogue.h"
#include "library/download.h"
#include "library/hub_settings.h"
#include "library/remove.h"
#include "library/verify.h"

#include <fmt/format.h>

#include <chrono>

namespace s1::cli {

namespace fs = std::filesystem;

namespace {

library::ModelStore modelStore() {
    return library::ModelStore(library::dataFolder());
}

const char* kindName(ModelKind kind) {
    return kind == ModelKind::Embedded ? "embedded" : "published";
}

void show(Session& session, const ModelInfo& model) {
    std::string missing;
    for (const std::string& file : model.missing)
        missing += "\n    missing: " + file;
    session.reporter().text(fmt::format("{:<14} {:<10} {:<11} {}{}", model.name, kindName(model.kind),
                                        model.complete ? "complete" : "incomplete", model.folder.string(), missing));
    session.reporter().event({{"event", "model"},
                              {"name", model.name},
                              {"title", model.title},
                              {"kind", kindName(model.kind)},
                              {"folder", model.folder.string()},
                              {"complete", model.complete},
                              {"missing", model.missing}});
}

Result<void> list(Session& session) {
    S1_CHECK(modelStore().load()); // a damaged list is an error here, not an empty one
    for (const ModelInfo& model : ModelRegistry(findResourceFolder({})).models())
        show(session, model);
    return {};
}

Result<void> add(Session& session, const fs::path& folder, const std::string& name) {
    S1_TRY(const auto added, library::addModel(modelStore(), folder, name));
    for (const auto& part : added.parts) {
        session.reporter().text(fmt::format("{:<14} {:<28} {}", added.name, part.repository, part.folder.string()));
        session.reporter().event({{"event", "part"},
                                  {"model", added.name},
                                  {"repository", part.repository},
                                  {"folder", part.folder.string()},
                                  {"missing", part.missing}});
    }
    return {};
}

// Bytes as MiB, as the bar counts in int.
int mib(std::uint64_t bytes) {
    return static_cast<int>(bytes >> 20);
}

// At most a few lines a second, and the bar with the time left.
class Ticker {
public:
    Ticker(Reporter& reporter, const char* event) : m_reporter(reporter), m_event(event) {}

    void tell(const std::string& model, const std::string& file, std::uint64_t bytes, std::uint64_t size) {
        const auto now = std::chrono::steady_clock::now();
        if (m_last && now - *m_last < std::chrono::milliseconds(250) && file == m_file)
            return;
        m_last = now;
        m_file = file;
        const double seconds = std::chrono::duration<double>(now - m_start).count();
        if (!m_first)
            m_first = bytes; // what was here already says nothing about the line
        const double speed = seconds > 0 ? static_cast<double>(bytes - std::min(bytes, *m_first)) / seconds : 0;
        const double left = speed > 0 ? static_cast<double>(size - std::min(bytes, size)) / speed : -1;
        m_reporter.progress(model, mib(bytes), mib(size), left);
        m_reporter.event({{"event", m_event}, {"name", model}, {"file", file}, {"bytes", bytes}, {"size", size}});
    }

private:
    Reporter& m_reporter;
    const char* m_event;
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::optional<std::chrono::steady_clock::time_point> m_last;
    std::optional<std::uint64_t> m_first;
    std::string m_file;
};

struct DownloadOrder {
    std::string name, model = std::string(library::kPublishedModel), revision;
    bool planOnly = false;
};

Result<void> downloadOne(Session& session, const library::Repository& repository, const DownloadOrder& order) {
    Reporter& reporter = session.reporter();
    const auto settings = library::HubSettings::ofProcess();
    library::Downloader downloader(settings, modelStore());
    S1_TRY(const auto plan, downloader.plan(repository, order.model, order.revision, session.stopToken()));
    if (order.planOnly) {
        for (const auto& file : plan.files) {
            reporter.text(fmt::format("{} {} {}", file.hub.blob, file.hub.size, file.url));
            reporter.event({{"event", "file"}, {"url", file.url}, {"size", file.hub.size}, {"hash", file.hub.blob}});
        }
        return {};
    }
    reporter.note(fmt::format("{}: {} MiB, licence {}; its text: {}/{}", repository.id, mib(plan.size()),
                              repository.licence, settings.endpoint, repository.id));
    Ticker ticker(reporter, "download");
    S1_CHECK(downloader.run(
        plan, order.model,
        [&](const library::DownloadState& state) {
            ticker.tell(std::string(repository.name()), std::string(state.file), state.bytes, state.size);
        },
        session.stopToken()));
    reporter.text(fmt::format("{:<28} {}", repository.id, plan.commit));
    reporter.event({{"event", "downloaded"},
                    {"model", order.model},
                    {"repository", repository.id},
                    {"commit", plan.commit},
                    {"bytes", plan.size()}});
    return {};
}

// A whole model: the parts that are not there. One repository: that one.
Result<void> download(Session& session, const DownloadOrder& order) {
    S1_CHECK(library::checkModelName(order.model));
    if (const auto* repository = library::findRepository(order.name))
        return downloadOne(session, *repository, order);
    if (order.name != library::kPublishedModel) {
        std::string known(library::kPublishedModel);
        for (const auto& repository : library::repositories())
            known += fmt::format(", {}", repository.name());
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("nothing published is called {}; give one of {}", order.name, known), order.name};
    }
    S1_TRY(auto models, modelStore().load());
    const library::RegisteredModel* const model = library::findModel(models, order.model);
    const auto missing = model ? library::missingFiles(*model) : std::vector<std::string>();
    for (const auto& repository : library::repositories()) {
        const bool complete =
            model && std::none_of(missing.begin(), missing.end(), [&](const std::string& file) {
                return file == repository.name() || file.starts_with(fmt::format("{}/", repository.name()));
            });
        if (!complete || order.planOnly)
            S1_CHECK(downloadOne(session, repository, order));
    }
    return {};
}

Result<void> report(Session& session, const std::string& model, const std::vector<library::BadFile>& bad) {
    for (const auto& file : bad) {
        session.reporter().text(fmt::format("{:<14} {} {}", model, file.file, file.why));
        session.reporter().event({{"event", "bad_file"}, {"model", model}, {"file", file.file}, {"why", file.why}});
    }
    session.reporter().event({{"event", "verified"}, {"model", model}, {"bad", bad.size()}});
    if (bad.empty()) {
        session.reporter().text(fmt::format("{:<14} good", model));
        return {};
    }
    const bool damaged = std::any_of(bad.begin(), bad.end(), [](const auto& file) { return !file.isMissing; });
    return Error{damaged ? ErrorCode::Corrupt : ErrorCode::NotFound,
                 fmt::format("{} files of the model {} are not good, the first is {}; get them again with `show1-cli "
                             "models download`",
                             bad.size(), model, bad[0].file),
                 bad[0].file};
}

// Every model is looked at, whatever was wrong with the one before.
Result<void> verify(Session& session, const std::string& name) {
    Result<void> worst;
    bool found = false;
    const auto keep = [&](Result<void> result) {
        found = true;
        if (worst)
            worst = std::move(result);
    };
    if (name.empty() || name == "toyland") {
        std::vector<library::BadFile> bad; // its files come with the program: who built it knows them
        const auto all = ModelRegistry(findResourceFolder({})).models();
        for (const std::string& file : all.front().missing)
            bad.push_back({file, "is missing", true});
        keep(report(session, "toyland", bad));
    }
    S1_TRY(const auto models, modelStore().load());
    Ticker ticker(session.reporter(), "verify");
    for (const auto& model : models) {
        if (!name.empty() && name != model.name)
            continue;
        const auto onFile = [&](const std::string& file, std::uint64_t bytes, std::uint64_t size) {
            ticker.tell(model.name, file, bytes, size);
        };
        S1_TRY(const auto bad, library::verifyModel(model, onFile, session.stopToken()));
        keep(report(session, model.name, bad));
    }
    if (!found)
        return Error{ErrorCode::NotFound,
                     fmt::format("no model {} is registered; `show1-cli models list` names them", name), name};
    return worst;
}

Result<void> remove(Session& session, const std::string& name, bool files) {
    S1_CHECK(library::checkModelName(name));
    S1_TRY(const auto removed,
           library::removeModel(modelStore(), name, files ? library::Files::Delete : library::Files::Keep));
    for (const fs::path& file : removed.files)
        session.reporter().text("deleted " + file.string());
    session.reporter().event(
        {{"event", "removed"}, {"name", name}, {"files", removed.files.size()}, {"bytes", removed.bytes}});
    return {};
}

void addDownload(CLI::App& models, Action& action) {
    auto order = std::make_shared<DownloadOrder>();
    CLI::App* verb =
        models.add_subcommand("download", "published weights from the hub, checked; goes on where it stopped");
    verb->add_option("name", order->name, "show-1, or one repository such as show-1-base")->required();
    verb->add_option("--model", order->model, "the model it becomes a part of; default: show-1");
    verb->add_option("--revision", order->revision, "commit, tag or branch");
    verb->add_flag("--list", order->planOnly, "only say hash, size and address of each file");
    verb->callback([order, &action] { action = [order](Session& s) { return download(s, *order); }; });
}

} // namespace

void addModels(CLI::App& app, Action& action) {
    CLI::App* models = app.add_subcommand("models", "the models this installation knows");
    models->require_subcommand(1);
    models->add_subcommand("list", "name, kind, folder and what is missing")->callback([&action] { action = list; });

    struct Values {
        std::string name;
        fs::path folder;
        bool files = false;
    };
    auto values = std::make_shared<Values>();
    CLI::App* verb = models->add_subcommand("add", "makes a folder with published repositories known; copies nothing");
    verb->add_option("folder", values->folder, "clones, one of them, or a hub cache; default: the hub's cache");
    verb->add_option("--name", values->name, "default: show-1");
    verb->callback(
        [values, &action] { action = [values](Session& s) { return add(s, values->folder, values->name); }; });

    verb = models->add_subcommand("verify", "looks at every file: there, its size, its hash");
    verb->add_option("name", values->name, "default: all");
    verb->callback([values, &action] { action = [values](Session& s) { return verify(s, values->name); }; });

    addDownload(*models, action);
#ifdef S1_CLI_TENSOR
    addFakePublished(*models, action);
#endif

    verb = models->add_subcommand("remove", "forgets a model");
    verb->add_option("name", values->name)->required();
    verb->add_flag("--delete", values->files, "and deletes the files that `models download` got for it");
    verb->callback(
        [values, &action] { action = [values](Session& s) { return remove(s, values->name, values->files); }; });
}

} // namespace s1::cli
