#include "models/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace s1::ui {

using nlohmann::json;

namespace {

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::optional<Recipe> parseRecipe(const std::string& text) {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object() || !textOf(object, "schema").starts_with("show1.recipe/"))
        return std::nullopt;
    Recipe recipe;
    recipe.prompt = textOf(object, "prompt");
    recipe.negative = textOf(object, "negative");
    recipe.model = textOf(object, "model");
    recipe.preset = presetFromString(textOf(object, "preset"));
    if (const auto seed = object.find("seed"); seed != object.end() && seed->is_number_integer())
        recipe.seed = seed->get<std::uint64_t>();
    if (recipe.preset)
        recipe.plan = makePlan(*recipe.preset, ModelKind::Embedded);
    if (const auto plan = object.find("plan"); plan != object.end())
        if (auto read = planFromJson(*plan, recipe.plan))
            recipe.plan = *read;
    if (const auto motion = object.find("motion"); motion != object.end() && motion->is_object()) {
        MotionChoice choice{textOf(*motion, "file"), 1.0};
        if (const auto strength = motion->find("strength"); strength != motion->end() && strength->is_number())
            choice.strength = std::clamp(strength->get<double>(), 0.0, 1.5);
        if (!choice.file.empty())
            recipe.motion = choice;
    }
    return recipe;
}

} // namespace s1::ui
