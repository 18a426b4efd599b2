#include "command.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

const char* kindName(ModelKind kind) {
    return kind == ModelKind::Embedded ? "embedded" : "published";
}

Result<void> list(Session& session, bool verify) {
    S1_TRY(Engine* const engine, session.engine());
    const ModelInfo* broken = nullptr;
    const auto models = engine->models();
    for (const ModelInfo& model : models) {
        std::string missing;
        for (const std::string& file : model.missing)
            missing += "\n    missing: " + file;
        session.reporter().text(fmt::format("{:<14} {:<10} {:<11} {}{}", model.name, kindName(model.kind),
                                            model.complete ? "complete" : "incomplete", model.folder.string(),
                                            missing));
        session.reporter().event({{"event", "model"},
                                  {"name", model.name},
                                  {"title", model.title},
                                  {"kind", kindName(model.kind)},
                                  {"folder", model.folder.string()},
                                  {"complete", model.complete},
                                  {"missing", model.missing}});
        if (!model.complete)
            broken = &model;
    }
    if (verify && broken)
        return Error{
            ErrorCode::NotFound,
            fmt::format("the model {} lacks {} of its files; get them again", broken->name, broken->missing.size()),
            broken->name};
    return {};
}

} // namespace

void addModels(CLI::App& app, Action& action) {
    CLI::App* verb = app.add_subcommand("models", "the models this installation knows");
    verb->require_subcommand(1);
    verb->add_subcommand("list", "name, kind, folder and what is missing")->callback([&action] {
        action = [](Session& s) { return list(s, false); };
    });
    verb->add_subcommand("verify", "as list; fails when files are missing")->callback([&action] {
        action = [](Session& s) { return list(s, true); };
    });
    for (const char* later : {"add", "download", "remove"}) {
        CLI::App* sub = verb->add_subcommand(later, "not in this version");
        auto ignored = std::make_shared<std::vector<std::string>>();
        sub->add_option("name", *ignored);
        sub->callback([later, ignored, &action] {
            action = [later](Session&) -> Result<void> {
                return Error{ErrorCode::Unsupported,
                             fmt::format("models {} is not in this version; give the folder itself with -m", later),
                             later};
            };
        });
    }
}

} // namespace s1::cli
