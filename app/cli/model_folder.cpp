#include "model_folder.h"

#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <vector>

namespace s1::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::uint64_t kLargestHeader = 100'000'000; // as the format's own readers allow

bool isWeightFile(const fs::path& file) {
    return file.extension() == ".safetensors" || file.extension() == ".bin" || file.extension() == ".pth";
}

json inspectComponent(const fs::path& folder, const fs::path& root) {
    json weights = json::array();
    std::uint64_t bytes = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (!entry.is_regular_file(ignored) || !isWeightFile(entry.path()))
            continue;
        weights.push_back(entry.path().filename().string());
        bytes += entry.file_size(ignored);
    }
    std::string className;
    if (const auto config = readJson(folder / "config.json"); config && config->is_object())
        className = config->value("_class_name", config->contains("architectures") ? (*config)["architectures"].dump()
                                                                                   : std::string());
    return {{"name", folder == root ? "." : fs::relative(folder, root, ignored).string()},
            {"class", className},
            {"weights", weights},
            {"bytes", bytes}};
}

} // namespace

Result<json> inspectModelFolder(const fs::path& root) {
    std::vector<fs::path> folders;
    std::error_code failed;
    if (fs::exists(root / "config.json", failed))
        folders.push_back(root);
    for (auto entry = fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied, failed);
         entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        if (failed || entry.depth() > 3)
            break;
        if (entry->path().filename() == "config.json" && entry->path().parent_path() != root)
            folders.push_back(entry->path().parent_path());
    }
    std::sort(folders.begin(), folders.end());
    json components = json::array(), missing = json::array();
    std::uint64_t bytes = 0;
    for (const fs::path& folder : folders) {
        components.push_back(inspectComponent(folder, root));
        bytes += components.back()["bytes"].get<std::uint64_t>();
        if (components.back()["weights"].empty())
            missing.push_back(components.back()["name"].get<std::string>() + ": weights");
    }
    if (components.empty())
        return Error{
            ErrorCode::NotFound,
            fmt::format("{} holds no model: no config.json in it or below; give a diffusers folder", root.string()),
            root.string()};
    // Files hold f16 mostly; running in f32 doubles it, and one component at a time is in memory in the worst case.
    return json{{"event", "model_folder"}, {"folder", root.string()}, {"components", components},
                {"missing", missing},      {"bytes", bytes},          {"memory_gib", 2.0 * bytes / (1 << 30)}};
}

Result<json> inspectSafetensors(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return Error{ErrorCode::NotFound, fmt::format("cannot read {}; check the name", file.string()), file.string()};
    unsigned char raw[8] = {};
    stream.read(reinterpret_cast<char*>(raw), 8);
    std::uint64_t size = 0;
    for (int i = 7; i >= 0; --i)
        size = size << 8 | raw[i];
    std::error_code ignored;
    if (!stream || size > kLargestHeader || size + 8 > fs::file_size(file, ignored))
        return Error{
            ErrorCode::Corrupt,
            fmt::format("{} is no safetensors file: its header length {} cannot be; get it again", file.string(), size),
            file.string()};
    std::string text(size, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(size));
    S1_TRY(const json header, parseJson(text, file.string()));
    if (!header.is_object())
        return Error{ErrorCode::Corrupt, fmt::format("{}: the header is no object; get it again", file.string()),
                     file.string()};
    const bool hasMetadata = header.contains("__metadata__");
    return json{{"event", "tensors"},
                {"path", file.string()},
                {"tensors", header.size() - (hasMetadata ? 1 : 0)},
                {"metadata", hasMetadata ? header["__metadata__"] : json::object()}};
}

} // namespace s1::cli
