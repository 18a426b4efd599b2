#pragma once

#include "base/result.h"
#include "weights/weight_memory.h"

#include <filesystem>
#include <string>
#include <vector>

// Runs recorded cases of the Python original (contract 4; shared/golden/README.md lists kinds and fields).
namespace s1::parity {

struct CaseReport {
    std::string kind, name;
    bool passed = false;
    double maxAbs = 0, maxRel = 0; // worst over the checked tensors
    double rms = 0;                // worst over the checked tensors: of the difference, relative to the tensor's
    bool rounded = false;          // weights in another type: tolerance bounds rms
    double tolerance = 0;          // else the case's abs
    std::string worst;             // why it failed, or the tensor with the largest difference
    std::vector<std::string> unchecked; // expected tensors this runner has no value for; never counted as passed
};

// Folders with a case.json, at any depth, in path order; kindGlob like "net.*", empty: all. NotFound where a folder is not.
Result<std::vector<std::filesystem::path>> findCases(const std::filesystem::path& folder, const std::string& kindGlob = {});

// Never fails as a call: what goes wrong is a failed report. memory: in what type and how much memory the networks keep their
// weights. Where a type is given, floats may be off by a tenth of their tensor's rms, and bytes of pictures by anything.
CaseReport runCase(const std::filesystem::path& caseFolder, const weights::WeightMemory& memory = {});

} // namespace s1::parity
