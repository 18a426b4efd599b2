#include "likeness_table.h"
#include "plan_options.h"
#include "scores.h"
#include "toyland_commands.h"

#include "engine/device.h"
#include "probe/completion.h"
#include "probe/detail.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

struct ProbeOptions {
    std::string what = "keyframes";
    int from = 999;
    bool apart = false;
    std::string first; // empty: the stage itself
    ScenesOptions scenes;
};

class Probe {
public:
    Probe(Session& session, const ProbeOptions& options) : m_session(session), m_reporter(session.reporter()), m_options(options) {}

    Result<void> run() {
        S1_CHECK(checkDevice(m_session.options().device));
        S1_TRY(m_model, modelFolder(m_options.scenes.model));
        S1_TRY(m_plan, m_options.scenes.plan(m_session));
        const auto stage = stageFromString(m_options.what), first = stageFromString(m_options.first); // none: vae; the stage itself
        if (first && (!stage || *first == StageId::Keyframes || *first > *stage))
            return Error{ErrorCode::InvalidArgument, fmt::format("--first {0} does not lead to {1}; name a stage after key frames and not after {1}", m_options.first, m_options.what), ""};
        if (!stage)
            return autoencoder();
        return *stage == StageId::Keyframes ? keyframes() : detail(*stage, first.value_or(*stage));
    }

private:
    Result<void> keyframes() {
        Scores scores;
        S1_CHECK(probe::complete({m_model, m_plan[StageId::Keyframes], m_options.scenes.seed, m_options.scenes.count, m_options.from, m_options.apart},
                                 [&](const toyland::Scene& scene, const Clip& clip) {
                                     scores.add(toyland::judge(clip, toyland::expectationOf(scene)));
                                     progress();
                                 },
                                 m_session.stopToken()));
        m_reporter.text(scores.table());
        m_reporter.event(scores.toJson());
        return {};
    }

    Result<void> detail(StageId stage, StageId first) {
        LikenessTable table;
        const char* plain = stage == StageId::Interpolation ? "blend" : "bicubic";
        S1_CHECK(probe::probeDetail({m_model, m_plan, stage, m_options.scenes.seed, m_options.scenes.count, first},
                                    [&](const probe::DetailFigures& scene) {
                                        table.add("stage", scene.stage);
                                        table.add(plain, scene.plain);
                                        table.add("truth", scene.truth);
                                        progress();
                                    },
                                    m_session.stopToken()));
        table.report(m_reporter);
        return {};
    }

    Result<void> autoencoder() {
        Mean mean;
        S1_CHECK(probe::probeAutoencoder({m_model, m_plan, StageId::Translation, m_options.scenes.seed, m_options.scenes.count},
                                         [&](double psnr) {
                                             mean.add(psnr);
                                             progress();
                                         },
                                         m_session.stopToken()));
        m_reporter.text(fmt::format("PSNR {:.2f} dB there and back", mean.value().value_or(0)));
        m_reporter.event({{"event", "clips"}, {"name", "vae"}, {"psnr", mean.value().value_or(0)}});
        return {};
    }

    void progress() { m_reporter.progress("probing", ++m_done, m_options.scenes.count, -1); }

    Session& m_session;
    Reporter& m_reporter;
    const ProbeOptions& m_options;
    std::filesystem::path m_model;
    CascadePlan m_plan;
    int m_done = 0;
};

} // namespace

void addToylandProbe(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<ProbeOptions>();
    CLI::App* verb = toyland.add_subcommand("probe", "what one stage makes of true clips, with the prompts of the training grammar");
    auto parts = stageNames();
    parts.emplace_back("vae");
    verb->add_option("stage", options->what, "keyframes begin as a true clip under noise, later stages with a true clip of the stage before")
        ->check(CLI::IsMember(parts))->required();
    verb->add_option("--from", options->from, "keyframes: timestep of the noise")->check(CLI::Range(0, 999))->capture_default_str();
    verb->add_flag("--apart", options->apart, "keyframes: each frame alone, unguided");
    verb->add_option("--first", options->first, "later stages: a true clip is given to this one, and those up to the stage follow")->check(CLI::IsMember(stageNames()));
    options->scenes.addTo(*verb);
    verb->callback([options, &action] { action = [options](Session& s) { return Probe(s, *options).run(); }; });
}

} // namespace s1::cli
