#include "cli.h"

#include "base/process_memory.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace {

// libgomp reads it when it is loaded, which is before main: so this program starts itself once more. Threads that
// spin would make every other program on the machine wait.
void waitPassively(char** argv) {
    if (getenv("OMP_WAIT_POLICY"))
        return;
    setenv("OMP_WAIT_POLICY", "passive", 1);
    execv("/proc/self/exe", argv); // where that fails, the run is only slower
}

// The first signal asks the job to stop after its current step, the second ends the program.
void stopOnSignal(std::stop_source& source) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any thread is made: all of them inherit it
    std::thread([signals, &source] {
        int signal = 0;
        sigwait(&signals, &signal);
        source.request_stop();
        sigwait(&signals, &signal);
        _exit(130);
    }).detach();
}

} // namespace

int main(int argc, char** argv) {
    waitPassively(argv);
    s1::setFreedBlocks(s1::FreedBlocks::Kept);
    signal(SIGPIPE, SIG_IGN);     // `show1-cli … | head` ends the writing, not the job
    static std::stop_source stop; // outlives the detached thread
    stopOnSignal(stop);
    s1::cli::EngineFactory factory;
#ifdef S1_CLI_ENGINE
    factory = s1::createEngine;
#endif
    return s1::cli::runCli({argv + 1, argv + argc}, {std::cout, std::cerr, isatty(STDERR_FILENO) != 0}, factory,
                           stop.get_token());
}
