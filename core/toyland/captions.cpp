#include "toyland/captions.h"

#include "toyland/prompt.h"
#include "toyland/random.h"
#include "toyland/scene_json.h"
#include "toyland/wording.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace s1::toyland {
namespace {

using wording::Verb;

std::string withColor(std::string_view phrase, std::string_view color) {
    std::string result(phrase);
    if (const auto at = result.find('@'); at != result.npos)
        result.replace(at, 1, color);
    return result;
}

// "a" becomes "an" where the next word wants it, and the other way round.
std::string withArticles(std::string text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = i == 0 || text[i - 1] == ' ';
        if (begins && text.compare(i, 2, "a ") == 0 && i + 2 < text.size() &&
            std::string_view("aeio").find(text[i + 2]) != std::string_view::npos) {
            result += "an";
        } else if (begins && text.compare(i, 3, "an ") == 0 && i + 3 < text.size() &&
                   std::string_view("aeio").find(text[i + 3]) == std::string_view::npos) {
            result += "a";
            ++i;
        } else {
            result += text[i];
        }
    }
    return result;
}

class Writer {
public:
    Writer(const Scene& scene, std::uint64_t seed)
        : m_scene(scene), m_object(scene.objects.front()), m_random(seed, Purpose::Caption) {}

    std::string write(Wordings wordings) {
        decideParts();
        std::string text = wordings == Wordings::HeldOut ? heldOutSentence() : sentence();
        text = withArticles(std::move(text));
        if (m_random.chance(0.25))
            text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
        if (m_random.chance(0.25))
            text += m_random.chance(0.85) ? "." : "!";
        return text;
    }

private:
    // The plainest word a third of the time: most prompts use it.
    std::string_view pick(wording::Words words) {
        return m_random.chance(0.33) ? words.front() : words[m_random.below(static_cast<int>(words.size()))];
    }

    void decideParts() {
        m_saysMotion = m_object.motion != Motion::FreePath;
        if (m_random.chance(0.15)) { // very short
            m_saysMotion = m_saysMotion && m_random.chance(0.4);
            m_saysBackground = !m_saysMotion && m_random.chance(0.5);
            m_saysColor = m_random.chance(0.8);
            return;
        }
        m_saysObject = !m_random.chance(0.07);
        m_saysColor = !m_random.chance(0.12);
        m_saysMotion = m_saysMotion && !m_random.chance(0.14);
        m_saysBackground = !m_random.chance(0.14);
    }

    std::string filler() {
        if (m_random.chance(0.08))
            return std::string(pick(wording::praise())) + " ";
        if (m_random.chance(0.02)) { // a word that nobody knows
            std::string word;
            for (int i = 1 + m_random.below(3); i >= 0; --i) {
                word += "bcdfghklmnprstvwz"[m_random.below(17)];
                word += "aeiou"[m_random.below(5)];
            }
            return word + " ";
        }
        return "";
    }

    // The thing with its colour, without an article.
    std::string thing() {
        static constexpr std::array<std::string_view, 4> kSomething = {"thing", "shape", "object", "figure"};
        const std::string_view noun =
            m_saysObject ? pick(wording::of(m_object.object)) : kSomething[m_random.below(4)];
        return filler() + (m_saysColor ? std::string(pick(wording::of(m_object.color))) + " " : "") + std::string(noun);
    }

    std::string subject() {
        if (m_saysColor && m_random.chance(0.06)) {
            m_saysColor = false;
            static constexpr std::array<std::string_view, 4> kJoin = {" that is ", " which is ", " in ", ", "};
            const std::string result = "a " + thing() + std::string(pick(kJoin)) + std::string(pick(wording::of(m_object.color)));
            m_saysColor = true;
            return result;
        }
        const double choice = m_random.uniform();
        return (choice < 0.8 ? "a " : choice < 0.9 ? "the " : choice < 0.95 ? "one " : "") + thing();
    }

    Verb motion() {
        const auto directions = wording::directions(m_object.motion);
        const auto whole = wording::of(m_object.motion);
        if (!directions.empty() && !m_random.chance(0.3)) {
            const auto verbs = wording::movingVerbs();
            const Verb verb = verbs[m_random.below(static_cast<int>(verbs.size()))];
            const std::string direction(pick(directions));
            m_finite = std::string(verb.finite) + " " + direction;
            m_participle = std::string(verb.participle) + " " + direction;
        } else {
            const Verb verb = whole[m_random.below(static_cast<int>(whole.size()))];
            m_finite = verb.finite;
            m_participle = verb.participle;
        }
        return {m_finite, m_participle};
    }

    std::string backdrop() {
        return withColor(pick(wording::of(m_scene.background.kind)), pick(wording::of(m_scene.background.color)));
    }

    // As a part of a list it needs a noun: "ball, blue" would speak of the ball.
    std::string listedBackdrop() {
        std::string_view phrase;
        do {
            phrase = pick(wording::of(m_scene.background.kind));
        } while (phrase == "@");
        return withColor(phrase, pick(wording::of(m_scene.background.color)));
    }

    // "over the sea", "at night"
    std::string place() {
        const auto adverbial = wording::adverbial(m_scene.background.kind);
        if (!adverbial.empty() && m_random.chance(0.2))
            return std::string(pick(adverbial));
        const std::string noun = backdrop();
        if (noun.find("background") != noun.npos && m_random.chance(0.2))
            return "with " + noun;
        return std::string(pick(wording::prepositions())) + " " + noun;
    }

    std::string sentence() {
        const std::string opening = m_random.chance(0.12) ? std::string(pick(wording::openings())) + " " : "";
        std::string text = opening + core(!opening.empty());
        if (m_random.chance(0.06))
            text += (m_random.chance(0.5) ? ", " : " ") + std::string(pick(wording::endings()));
        return text;
    }

    // After an opening ("a video of …") only noun phrases follow.
    std::string core(bool nounPhrase) {
        if (m_saysMotion && m_saysBackground) {
            const Verb verb = motion();
            const std::string finite(verb.finite), participle(verb.participle);
            const int form = nounPhrase ? m_random.below(6) : m_random.below(21);
            switch (form) {
            case 0: return subject() + " " + participle + " " + place();
            case 1: return subject() + " that " + finite + " " + place();
            case 2: return subject() + " " + place() + ", " + participle;
            case 3: return subject() + " " + participle + " with " + backdrop() + " behind it";
            case 4: return subject() + " which " + finite + " " + place();
            case 5: return thing() + " " + participle + " " + place();
            case 6: return subject() + " " + place() + " " + finite;
            case 7: return subject() + " is " + participle + " " + place();
            case 8: return thing() + ", " + (m_random.chance(0.5) ? finite : participle) + ", " + listedBackdrop();
            case 9: return subject() + " " + finite + ", " + backdrop() + " in the background";
            case 10: return subject() + " " + finite + ". The background is " + backdrop();
            case 11: return place() + ", " + subject() + " " + finite;
            case 12: return backdrop() + " with " + subject() + " " + participle;
            case 13: return subject() + ". it " + finite + " " + place();
            case 14: return "watch " + subject() + " as it " + finite + " " + place();
            case 15: return listedBackdrop() + ": " + subject() + " " + finite;
            case 16: return "there is " + subject() + " and it " + finite + " " + place();
            case 17: return "the background is " + listedBackdrop() + " and " + subject() + " " + finite;
            case 18: return thing() + ". " + finite + ". " + listedBackdrop();
            default: return subject() + " " + finite + " " + place();
            }
        }
        if (m_saysMotion) {
            const Verb verb = motion();
            const std::string finite(verb.finite), participle(verb.participle);
            switch (nounPhrase ? m_random.below(3) : m_random.below(9)) {
            case 0: return subject() + " " + participle;
            case 1: return subject() + " that " + finite;
            case 2: return subject() + " which is " + participle;
            case 3: return thing() + ", " + participle;
            case 4: return subject() + " is " + participle;
            case 5: return "watch " + subject() + " as it " + finite;
            case 6: return "there is " + subject() + " and it " + finite;
            default: return subject() + " " + finite;
            }
        }
        if (m_saysBackground) {
            switch (nounPhrase ? m_random.below(2) : m_random.below(9)) {
            case 1: return subject() + " with " + backdrop() + " behind it";
            case 2: return place() + ", " + subject();
            case 3: return place() + " there is " + subject();
            case 4: return thing() + ", " + listedBackdrop();
            case 6: return backdrop() + " with " + subject();
            case 7: return listedBackdrop() + " and " + subject();
            default: return subject() + " " + place();
            }
        }
        return m_random.chance(0.3) ? thing() : subject();
    }

    std::string heldOutSentence() {
        const std::string who = "a " + thing();
        const std::string behind = m_saysBackground ? backdrop() : "";
        if (m_saysMotion) {
            const Verb verb = motion();
            const std::string finite(verb.finite), participle(verb.participle);
            switch (m_random.below(5)) {
            case 0:
                return "please show me " + who + " and let it be " + participle +
                       (behind.empty() ? "" : "; behind it put " + behind);
            case 1: return (behind.empty() ? "" : "the setting is " + behind + ". ") + "see how " + who + " " + finite;
            case 2:
                return "i want to see " + who + " while it " + finite +
                       (behind.empty() ? "" : ", all of it in front of " + behind);
            case 3: return participle + (behind.empty() ? "" : " before " + behind) + ": " + who;
            default:
                return "here " + who + " " + finite +
                       (behind.empty() ? "" : " and we see " + behind + " as the backdrop");
            }
        }
        switch (m_random.below(3)) {
        case 0: return "please show me " + who + (behind.empty() ? "" : "; behind it put " + behind);
        case 1: return "what i want is " + who + (behind.empty() ? "" : ", and for the scenery " + behind);
        default: return (behind.empty() ? "look, " : "imagine " + behind + " and in it ") + who;
        }
    }

    const Scene& m_scene;
    const SceneObject& m_object;
    Random m_random;
    bool m_saysObject = true, m_saysColor = true, m_saysMotion = true, m_saysBackground = true;
    std::string m_finite, m_participle;
};

std::string canonicalBackdrop(const Background& background) {
    return withColor(wording::of(background.kind).front(), name(background.color));
}

// "a checkered background"
std::string uncoloredBackdrop(BackgroundKind kind) {
    std::string text(wording::of(kind).front());
    if (const auto at = text.find("@ "); at != text.npos)
        text.erase(at, 2);
    return text;
}

} // namespace

std::string caption(const Scene& scene, std::uint64_t seed, Wordings wordings) {
    return Writer(scene, seed).write(wordings);
}

std::string plainCaption(const Scene& scene) { return plainCaption(expectationOf(scene)); }

std::string plainCaption(const Expectation& said) {
    std::string text;
    const auto add = [&](std::string_view part) { text += (text.empty() ? "" : " ") + std::string(part); };
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
    example.prompt = split == Split::H3 ? pairCaption(example.scene, key)
                                        : caption(example.scene, key,
                                                  split == Split::H4 ? Wordings::HeldOut : Wordings::Train);
    return example;
}

std::string exampleLine(const Example& example) {
    return nlohmann::json{{"prompt", example.prompt}, {"scene", toJson(example.scene)},
                          {"expect", toJson(parsePrompt(example.prompt))}}
        .dump();
}

} // namespace s1::toyland
