#pragma once

#include "library/model_store.h"

namespace s1::library {

struct AddedModel {
    std::string name;
    std::vector<ModelPart> parts; // found now; the model may have others from before
};

// Makes what findParts sees in a folder known; copies nothing. folder empty: the hub's cache. name empty: "show-1", of
// a model like the embedded one the folder's name. Parts of the same name join the model that is there.
Result<AddedModel> addModel(const ModelStore& store, std::filesystem::path folder, std::string name);

Result<void> checkModelName(const std::string& name);

} // namespace s1::library
