#include "library/hub_cache.h"

#include "base/files.h"
#include "library/file_hash.h"
#include "library/file_lock.h"

#include <fmt/format.h>

#include <set>

namespace s1::library {

namespace fs = std::filesystem;

CachedRepository::CachedRepository(const fs::path& cache, std::string_view id) {
    const auto slash = id.find('/');
    m_folder = cache / fmt::format("models--{}--{}", id.substr(0, slash), id.substr(slash + 1));
}

fs::path CachedRepository::lockOf(const std::string& blob) const {
    return m_folder.parent_path() / ".locks" / m_folder.filename() / (blob + ".lock");
}

Result<void> CachedRepository::makeFolders() const {
    S1_CHECK(makeFolder(m_folder / "blobs"));
    std::error_code ec;
    const fs::path tag = m_folder.parent_path() / "CACHEDIR.TAG"; // backup programs leave the folder out
    if (!fs::exists(tag, ec))
        S1_CHECK(writeFileAtomically(tag, "Signature: 8a477f597d28d172789f06886806bc55\n"));
    return {};
}

Result<void> CachedRepository::writeMain(const std::string& commit) const {
    S1_CHECK(makeFolder(m_folder / "refs"));
    return writeFileAtomically(m_folder / "refs" / "main", commit);
}

Result<void> CachedRepository::put(const std::string& commit, const std::string& file, const std::string& blob,
                                   Put how) const {
    const fs::path place = snapshot(commit) / file;
    S1_CHECK(makeFolder(place.parent_path()));
    const TemporaryFile temporary(place);
    std::error_code ec;
    if (how == Put::Link)
        fs::create_symlink(this->blob(blob).lexically_relative(place.parent_path()), temporary.path(), ec);
    if (how == Put::Move || ec)
        fs::rename(this->blob(blob), temporary.path(), ec);
    if (!ec)
        fs::rename(temporary.path(), place, ec);
    if (ec)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot write {} ({}); choose another place", place.string(), ec.message()),
                     place.string()};
    return {};
}

bool isCommit(std::string_view text) {
    return text.size() == 40 && isBlobName(text);
}

std::optional<fs::path> snapshotIn(const fs::path& repositoryFolder) {
    std::error_code ec;
    if (const auto main = readFile(repositoryFolder / "refs" / "main", 64); main && isCommit(*main))
        if (const fs::path snapshot = repositoryFolder / "snapshots" / *main; fs::is_directory(snapshot, ec))
            return snapshot;
    std::set<fs::path> snapshots;
    for (const auto& entry : fs::directory_iterator(repositoryFolder / "snapshots", ec))
        if (entry.is_directory(ec))
            snapshots.insert(entry.path());
    return snapshots.empty() ? std::nullopt : std::optional(*snapshots.rbegin());
}

} // namespace s1::library
