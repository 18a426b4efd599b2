#include "toyland_commands.h"

#include "train_options.h"

namespace s1::cli {

namespace {

Result<void> trainStage(Session& session, train::TrainOptions options) {
    options.device = session.options().device;
    options.threads = session.options().threads;
    S1_CHECK(setTrainDtype(session.options().dtype, options));
    const auto report = [&](const train::TrainProgress& p) { session.reporter().line(progressLine(p, session.options().json)); };
    return train::train(options, report, session.stopToken());
}

} // namespace

void addToylandTrain(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<train::TrainOptions>();
    CLI::App* verb = toyland.add_subcommand("train", "one part of the embedded model");
    addTrainOptions(*verb, *options);
    verb->callback([options, &action] { action = [options](Session& s) { return trainStage(s, *options); }; });
}

} // namespace s1::cli
