#pragma once

#include "library/model_store.h"

#include <nlohmann/json.hpp>

namespace s1::library {

// models.json ("show1.models/1"). Nothing in it leads anywhere but to absolute folders and to files below them.
nlohmann::json toJson(const std::vector<RegisteredModel>& models);
Result<std::vector<RegisteredModel>> modelsFromJson(const nlohmann::json& json, const std::string& file);

} // namespace s1::library
