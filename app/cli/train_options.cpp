#include "train_options.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace s1::cli {

void addTrainOptions(CLI::App& verb, train::TrainOptions& options) {
    verb.add_option("stage", options.stage, "text, images, keyframes, interpolation, superres, vae or translation; latent-keyframes for comparison")->required();
    verb.add_option("--minutes", options.minutes, "length of the run")->check(CLI::PositiveNumber);
    verb.add_option("--steps", options.steps, "length of the run, in place of --minutes")->check(CLI::PositiveNumber);
    verb.add_option("--batch-times", options.batchTimes, "so many times the samples in each step; 8 and more for a GPU")->check(CLI::PositiveNumber);
    verb.add_option("--seed", options.seed, "of weights and data");
    verb.add_option("--resume", options.resume, "go on from the checkpoint in this model folder");
    verb.add_option("--init", options.init, "model folder to start from; default: the output folder; text learns to be answered by its networks as its own text is");
    verb.add_flag("--whole-range", options.wholeRange, "translation: all noise levels, without expert tuning; for comparison");
    verb.add_option("--only", options.only, "parts of layers' names, with commas between: only these learn")->delimiter(',');
    verb.add_option("-o,--output", options.root, "model folder to write; checkpoints lie in it, too")->required();
}

Result<void> setTrainDtype(const std::string& dtype, train::TrainOptions& options) {
    options.bf16 = dtype == "bf16";
    if (!options.bf16 && dtype != "auto" && dtype != "f32")
        return Error{ErrorCode::InvalidArgument, fmt::format("training multiplies in f32 or bf16, not \"{}\"", dtype), "--dtype"};
    return {};
}

std::string progressLine(const train::TrainProgress& p, bool json) {
    if (json)
        return nlohmann::json{{"event", "train"}, {"step", p.step}, {"loss", p.loss}, {"samples_per_second", p.samplesPerSecond},
                              {"gflops", p.gflops}, {"seconds_left", p.secondsLeft}, {"note", p.note}}.dump();
    return fmt::format("step {} loss {:.5f} {:.1f} samples/s, {:.0f} GFLOP/s, {:.0f} s left {}", p.step, p.loss, p.samplesPerSecond, p.gflops, p.secondsLeft, p.note);
}

} // namespace s1::cli
