#include "toyland/scene_json.h"

#include "toyland/paths.h"
#include "toyland/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace s1::toyland {
namespace {

using nlohmann::json;

constexpr std::string_view kSchema = "toyland.scene/1";
constexpr std::size_t kMaxObjects = 4, kMaxPathPoints = 64;

Error invalid(std::string_view field, std::string_view problem) {
    return {ErrorCode::InvalidArgument, fmt::format("scene: \"{}\" {}", field, problem), std::string(field)};
}

Result<void> checkFields(const json& object, std::string_view where, std::initializer_list<std::string_view> known) {
    if (!object.is_object())
        return invalid(where, "must be a JSON object");
    for (const auto& [key, value] : object.items())
        if (std::find(known.begin(), known.end(), key) == known.end())
            return invalid(key, "is not a field of a Toyland scene; check its spelling");
    return {};
}

// The value of a closed list named by a string field; nullopt when the field is absent.
template <typename Value>
Result<std::optional<Value>> readName(const json& object, std::string_view field,
                                      std::optional<Value> (*parse)(std::string_view)) {
    const auto it = object.find(field);
    if (it == object.end())
        return std::optional<Value>();
    if (!it->is_string())
        return invalid(field, "must be a string");
    const auto text = it->get<std::string>();
    const auto value = parse(text);
    if (!value)
        return invalid(field, fmt::format("has the unknown value \"{}\"; use a name of the Toyland list", text));
    return value;
}

Result<void> readNumber(const json& object, std::string_view field, double low, double high, double& value) {
    const auto it = object.find(field);
    if (it == object.end())
        return {};
    if (!it->is_number() || !std::isfinite(it->get<double>()) || it->get<double>() < low || it->get<double>() > high)
        return invalid(field, fmt::format("is {}; it must be a number from {} to {}", it->dump(), low, high));
    value = it->get<double>();
    return {};
}

Result<Point> readPoint(const json& value, std::string_view field) {
    if (!value.is_array() || value.size() != 2 || !value[0].is_number() || !value[1].is_number() ||
        !(std::fabs(value[0].get<double>()) <= 10) || !(std::fabs(value[1].get<double>()) <= 10))
        return invalid(field, "must hold points [x, y] with numbers from -10 to 10; the picture is 1.6 wide and 1 high");
    return Point{value[0].get<double>(), value[1].get<double>()};
}

// Fields whose further values are named in the contract but not drawn by this renderer.
Result<void> acceptOnly(const json& object, std::string_view field, std::string_view only) {
    const auto it = object.find(field);
    if (it != object.end() && *it != only)
        return invalid(field, fmt::format("is {}; this version draws \"{}\" only", it->dump(), only));
    return {};
}

Result<SceneObject> readObject(const json& source, const Expectation& background, std::uint64_t seed, bool required) {
    S1_CHECK(checkFields(source, "objects", {"object", "color", "finish", "size", "motion", "start", "radius", "travel",
                                             "drift", "turns", "phase", "mirrored", "path"}));
    Expectation fixed = background;
    S1_TRY(fixed.object, readName(source, "object", objectFromName));
    S1_TRY(fixed.color, readName(source, "color", colorFromName));
    S1_TRY(fixed.motion, readName(source, "motion", motionFromName));
    if (required && !fixed.object)
        return invalid("object", "is missing; name the thing, for example \"ball\"");
    if (required && !fixed.color)
        return invalid("color", "is missing; name a colour, for example \"red\"");
    S1_CHECK(acceptOnly(source, "finish", "plain"));
    if (source.contains("path")) {
        if (fixed.motion && fixed.motion != Motion::FreePath)
            return invalid("path", "goes with the motion \"free path\" only");
        fixed.motion = Motion::FreePath;
    }
    SceneObject object = sceneFor(fixed, seed).objects.front();
    if (const auto it = source.find("size"); it != source.end()) {
        if (*it == "small")
            object.radius *= 0.7;
        else if (*it == "large")
            object.radius *= 1.25;
        else if (*it != "medium")
            return invalid("size", fmt::format("is {}; use \"small\", \"medium\" or \"large\"", it->dump()));
    }
    S1_CHECK(readNumber(source, "radius", 0.01, 2, object.radius));
    S1_CHECK(readNumber(source, "travel", -4, 4, object.travel));
    S1_CHECK(readNumber(source, "drift", -4, 4, object.drift));
    S1_CHECK(readNumber(source, "turns", -16, 16, object.turns));
    S1_CHECK(readNumber(source, "phase", -1, 1, object.phase));
    if (const auto it = source.find("mirrored"); it != source.end()) {
        if (!it->is_boolean())
            return invalid("mirrored", "must be true or false");
        object.mirrored = it->get<bool>();
    }
    if (const auto it = source.find("path"); it != source.end()) {
        if (it->is_string()) {
            const auto shape = pathShapeFromName(it->get<std::string>());
            if (!shape)
                return invalid("path", fmt::format("has the unknown value {}; use points or a name such as \"zigzag\"",
                                                   it->dump()));
            object.path = pathPoints(*shape);
            object.start = object.path.front();
        } else if (!it->is_array() || it->size() < 2 || it->size() > kMaxPathPoints) {
            return invalid("path", fmt::format("must be a list of 2 to {} points", kMaxPathPoints));
        } else {
            object.path.clear();
            for (const json& value : *it) {
                S1_TRY(const Point point, readPoint(value, "path"));
                object.path.push_back(point);
            }
            object.start = object.path.front();
        }
    }
    if (const auto it = source.find("start"); it != source.end()) {
        S1_TRY(const Point start, readPoint(*it, "start"));
        for (Point& point : object.path) { // a path is moved as a whole
            point.x += start.x - object.start.x;
            point.y += start.y - object.start.y;
        }
        object.start = start;
    }
    return object;
}

} // namespace

json toJson(const Scene& scene) {
    json objects = json::array();
    for (const SceneObject& object : scene.objects) {
        json entry = {{"object", name(object.object)}, {"color", name(object.color)}, {"motion", name(object.motion)},
                      {"start", {object.start.x, object.start.y}}, {"radius", object.radius},
                      {"travel", object.travel}, {"drift", object.drift}, {"turns", object.turns},
                      {"phase", object.phase}, {"mirrored", object.mirrored}};
        if (!object.path.empty()) {
            json path = json::array();
            for (const Point& point : object.path)
                path.push_back({point.x, point.y});
            entry["path"] = std::move(path);
        }
        objects.push_back(std::move(entry));
    }
    json background = {{"kind", name(scene.background.kind)}, {"variant", scene.background.variant}};
    if (hasColor(scene.background.kind))
        background["color"] = name(scene.background.color);
    return {{"schema", kSchema}, {"objects", std::move(objects)}, {"background", std::move(background)},
            {"seed", scene.seed}};
}

Result<Scene> sceneFromJson(const json& source) {
    S1_CHECK(checkFields(source, "scene", {"schema", "objects", "background", "camera", "style", "seed"}));
    if (const auto it = source.find("schema"); it != source.end() && *it != kSchema)
        return invalid("schema", fmt::format("is {}; this version reads \"{}\"", it->dump(), kSchema));
    S1_CHECK(acceptOnly(source, "camera", "still"));
    S1_CHECK(acceptOnly(source, "style", "none"));
    std::uint64_t seed = 0;
    if (const auto it = source.find("seed"); it != source.end()) {
        if (!it->is_number_unsigned() && !(it->is_number_integer() && it->get<std::int64_t>() >= 0))
            return invalid("seed", fmt::format("is {}; it must be a whole number from 0 on", it->dump()));
        seed = it->get<std::uint64_t>();
    }
    const auto objects = source.find("objects");
    if (objects == source.end() || !objects->is_array() || objects->empty() || objects->size() > kMaxObjects)
        return invalid("objects", fmt::format("must be a list of 1 to {} things", kMaxObjects));
    const auto background = source.find("background");
    if (background == source.end())
        return invalid("background", "is missing; for example {\"kind\": \"plain\", \"color\": \"blue\"}");

    Expectation fixed;
    double variant = -1;
    if (background->is_string()) {
        S1_CHECK(parseBackgroundName(background->get<std::string>(), fixed));
    } else {
        S1_CHECK(checkFields(*background, "background", {"kind", "color", "variant"}));
        S1_TRY(fixed.background, readName(*background, "kind", backgroundKindFromName));
        S1_TRY(fixed.backgroundColor, readName(*background, "color", colorFromName));
        if (!fixed.background && !fixed.backgroundColor)
            return invalid("background", "needs a \"kind\" or a \"color\"");
        if (!fixed.background)
            fixed.background = BackgroundKind::Plain;
        S1_CHECK(readNumber(*background, "variant", 0, kBackgroundVariants - 1, variant));
    }
    S1_TRY(const SceneObject first, readObject((*objects)[0], fixed, seed, true));
    fixed.object = first.object;
    fixed.color = first.color;
    Scene scene = sceneFor(fixed, seed); // the background's free parts
    if (variant >= 0)
        scene.background.variant = static_cast<int>(variant);
    scene.objects = {first};
    for (std::size_t i = 1; i < objects->size(); ++i) {
        const Expectation around{.background = scene.background.kind, .backgroundColor = fixed.backgroundColor};
        S1_TRY(SceneObject object, readObject((*objects)[i], around, Random::mix(seed + i), false));
        scene.objects.push_back(std::move(object));
    }
    return scene;
}

json toJson(const Expectation& expectation) {
    json result = json::object();
    if (expectation.object)
        result["object"] = name(*expectation.object);
    if (expectation.color)
        result["color"] = name(*expectation.color);
    if (expectation.motion)
        result["motion"] = name(*expectation.motion);
    if (expectation.background)
        result["background"] = backgroundName(*expectation.background, expectation.backgroundColor);
    else if (expectation.backgroundColor)
        result["background"] = name(*expectation.backgroundColor);
    return result;
}

Result<Expectation> expectationFromJson(const json& source) {
    S1_CHECK(checkFields(source, "expect", {"object", "color", "motion", "background"}));
    Expectation expectation;
    S1_TRY(expectation.object, readName(source, "object", objectFromName));
    S1_TRY(expectation.color, readName(source, "color", colorFromName));
    S1_TRY(expectation.motion, readName(source, "motion", motionFromName));
    if (const auto it = source.find("background"); it != source.end()) {
        if (!it->is_string())
            return invalid("background", "must be a string such as \"blue checkered\"");
        S1_CHECK(parseBackgroundName(it->get<std::string>(), expectation));
    }
    return expectation;
}

Result<void> parseBackgroundName(std::string_view text, Expectation& expectation) {
    const std::size_t space = text.find(' ');
    const std::string_view first = text.substr(0, space);
    const auto color = colorFromName(first);
    const auto kind = backgroundKindFromName(space == text.npos ? first : text.substr(space + 1));
    if (color && space == text.npos) {
        expectation.background = BackgroundKind::Plain;
        expectation.backgroundColor = color;
    } else if (color && kind && hasColor(*kind)) {
        expectation.background = kind;
        expectation.backgroundColor = color;
    } else if (kind && space == text.npos) {
        expectation.background = kind;
        expectation.backgroundColor.reset();
    } else {
        return invalid("background", fmt::format("has the unknown value \"{}\"; use a name such as \"blue\", "
                                                 "\"blue checkered\" or \"night\"", text));
    }
    return {};
}

} // namespace s1::toyland
