#pragma once

#include "session.h"

#include <CLI/CLI.hpp>

namespace s1::cli {

// What `motion learn` and `stylize` share.
struct MotionOptions {
    MotionLearnRequest request;

    void addTo(CLI::App& app);
};

Result<void> learnMotion(Session& session, const MotionLearnRequest& request);

} // namespace s1::cli
