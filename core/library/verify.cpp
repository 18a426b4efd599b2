#include "library/verify.h"

#include "library/catalogue.h"

#include <fmt/format.h>

namespace s1::library {

namespace fs = std::filesystem;

namespace {

// What is wrong with a file that is there; empty: nothing.
Result<std::string> faultOf(const fs::path& place, const ModelFile& file, const OnBytes& onBytes,
                            const std::stop_token& stop) {
    std::error_code ec;
    const auto size = fs::file_size(place, ec);
    if (ec)
        return fmt::format("cannot be read ({})", ec.message());
    if (size != file.size)
        return fmt::format("has {} bytes instead of {}", size, file.size);
    if (file.hash.empty())
        return std::string();
    auto good = matchesBlobName(place, file.hash, stop, onBytes);
    if (!good && good.error().code == ErrorCode::Cancelled)
        return good.error();
    if (!good)
        return good.error().message;
    return *good ? std::string() : fmt::format("has another hash than {}", file.hash);
}

} // namespace

Result<std::vector<BadFile>> verifyModel(const RegisteredModel& model, const OnFile& onFile,
                                         const std::stop_token& stop) {
    std::vector<BadFile> bad;
    for (const std::string& file : missingFiles(model))
        bad.push_back({file, "is missing", true});
    std::error_code ec;
    for (const ModelPart& part : model.parts)
        for (const ModelFile& file : part.files) {
            if (!fs::exists(part.folder / file.path, ec))
                continue;
            const std::string name = fmt::format("{}/{}", findRepository(part.repository)->name(), file.path);
            const auto onBytes = [&](std::uint64_t bytes) {
                if (onFile)
                    onFile(name, bytes, file.size);
            };
            S1_TRY(const std::string fault, faultOf(part.folder / file.path, file, onBytes, stop));
            if (!fault.empty())
                bad.push_back({name, fault});
        }
    return bad;
}

} // namespace s1::library
