#pragma once

#include "engine/engine.h"

#include <functional>
#include <iosfwd>
#include <stop_token>
#include <string>
#include <vector>

namespace s1::cli {

struct Streams {
    std::ostream& out;     // results
    std::ostream& err;     // everything else
    bool terminal = false; // err is one: a progress bar makes sense
};

using EngineFactory = std::function<Result<std::unique_ptr<Engine>>(EngineOptions, EventSink)>;

// One call of show1-cli, without the program's name in args; returns the exit code of contract.md 2. A request to stop
// cancels the running job and leaves no partial file.
int runCli(std::vector<std::string> args, Streams streams, EngineFactory factory, std::stop_token stop = {});

} // namespace s1::cli
