#include "likeness_table.h"
#include "plan_options.h"
#include "scores.h"
#include "toyland_commands.h"

#include "engine/device.h"
#include "probe/latent_keyframes.h"
#include "probe/translation.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

struct CompareOptions {
    std::string what;
    std::filesystem::path whole, latent;
    ScenesOptions scenes;
};

Result<void> compareTranslations(Session& session, const CompareOptions& options, const std::filesystem::path& model, const CascadePlan& plan) {
    LikenessTable table;
    int done = 0;
    S1_CHECK(probe::compareTranslations({model, options.whole, plan, options.scenes.seed, options.scenes.count},
                                        [&](const std::vector<probe::NamedLikeness>& rows) {
                                            for (const auto& row : rows)
                                                table.add(row.name, row.figures);
                                            session.reporter().progress("comparing", ++done, options.scenes.count, -1);
                                        },
                                        session.stopToken()));
    table.report(session.reporter());
    return {};
}

Result<void> compareKeyframes(Session& session, const CompareOptions& options, const std::filesystem::path& model, const CascadePlan& plan) {
    Scores pixels, latents;
    S1_CHECK(probe::compareKeyframes({model, options.latent, plan[StageId::Keyframes], options.scenes.seed, options.scenes.count},
                                     [&](probe::KeyframeSpace space, const toyland::Scene& scene, const Clip& clip) {
                                         (space == probe::KeyframeSpace::Pixels ? pixels : latents).add(toyland::judge(clip, toyland::expectationOf(scene)));
                                         session.reporter().progress("comparing", latents.prompts(), options.scenes.count, -1);
                                     },
                                     session.stopToken()));
    for (const auto& [name, scores] : {std::pair{"pixels", &pixels}, {"latents", &latents}}) {
        session.reporter().text(fmt::format("{}\n{}", name, scores->table()));
        nlohmann::json event = scores->toJson();
        event["event"] = "keyframes";
        event["name"] = name;
        session.reporter().event(event);
    }
    return {};
}

Result<void> checkFolders(const CompareOptions& options) {
    const bool keyframes = options.what == "keyframes";
    if (keyframes && !options.whole.empty())
        return Error{ErrorCode::InvalidArgument, "--whole-range names a translation; leave it out when comparing key frames", "--whole-range"};
    if (keyframes && options.latent.empty())
        return Error{ErrorCode::InvalidArgument, "comparing key frames needs --latent, the folder of a network that toyland train latent-keyframes wrote", "--latent"};
    if (!keyframes && !options.latent.empty())
        return Error{ErrorCode::InvalidArgument, "--latent names a network of key frames; leave it out when comparing translations", "--latent"};
    return {};
}

Result<void> compare(Session& session, const CompareOptions& options) {
    S1_CHECK(checkFolders(options));
    S1_CHECK(checkDevice(session.options().device));
    S1_TRY(const auto model, modelFolder(options.scenes.model));
    S1_TRY(const auto plan, options.scenes.plan(session));
    return options.what == "keyframes" ? compareKeyframes(session, options, model, plan) : compareTranslations(session, options, model, plan);
}

} // namespace

void addToylandCompare(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<CompareOptions>();
    CLI::App* verb = toyland.add_subcommand("compare", "the paper's tables, in small");
    verb->add_option("what", options->what, "keyframes: table 4, made as pixels or latents; translation: table 6, expert tuning and the kind of input")
        ->check(CLI::IsMember({"keyframes", "translation"}))->required();
    verb->add_option("--latent", options->latent, "keyframes: folder that toyland train latent-keyframes wrote");
    verb->add_option("--whole-range", options->whole, "translation: folder of one trained with --whole-range");
    options->scenes.addTo(*verb);
    verb->callback([options, &action] { action = [options](Session& s) { return compare(s, *options); }; });
}

} // namespace s1::cli
