#include "confusion.h"
#include "scores.h"
#include "toyland_commands.h"

#include "base/files.h"
#include "media/clip_reader.h"
#include "media/clip_writer.h"
#include "toyland/noise.h"
#include "toyland/renderer.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

struct CheckJudgeOptions {
    std::uint64_t seed = 0;
    int count = 512;
    double noise = 0.04;
    int crf = 23;
};

// Through H.264 and back.
Result<Clip> coded(const Clip& clip, int crf) {
    const TemporaryFile file(std::filesystem::temp_directory_path() / "show1-judge.mp4");
    S1_CHECK(writeClip(file.path(), clip, "mp4-h264", {.crf = crf}));
    return readClip(file.path());
}

struct Drawing {
    const toyland::Scene& scene;
    std::uint64_t seed;
    Clip small;
    const CheckJudgeOptions& options;
};

// As a judge may meet it.
Result<Clip> clean(const Drawing& drawing) { return drawing.small; }
Result<Clip> noisy(const Drawing& drawing) { return toyland::withNoise(drawing.small, drawing.options.noise, drawing.seed); }
Result<Clip> large(const Drawing& drawing) { return coded(toyland::renderClip(drawing.scene, 576, 320, 29), drawing.options.crf); }

struct Trial {
    const char* id;
    std::string title;
    Result<Clip> (*clip)(const Drawing&);
    Scores scores;
    Confusion confusion;
};

Result<void> checkJudge(Session& session, const CheckJudgeOptions& options) {
    Trial trials[] = {{"clean", "8 frames of 64x40", clean, {}, {}},
                      {"noise", fmt::format("the same with noise of {}", options.noise), noisy, {}, {}},
                      {"h264", fmt::format("29 frames of 576x320 through H.264, CRF {}", options.crf), large, {}, {}}};
    Reporter& reporter = session.reporter();
    for (int i = 0; i < options.count; ++i) {
        if (session.stopRequested())
            return Error{ErrorCode::Cancelled, "cancelled; nothing is written", ""};
        const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(i);
        const toyland::Scene scene = toyland::drawScene(seed);
        const Drawing drawing{scene, seed, toyland::renderClip(scene, 64, 40, 8), options};
        for (Trial& trial : trials) {
            S1_TRY(const Clip clip, trial.clip(drawing));
            const toyland::Verdict verdict = toyland::judge(clip, toyland::expectationOf(scene));
            trial.scores.add(verdict);
            trial.confusion.add(verdict);
            if (!verdict.all)
                reporter.event({{"event", "wrong"}, {"trial", trial.id}, {"seed", seed}, {"verdict", toJson(verdict)}});
        }
        reporter.progress("judging", i + 1, options.count, -1);
    }
    nlohmann::json result{{"event", "judge"}};
    for (const Trial& trial : trials) {
        reporter.text(fmt::format("{}\n{}{}", trial.title, trial.scores.table(), trial.confusion.table()));
        result[trial.id] = trial.scores.toJson();
        result[trial.id]["confusion"] = trial.confusion.toJson();
    }
    reporter.event(result);
    return {};
}

} // namespace

void addToylandCheckJudge(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<CheckJudgeOptions>();
    CLI::App* verb = toyland.add_subcommand("check-judge", "how often the judge is right about drawings of the core set");
    verb->add_option("--seed", options->seed, "seed of the first scene; the next ones count up");
    verb->add_option("--count", options->count, "scenes")->check(CLI::Range(1, 1000000))->capture_default_str();
    verb->add_option("--noise", options->noise, "of the noisy ones, in shares of full scale")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    verb->add_option("--crf", options->crf, "H.264: 1 is fine, 51 coarse")->check(CLI::Range(1, 51))->capture_default_str();
    verb->callback([options, &action] { action = [options](Session& s) { return checkJudge(s, *options); }; });
}

} // namespace s1::cli
