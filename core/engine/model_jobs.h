#pragma once

#include "engine/engine.h"
#include "engine/model_registry.h"

#include <stop_token>

namespace s1 {

// The requests of the model library; none needs LibTorch.
bool isModelJob(const JobRequest& request);

// request is one of them. The list it answers with always has the published set, whole or not, so that a window can say
// what is missing; a damaged models.json is an error.
Result<Succeeded> runModelJob(const JobRequest& request, const ModelRegistry& registry,
                              const std::function<void(JobEvent)>& emit, const std::stop_token& stop);

} // namespace s1
