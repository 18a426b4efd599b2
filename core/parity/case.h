#pragma once

#include "parity/parity.h"
#include "weights/tensor_file.h"

#include <nlohmann/json.hpp>

#include <torch/torch.h>

namespace s1::parity {

using at::Tensor;
using weights::TensorMap;

struct Case {
    std::filesystem::path folder;
    std::filesystem::path modelFolder; // empty where the case names none
    std::string kind, name;
    nlohmann::json params, tolerance;
    TensorMap inputs, expected;
    weights::WeightMemory memory;

    const Tensor& input(const std::string& key) const;
    bool has(const std::string& key) const { return inputs.contains(key); }
};

Result<Case> readCase(const std::filesystem::path& folder);

// What a kind computes: tensors by the expected names. A failure to compute is an Error.
using Runner = Result<TensorMap> (*)(const Case&);
Runner findRunner(const std::string& kind); // nullptr: unknown

// One table a file: kind -> function.
struct RunnerEntry {
    const char* kind;
    Runner run;
};
std::vector<RunnerEntry> textRunners();
std::vector<RunnerEntry> networkRunners();
std::vector<RunnerEntry> schedulerRunners();
std::vector<RunnerEntry> imageRunners();
std::vector<RunnerEntry> pipelineRunners();
std::vector<RunnerEntry> cascadeRunners();
std::vector<RunnerEntry> motionRunners();

// The rule "When does a tensor pass" of the golden README.
void compare(const Case& parityCase, const TensorMap& computed, CaseReport& report);

} // namespace s1::parity
