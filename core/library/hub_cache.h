#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>

namespace s1::library {

// One repository in the cache that all clients of the hub share: blobs/<hash>, snapshots/<commit>/<file> as relative
// links to them, refs/<name> with a commit.
class CachedRepository {
public:
    CachedRepository(const std::filesystem::path& cache, std::string_view id);

    const std::filesystem::path& folder() const { return m_folder; }
    std::filesystem::path blob(const std::string& name) const { return m_folder / "blobs" / name; }
    std::filesystem::path snapshot(const std::string& commit) const { return m_folder / "snapshots" / commit; }
    std::filesystem::path lockOf(const std::string& blob) const; // where the hub's own client takes its lock

    Result<void> makeFolders() const;
    Result<void> writeMain(const std::string& commit) const;
    // snapshots/<commit>/<file> -> blobs/<blob>; without links, or where there can be none, the blob moves there.
    enum class Put { Link, Move };
    Result<void> put(const std::string& commit, const std::string& file, const std::string& blob, Put how) const;

private:
    std::filesystem::path m_folder;
};

bool isCommit(std::string_view text); // 40 hex digits

// Of the folder of a cached repository: the snapshot of main, or the last by name.
std::optional<std::filesystem::path> snapshotIn(const std::filesystem::path& repositoryFolder);

} // namespace s1::library
