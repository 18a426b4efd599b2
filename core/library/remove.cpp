#include "library/remove.h"

#include "base/files.h"
#include "library/hub_cache.h"
#include "library/partial_file.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1::library {

namespace fs = std::filesystem;

namespace {

// Where a download of ours would have put a part: <cache>/models--…/snapshots/<commit>.
bool isSnapshot(const ModelPart& part) {
    const fs::path repository = part.folder.parent_path().parent_path();
    const std::string commit = part.folder.filename().string();
    return isCommit(commit) &&
           CachedRepository(repository.parent_path(), part.repository).snapshot(commit) == part.folder;
}

bool isUsedElsewhere(const ModelPart& part, const std::vector<RegisteredModel>& others) {
    return std::any_of(others.begin(), others.end(), [&](const RegisteredModel& model) {
        const ModelPart* const same = model.find(part.repository);
        return same && same->folder == part.folder;
    });
}

bool isLinked(const fs::path& blob, const fs::path& snapshots) {
    std::error_code ec;
    for (const auto& entry : fs::recursive_directory_iterator(snapshots, ec))
        if (entry.is_symlink(ec) && fs::read_symlink(entry.path(), ec).filename() == blob.filename())
            return true;
    return false;
}

void removeFile(const fs::path& file, Removed& removed) {
    std::error_code ec;
    const auto status = fs::symlink_status(file, ec);
    if (status.type() != fs::file_type::regular && status.type() != fs::file_type::symlink)
        return;
    const auto bytes = status.type() == fs::file_type::regular ? fs::file_size(file, ec) : 0;
    if (!fs::remove(file, ec))
        return;
    removed.files.push_back(file);
    removed.bytes += bytes;
}

// A folder goes only when it is empty: fs::remove takes no other.
void removeEmpty(const fs::path& folder) {
    std::error_code ec;
    if (fs::is_directory(fs::symlink_status(folder, ec)))
        fs::remove(folder, ec);
}

void deleteFiles(const ModelPart& part, Removed& removed) {
    const std::string commit = part.folder.filename().string();
    const fs::path repository = part.folder.parent_path().parent_path();
    const CachedRepository cached(repository.parent_path(), part.repository);
    for (const ModelFile& file : part.files) {
        if (!file.downloaded || file.hash.empty())
            continue;
        const fs::path place = part.folder / file.path, blob = cached.blob(file.hash);
        removeFile(place, removed);
        removeEmpty(place.parent_path());
        if (isLinked(blob, part.folder.parent_path()))
            continue;
        for (const fs::path& path :
             {blob, PartialFile::pathOf(blob), PartialFile::etagPathOf(blob), cached.lockOf(file.hash)})
            removeFile(path, removed);
    }
    removeEmpty(part.folder);
    std::error_code ec;
    const auto main = readFile(repository / "refs" / "main", 64);
    if (main && *main == commit && !fs::exists(part.folder, ec))
        removeFile(repository / "refs" / "main", removed);
    for (const char* folder : {"snapshots", "blobs", "refs"})
        removeEmpty(repository / folder);
    removeEmpty(cached.lockOf("").parent_path());
    removeEmpty(repository);
}

} // namespace

Result<Removed> removeModel(const ModelStore& store, const std::string& name, Files files) {
    RegisteredModel gone;
    std::vector<RegisteredModel> left;
    S1_CHECK(store.update([&](std::vector<RegisteredModel>& models) -> Result<void> {
        RegisteredModel* const model = findModel(models, name);
        if (!model)
            return Error{ErrorCode::NotFound,
                         fmt::format("no model {} is registered; `show1-cli models list` names them", name), name};
        gone = std::move(*model);
        models.erase(models.begin() + (model - models.data()));
        left = models;
        return {};
    }));
    Removed removed;
    if (files == Files::Delete)
        for (const ModelPart& part : gone.parts)
            if (isSnapshot(part) && !isUsedElsewhere(part, left))
                deleteFiles(part, removed);
    return removed;
}

} // namespace s1::library
