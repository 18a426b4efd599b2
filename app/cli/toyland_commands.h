#pragma once

#include "command.h"

#include "toyland/scene.h"

namespace s1::cli {

// The verbs under `toyland`, one file each.
void addToylandRender(CLI::App& toyland, Action& action);
void addToylandCaptions(CLI::App& toyland, Action& action);
void addToylandJudge(CLI::App& toyland, Action& action);
void addToylandCheckJudge(CLI::App& toyland, Action& action);
void addToylandEvaluate(CLI::App& toyland, Action& action);
void addToylandCompare(CLI::App& toyland, Action& action); // these with LibTorch only
void addToylandProbe(CLI::App& toyland, Action& action);
void addToylandRead(CLI::App& toyland, Action& action);
void addToylandTrain(CLI::App& toyland, Action& action);

Result<toyland::Scene> readScene(const std::filesystem::path& path);

} // namespace s1::cli
