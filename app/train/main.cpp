// `show1-cli toyland train` alone, for a machine that has LibTorch and a GPU but neither FFmpeg nor a window.

#include "exit_code.h"
#include "start.h"
#include "train_options.h"

#include <fmt/format.h>

#include <iostream>

int main(int argc, char** argv) {
    const std::stop_token stop = s1::cli::start(argv);
    CLI::App app("Trains one part of Show-1 Studio's embedded model", "show1-train");
    s1::train::TrainOptions options;
    std::string dtype = "auto";
    s1::cli::addTrainOptions(app, options);
    app.add_option("--device", options.device, "auto, cpu, cuda or cuda:N");
    app.add_option("--dtype", dtype, "auto, f32 or bf16");
    app.add_option("--threads", options.threads, "CPU threads; 0: all cores")->check(CLI::Range(0, 4096));
    CLI11_PARSE(app, argc, argv);
    auto done = s1::cli::setTrainDtype(dtype, options);
    if (done)
        done = s1::train::train(options, [](const s1::train::TrainProgress& p) { std::cout << s1::cli::progressLine(p, false) << std::endl; }, stop);
    if (done)
        return 0;
    std::cerr << fmt::format("show1-train: {}\n", done.error().message);
    return static_cast<int>(s1::cli::exitCodeFor(done.error().code));
}
