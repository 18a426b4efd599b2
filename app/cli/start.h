#pragma once

#include <stop_token>

namespace s1::cli {

// What a program does before anything else: once more with threads that wait without spinning, and a stop for the first
// SIGINT or SIGTERM; the second ends the program. Memory that is freed stays with the process.
std::stop_token start(char** argv);

} // namespace s1::cli
