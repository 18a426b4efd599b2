#pragma once

#include "toyland/scene.h"

#include <nlohmann/json.hpp>

namespace s1::toyland {

// The form of contract.md 5, schema "toyland.scene/1", with every number of the scene.
nlohmann::json toJson(const Scene& scene);

// Only objects[0].object, .color and background are required; what is missing is drawn from seed (0 when absent).
// path is a list of points or the name of a shape of paths.h.
// background is an object {kind, color, variant} or a name such as "blue checkered". InvalidArgument names the field.
Result<Scene> sceneFromJson(const nlohmann::json& json);

// {"object":"star","color":"red","motion":"moves right","background":"hills"}, any subset.
nlohmann::json toJson(const Expectation& expectation);
Result<Expectation> expectationFromJson(const nlohmann::json& json);

// "blue", "blue checkered", "checkered", "night"; sets the two background fields.
Result<void> parseBackgroundName(std::string_view text, Expectation& expectation);

} // namespace s1::toyland
