#include "output_path.h"
#include "toyland_commands.h"

#include "media/clip_reader.h"
#include "toyland/paths.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

struct JudgeOptions {
    std::filesystem::path clip, scene;
};

Result<void> judgeClip(Session& session, const JudgeOptions& options) {
    S1_CHECK(checkExists(options.clip, "clip"));
    S1_TRY(const toyland::Scene scene, readScene(options.scene));
    S1_TRY(const Clip clip, readClip(options.clip));
    const toyland::Verdict verdict = toyland::judge(clip, toyland::expectationOf(scene));
    for (const auto& [name, part] : toyland::judgements(verdict))
        session.reporter().text(fmt::format("{:<10} {:<6} expected {}, found {}", name, part.right ? "right" : "wrong",
                                            part.expected.empty() ? "anything" : part.expected, part.found));
    nlohmann::json result = toJson(verdict);
    if (const auto match = toyland::matchPath(scene, verdict.tracks)) {
        session.reporter().text("path       " + toyland::inWords(*match));
        result["path"] = toyland::toJson(*match);
    }
    session.reporter().event(result);
    return {};
}

} // namespace

void addToylandJudge(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<JudgeOptions>();
    CLI::App* verb = toyland.add_subcommand("judge", "whether a clip shows a scene");
    verb->add_option("clip", options->clip, "clip to look at")->required();
    verb->add_option("--scene", options->scene, "JSON (toyland.scene/1)")->required();
    verb->callback([options, &action] { action = [options](Session& s) { return judgeClip(s, *options); }; });
}

} // namespace s1::cli
