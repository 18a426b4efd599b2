#include "weights/contained_file.h"

#include "base/listing.h"
#include "weights/tensor_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace s1::weights {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostFileNameBytes = 255;

// folder is a component such as "unet". Its repository is the cache folder around snapshots/<revision>/, or the model
// folder it lies in.
fs::path repositoryOf(const fs::path& folder) {
    for (fs::path at = folder; at.has_relative_path(); at = at.parent_path())
        if (at.filename() == "snapshots")
            return at.parent_path();
    return folder.parent_path();
}

bool isInside(const fs::path& path, const fs::path& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

} // namespace

Result<fs::path> containedFile(const fs::path& folder, const std::string& name) {
    const auto outside = [&](const std::string& why) {
        const std::string shown = (folder / shownName(name)).string();
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} {} outside the model folder; put the file itself there", shown, why), shown};
    };
    if (name.size() > kMostFileNameBytes || !whyNotAName(name).empty() || name == "." || name == ".." ||
        name.find_first_of("/\\:") != name.npos)
        return outside("is no name of a file, so it may be");
    const fs::path path = folder / name;
    std::error_code ec;
    if (!fs::is_symlink(path, ec))
        return path;
    const fs::path target = fs::canonical(path, ec);
    if (ec)
        return Error{ErrorCode::NotFound,
                     fmt::format("the link {} leads nowhere ({}); get the file again", path.string(), ec.message()),
                     path.string()};
    const fs::path repository = repositoryOf(fs::canonical(folder, ec));
    if (ec || !isInside(target, repository))
        return outside(fmt::format("is a link to {},", target.string()));
    return path;
}

std::string contentsOf(const fs::path& folder) {
    std::error_code ec;
    std::set<std::string> names; // in order
    for (const auto& entry : fs::directory_iterator(folder, ec))
        names.insert(shownName(entry.path().filename().string()));
    if (ec)
        return fmt::format("cannot be listed ({})", ec.message());
    if (names.empty())
        return "is empty";
    constexpr std::size_t kShown = 8;
    return "holds " + firstOf({names.begin(), names.end()}, kShown);
}

} // namespace s1::weights
