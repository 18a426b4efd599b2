#include "toyland_commands.h"

#include "engine/device.h"
#include "train/task.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

Result<void> trainStage(Session& session, train::TrainOptions options) {
    S1_CHECK(checkDevice(session.options().device));
    options.threads = session.options().threads;
    const std::string& dtype = session.options().dtype;
    options.bf16 = dtype == "bf16";
    if (!options.bf16 && dtype != "auto" && dtype != "f32")
        return Error{ErrorCode::InvalidArgument, fmt::format("training multiplies in f32 or bf16, not \"{}\"", dtype), "--dtype"};
    const bool json = session.options().json;
    const auto report = [&](const train::TrainProgress& p) {
        session.reporter().line(json ? nlohmann::json{{"event", "train"}, {"step", p.step}, {"loss", p.loss}, {"samples_per_second", p.samplesPerSecond}, {"gflops", p.gflops},
                                                      {"seconds_left", p.secondsLeft}, {"note", p.note}}.dump()
                                     : fmt::format("step {} loss {:.5f} {:.1f} samples/s, {:.0f} GFLOP/s, {:.0f} s left {}", p.step, p.loss,
                                                   p.samplesPerSecond, p.gflops, p.secondsLeft, p.note));
    };
    return train::train(options, report, session.stopToken());
}

} // namespace

void addToylandTrain(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<train::TrainOptions>();
    CLI::App* verb = toyland.add_subcommand("train", "one part of the embedded model");
    verb->add_option("stage", options->stage, "text, images, keyframes, interpolation, superres, vae or translation; latent-keyframes for comparison")->required();
    verb->add_option("--minutes", options->minutes, "length of the run")->check(CLI::PositiveNumber);
    verb->add_option("--steps", options->steps, "length of the run, in place of --minutes")->check(CLI::PositiveNumber);
    verb->add_option("--seed", options->seed, "of weights and data");
    verb->add_option("--resume", options->resume, "go on from the checkpoint in this model folder");
    verb->add_option("--init", options->init, "model folder to start from; default: the output folder");
    verb->add_flag("--whole-range", options->wholeRange, "translation: all noise levels, without expert tuning; for comparison");
    verb->add_option("--only", options->only, "parts of layers' names, with commas between: only these learn")->delimiter(',');
    verb->add_option("-o,--output", options->root, "model folder to write; checkpoints lie in it, too")->required();
    verb->callback([options, &action] { action = [options](Session& s) { return trainStage(s, *options); }; });
}

} // namespace s1::cli
