#include "library/add_model.h"

#include "library/catalogue.h"
#include "library/find_parts.h"
#include "library/hub_settings.h"
#include "plan/plan.h"

#include <fmt/format.h>

namespace s1::library {

namespace fs = std::filesystem;

Result<void> checkModelName(const std::string& name) {
    if (isModelName(name))
        return {};
    return Error{
        ErrorCode::InvalidArgument,
        fmt::format("\"{}\" cannot be the name of a model of yours; use up to 64 letters, digits, dots, dashes "
                    "and underscores, and not \"toyland\"",
                    name),
        name};
}

Result<AddedModel> addModel(const ModelStore& store, fs::path folder, std::string name) {
    if (folder.empty())
        folder = hubCacheFolder();
    folder = fs::absolute(folder).lexically_normal();
    if (!folder.has_filename()) // "folder/"
        folder = folder.parent_path();
    S1_TRY(auto parts, findParts(folder));
    const bool embedded = modelKindOf(folder) == ModelKind::Embedded;
    if (name.empty())
        name = embedded ? folder.filename().string() : std::string(kPublishedModel);
    S1_CHECK(checkModelName(name));
    S1_CHECK(store.update([&](std::vector<RegisteredModel>& models) -> Result<void> {
        RegisteredModel* model = findModel(models, name);
        if (!model)
            model = &models.emplace_back(RegisteredModel{name});
        if (embedded)
            model->marker = folder / kEmbeddedMarker;
        for (const auto& part : parts)
            model->put(part);
        return {};
    }));
    return AddedModel{std::move(name), std::move(parts)};
}

} // namespace s1::library
