#pragma once

#include "session.h"

#include <CLI/CLI.hpp>

namespace s1::cli {

// -m, --preset and --plan, and what they mean together: the preset for the kind of model, changed by the file.
struct PlanOptions {
    std::string model;
    std::string preset = "standard";
    std::filesystem::path planFile;

    void addTo(CLI::App& app);
    Result<CascadePlan> plan(Session& session) const;
};

// Those, and which of Toyland's scenes they are tried on.
struct ScenesOptions : PlanOptions {
    std::uint64_t seed = 0;
    int count = 8;

    void addTo(CLI::App& app);
};

Result<std::filesystem::path> modelFolder(const std::string& model); // name or folder; empty: the embedded model
Result<ModelKind> kindOfModel(Session& session, const std::string& model);

} // namespace s1::cli
