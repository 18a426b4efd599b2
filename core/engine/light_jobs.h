#pragma once

#include "engine/engine.h"
#include "engine/model_registry.h"

#include <stop_token>

namespace s1 {

// Jobs of the IO thread: no tensor, so they run beside a generation.
Result<Succeeded> runExport(const ExportRequest& request, std::stop_token stop);
Result<Succeeded> runOpen(const OpenRequest& request);
Result<Succeeded> runDescribePrompt(const DescribePromptRequest& request, const ModelRegistry& registry);

} // namespace s1
