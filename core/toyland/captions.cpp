#include "toyland/captions.h"

#include "toyland/caption_writer.h"
#include "toyland/prompt.h"
#include "toyland/random.h"
#include "toyland/scene_json.h"
#include "toyland/wording.h"

#include <array>

namespace s1::toyland {
namespace {

std::string canonicalBackdrop(const Background& background) {
    return colored(wording::of(background.kind).front(), name(background.color));
}

// "a checkered background"
std::string uncoloredBackdrop(BackgroundKind kind) {
    std::string text(wording::of(kind).front());
    if (const auto at = text.find("@ "); at != text.npos)
        text.erase(at, 2);
    return text;
}

} // namespace

Caption caption(const Scene& scene, std::uint64_t seed, Wordings wordings) {
    return CaptionWriter(scene, seed).write(wordings);
}

std::string plainCaption(const Scene& scene) { return plainCaption(expectationOf(scene)); }

std::string plainCaption(const Expectation& said) {
    std::string text;
    const auto add = [&](std::string_view part) { text.append(text.empty() ? "" : " ").append(part); };
    if (said.object || said.color || said.motion)
        add("a");
    if (said.color)
        add(name(*said.color));
    if (said.object || said.color || said.motion)
        add(said.object ? name(*said.object) : "thing");
    if (said.motion)
        add(name(*said.motion));
    if (said.background || said.backgroundColor) {
        const BackgroundKind kind = said.background.value_or(BackgroundKind::Plain);
        if (!text.empty())
            add("over");
        add(said.backgroundColor ? canonicalBackdrop({.kind = kind, .color = *said.backgroundColor}) : uncoloredBackdrop(kind));
    }
    return withArticles(text);
}

std::string pairCaption(const Scene& scene, std::uint64_t seed) {
    Random random(seed, Purpose::Caption);
    const SceneObject& a = scene.objects.front();
    const SceneObject& b = scene.objects.back();
    const auto called = [&](const SceneObject& o) {
        return "a " + std::string(name(o.color)) + " " + std::string(name(o.object));
    };
    static constexpr std::array<std::string_view, 3> kJoin = {" next to ", " beside ", " and "};
    const bool left = a.start.x < b.start.x;
    const std::string join = random.chance(0.5) ? std::string(kJoin[random.below(3)])
                             : left             ? " to the left of "
                                                : " to the right of ";
    return withArticles(called(a) + join + called(b) + " over " + canonicalBackdrop(scene.background));
}

Example drawExample(std::uint64_t seed, std::uint64_t index, Split split) {
    const std::uint64_t key = Random::mix(Random::mix(seed) + index);
    Example example;
    example.scene = drawScene(key, split);
    if (split == Split::H3) {
        example.prompt = pairCaption(example.scene, key);
        example.said = parsePrompt(example.prompt);
    } else {
        auto [text, said] = caption(example.scene, key, split == Split::H4 ? Wordings::HeldOut : Wordings::Train);
        example.prompt = std::move(text);
        example.said = said;
    }
    return example;
}

std::string exampleLine(const Example& example) {
    return nlohmann::json{{"prompt", example.prompt}, {"scene", toJson(example.scene)},
                          {"expect", toJson(example.said)}}
        .dump();
}

} // namespace s1::toyland
