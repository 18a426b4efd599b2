#include "library/model_store.h"

#include "base/files.h"
#include "base/json.h"
#include "library/catalogue.h"
#include "library/file_lock.h"
#include "library/model_json.h"
#include "plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace s1::library {

namespace fs = std::filesystem;

namespace {

std::string nameOf(const ModelPart& part) {
    return std::string(findRepository(part.repository)->name());
}

Error cannotWrite(const fs::path& path, const std::error_code& ec) {
    return {ErrorCode::CannotCreate,
            fmt::format("cannot write {} ({}); check its permissions", path.string(), ec.message()), path.string()};
}

} // namespace

ModelPart* RegisteredModel::find(std::string_view repository) {
    const auto it = std::find_if(parts.begin(), parts.end(), [&](const auto& p) { return p.repository == repository; });
    return it == parts.end() ? nullptr : &*it;
}

const ModelPart* RegisteredModel::find(std::string_view repository) const {
    return const_cast<RegisteredModel*>(this)->find(repository);
}

void RegisteredModel::put(ModelPart part) {
    if (ModelPart* const old = find(part.repository))
        *old = std::move(part);
    else
        parts.push_back(std::move(part));
}

bool isModelName(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name[0] != '.' && name[0] != '-' && name != "toyland" &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_'; });
}

RegisteredModel* findModel(std::vector<RegisteredModel>& models, std::string_view name) {
    const auto it = std::find_if(models.begin(), models.end(), [&](const auto& model) { return model.name == name; });
    return it == models.end() ? nullptr : &*it;
}

Result<std::vector<RegisteredModel>> ModelStore::load() const {
    const fs::path file = m_folder / "models.json";
    auto json = readJson(file);
    if (!json && json.error().code == ErrorCode::NotFound)
        return std::vector<RegisteredModel>();
    if (!json)
        return json.error();
    return modelsFromJson(*json, file.string());
}

Result<void> ModelStore::update(const Change& change) const {
    S1_TRY(const FileLock lock, FileLock::take(m_folder / "models.lock", FileLock::Wait::Yes));
    S1_TRY(auto models, load());
    std::set<std::string> before;
    for (const RegisteredModel& model : models)
        before.insert(model.name);
    S1_CHECK(change(models));
    for (const RegisteredModel& model : models) {
        S1_CHECK(makeLinks(model));
        before.erase(model.name);
    }
    S1_CHECK(writeFileAtomically(m_folder / "models.json", toJson(models).dump(1) + "\n"));
    for (const std::string& gone : before)
        S1_CHECK(removeLinks(gone));
    return {};
}

Result<void> ModelStore::makeLinks(const RegisteredModel& model) const {
    const fs::path folder = folderOf(model.name);
    S1_CHECK(makeFolder(folder));
    const auto link = [](const fs::path& target, const fs::path& place) -> Result<void> {
        std::error_code ec;
        if (fs::read_symlink(place, ec) == target)
            return {};
        TemporaryFile temporary(place);
        fs::create_symlink(target, temporary.path(), ec);
        return ec ? Result<void>(cannotWrite(place, ec)) : temporary.commit();
    };
    if (!model.marker.empty())
        S1_CHECK(link(model.marker, folder / kEmbeddedMarker));
    for (const ModelPart& part : model.parts)
        S1_CHECK(link(part.folder, folder / nameOf(part)));
    return {};
}

Result<void> ModelStore::removeLinks(const std::string& name) const {
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folderOf(name), ec))
        if (entry.is_symlink(ec)) // nothing else is ours
            fs::remove(entry.path(), ec);
    fs::remove(folderOf(name), ec);
    return ec ? Result<void>(cannotWrite(folderOf(name), ec)) : Result<void>();
}

std::vector<std::string> missingFiles(const RegisteredModel& model) {
    std::vector<std::string> missing;
    std::error_code ec;
    for (const Repository& repository : repositories()) {
        const ModelPart* const part = model.find(repository.id);
        if (!part) {
            // The embedded kind has no image model for its first frame.
            if (model.marker.empty() || repository.className != "IFSuperResolutionPipeline")
                missing.emplace_back(repository.name());
            continue;
        }
        const auto say = [&](const std::string& path) {
            missing.push_back(fmt::format("{}/{}", repository.name(), path));
        };
        for (const ModelFile& file : part->files)
            if (!fs::exists(part->folder / file.path, ec))
                say(file.path);
        for (const std::string& path : part->missing)
            if (!fs::exists(part->folder / path, ec))
                say(path);
    }
    return missing;
}

} // namespace s1::library
