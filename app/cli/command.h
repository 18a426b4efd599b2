#pragma once

#include "session.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace s1::cli {

// What a parsed command line will do.
using Action = std::function<Result<void>(Session&)>;

// One row of the table in cli.cpp: adds its verb to the parser; the verb's callback sets action.
using AddCommand = void (*)(CLI::App& app, Action& action);

void addGenerate(CLI::App& app, Action& action);
void addRun(CLI::App& app, Action& action);
void addMotion(CLI::App& app, Action& action);
void addStylize(CLI::App& app, Action& action);
void addExport(CLI::App& app, Action& action);
void addSlice(CLI::App& app, Action& action);
void addInspect(CLI::App& app, Action& action);
void addModels(CLI::App& app, Action& action);
void addEvaluate(CLI::App& app, Action& action);
void addForecast(CLI::App& app, Action& action);
void addDoctor(CLI::App& app, Action& action);
void addToyland(CLI::App& app, Action& action);
// With LibTorch only.
void addBench(CLI::App& app, Action& action);
void addCheck(CLI::App& app, Action& action);
void addFakePublished(CLI::App& models, Action& action);

} // namespace s1::cli
