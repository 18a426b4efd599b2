#include "parity/parity.h"

#include "base/json.h"
#include "parity/case.h"
#include "weights/guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <fnmatch.h>

namespace s1::parity {

namespace fs = std::filesystem;

const Tensor& Case::input(const std::string& key) const {
    const auto it = inputs.find(key);
    TORCH_CHECK(it != inputs.end(), "inputs.safetensors lacks ", key);
    return it->second;
}

Result<Case> readCase(const fs::path& folder) {
    S1_TRY(const nlohmann::json json, readJson(folder / "case.json"));
    Case parityCase;
    parityCase.folder = folder;
    parityCase.name = folder.filename().string();
    if (!json.is_object() || !json.contains("kind") || !json["kind"].is_string())
        return Error{ErrorCode::Corrupt, fmt::format("{} names no kind; get the case again", (folder / "case.json").string()), folder.string()};
    parityCase.kind = json["kind"];
    parityCase.params = json.value("params", nlohmann::json::object());
    parityCase.tolerance = json.value("tolerance", nlohmann::json::object());
    std::error_code ec;
    if (const auto model = json.find("model"); model != json.end() && model->is_string()) {
        // Relative to the root of the golden folder, which is some ancestor of the case.
        for (fs::path up = fs::absolute(folder); up.has_relative_path(); up = up.parent_path())
            if (fs::exists(up / model->get<std::string>(), ec)) {
                parityCase.modelFolder = up / model->get<std::string>();
                break;
            }
        if (parityCase.modelFolder.empty())
            return Error{ErrorCode::NotFound, fmt::format("no folder above {} has {}", folder.string(), model->dump()), folder.string()};
    }
    if (fs::exists(folder / "inputs.safetensors", ec)) {
        S1_TRY(parityCase.inputs, weights::readSafetensors(folder / "inputs.safetensors"));
    }
    S1_TRY(parityCase.expected, weights::readSafetensors(folder / "expected.safetensors"));
    return parityCase;
}

Runner findRunner(const std::string& kind) {
    for (const auto& table : {textRunners(), networkRunners(), schedulerRunners(), imageRunners(), pipelineRunners(),
                              cascadeRunners(), motionRunners()})
        for (const auto& entry : table)
            if (kind == entry.kind)
                return entry.run;
    return nullptr;
}

Result<std::vector<fs::path>> findCases(const fs::path& folder, const std::string& kindGlob) {
    std::error_code ec;
    if (!fs::is_directory(folder, ec))
        return Error{ErrorCode::NotFound, fmt::format("there is no folder {}; name one that holds parity cases", folder.string()), folder.string()};
    std::vector<fs::path> cases;
    const auto consider = [&](const fs::path& candidate) {
        if (!fs::exists(candidate / "case.json", ec))
            return;
        const auto json = readJson(candidate / "case.json");
        const std::string kind = json && json->is_object() && json->contains("kind") && (*json)["kind"].is_string() ? (*json)["kind"] : "";
        if (kindGlob.empty() || fnmatch(kindGlob.c_str(), kind.c_str(), 0) == 0)
            cases.push_back(candidate);
    };
    consider(folder);
    for (const auto& entry : fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, ec))
        if (entry.is_directory(ec))
            consider(entry.path());
    std::sort(cases.begin(), cases.end());
    return cases;
}

CaseReport runCase(const fs::path& caseFolder, const weights::WeightMemory& memory) {
    CaseReport report;
    report.name = caseFolder.filename().string();
    auto parityCase = readCase(caseFolder);
    if (!parityCase) {
        report.worst = parityCase.error().message;
        return report;
    }
    report.kind = parityCase->kind;
    parityCase->memory = memory;
    const Runner runner = findRunner(report.kind);
    if (!runner) {
        report.worst = fmt::format("kind {} is unknown to this version", report.kind);
        return report;
    }
    try {
        const auto computed = runner(*parityCase);
        if (computed)
            compare(*parityCase, *computed, report);
        else
            report.worst = computed.error().message;
    } catch (const std::exception& e) { // a malformed case must not end the run of the others
        report.worst = weights::firstLine(e.what());
    }
    return report;
}

} // namespace s1::parity
