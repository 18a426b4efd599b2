#include "cli.h"
#include "start.h"

#include <unistd.h>

#include <iostream>

int main(int argc, char** argv) {
    const std::stop_token stop = s1::cli::start(argv);
    s1::cli::EngineFactory factory;
#ifdef S1_CLI_ENGINE
    factory = s1::createEngine;
#endif
    return s1::cli::runCli({argv + 1, argv + argc}, {std::cout, std::cerr, isatty(STDERR_FILENO) != 0}, factory, stop);
}
