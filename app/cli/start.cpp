#include "start.h"

#include "base/process_memory.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <thread>

namespace s1::cli {

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

std::stop_token start(char** argv) {
    waitPassively(argv);
    setFreedBlocks(FreedBlocks::Kept);
    signal(SIGPIPE, SIG_IGN);       // `show1-cli … | head` ends the writing, not the job
    static std::stop_source source; // outlives the detached thread
    stopOnSignal(source);
    return source.get_token();
}

} // namespace s1::cli
