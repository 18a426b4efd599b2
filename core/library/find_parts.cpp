#include "library/find_parts.h"

#include "base/json.h"
#include "library/catalogue.h"
#include "library/file_hash.h"
#include "library/hub_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace s1::library {

namespace fs = std::filesystem;

namespace {

constexpr int kDepth = 3; // as the loader looks

struct Candidate {
    fs::path folder;
    fs::path repository; // what links may not lead out of
};
using Candidates = std::map<const Repository*, std::vector<Candidate>>;

bool isInside(const fs::path& path, const fs::path& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

const Repository* repositoryAt(const fs::path& folder) {
    const auto json = readJson(folder / "model_index.json");
    if (!json || !json->is_object() || !json->contains("_class_name") || !(*json)["_class_name"].is_string())
        return nullptr; // another program's
    return repositoryOfClass((*json)["_class_name"].get<std::string>());
}

void look(const fs::path& folder, int depth, Candidates& found) {
    std::error_code ec;
    if (fs::exists(folder / "model_index.json", ec)) {
        if (const Repository* repository = repositoryAt(folder)) {
            const bool cached = folder.parent_path().filename() == "snapshots";
            found[repository].push_back({folder, cached ? folder.parent_path().parent_path() : folder});
        }
        return;
    }
    if (fs::is_directory(folder / "snapshots", ec)) {
        if (const auto snapshot = snapshotIn(folder))
            look(*snapshot, 0, found);
        return;
    }
    if (depth == 0)
        return;
    std::set<fs::path> children; // in name order, so that the choice does not depend on the file system
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, ec))
        if (entry.is_directory(ec))
            children.insert(entry.path());
    for (const fs::path& child : children)
        look(child, depth - 1, found);
}

// "show-1-base" rather than "show-1-base-0.0", which has the same class.
const Candidate& best(const Repository& repository, const std::vector<Candidate>& candidates) {
    const auto it = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
        const std::string name = candidate.repository.filename().string();
        return name == repository.name() || name.ends_with(fmt::format("--{}", repository.name()));
    });
    return it == candidates.end() ? candidates.front() : *it;
}

std::set<std::string> filesIn(const Repository& repository, const fs::path& folder) {
    std::set<std::string> names;
    std::error_code ec;
    for (const std::string_view file : repository.files)
        if (fs::exists(folder / file, ec))
            names.emplace(file);
    const auto list = [&](std::string_view below) {
        for (const auto& entry : fs::directory_iterator(folder / below, ec))
            if (entry.exists(ec)) // not a link that leads nowhere
                names.insert(fmt::format("{}/{}", below, entry.path().filename().string()));
    };
    std::for_each(repository.networks.begin(), repository.networks.end(), list);
    list("tokenizer");
    return names;
}

Result<ModelFile> fileAt(const Candidate& candidate, const std::string& path) {
    std::error_code ec;
    const fs::path place = candidate.folder / path, target = fs::canonical(place, ec);
    if (ec || !isInside(target, fs::canonical(candidate.repository, ec)) || ec)
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} is a link out of its repository {}; put the file itself there", place.string(),
                                 candidate.repository.string()),
                     place.string()};
    ModelFile file{path, fs::file_size(target, ec)};
    if (ec)
        return Error{ErrorCode::Io,
                     fmt::format("cannot look at {} ({}); check its permissions", place.string(), ec.message()),
                     place.string()};
    const std::string blob = target.filename().string();
    if (target.parent_path().filename() == "blobs" && isBlobName(blob))
        file.hash = blob;
    return file;
}

} // namespace

Result<std::vector<ModelPart>> findParts(const fs::path& folder) {
    std::error_code ec;
    if (!fs::is_directory(folder, ec))
        return Error{ErrorCode::NotFound, fmt::format("there is no folder {}; check the path", folder.string()),
                     folder.string()};
    if (fs::directory_iterator(folder, ec); ec) // further down, what cannot be read is somebody else's
        return Error{ErrorCode::Io,
                     fmt::format("cannot look into {} ({}); check its permissions", folder.string(), ec.message()),
                     folder.string()};
    Candidates found;
    const fs::path root = fs::absolute(folder).lexically_normal();
    look(root.has_filename() ? root : root.parent_path(), kDepth, found); // "folder/" is folder
    std::vector<ModelPart> parts;
    for (const Repository& repository : repositories()) {
        const auto it = found.find(&repository);
        if (it == found.end())
            continue;
        const Candidate& candidate = best(repository, it->second);
        ModelPart part{std::string(repository.id), candidate.folder};
        FileChoice choice = chooseFiles(repository, filesIn(repository, candidate.folder), WeightOrder::AsLoaded);
        part.missing = std::move(choice.missing);
        for (const std::string& path : choice.files) {
            S1_TRY(auto file, fileAt(candidate, path));
            part.files.push_back(std::move(file));
        }
        parts.push_back(std::move(part));
    }
    if (parts.empty())
        return Error{ErrorCode::NotFound,
                     fmt::format("{} holds none of the published repositories; give a folder with show-1-base and the "
                                 "others, or a hub cache",
                                 folder.string()),
                     folder.string()};
    return parts;
}

} // namespace s1::library
