#include "toyland/caption_writer.h"

#include <array>
#include <cctype>
#include <vector>

namespace s1::toyland {

using wording::Verb;

namespace {

bool isVowel(char c) { return std::string_view("aeio").find(c) != std::string_view::npos; }

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

bool namesMotion(std::string_view sentence) { return has(sentence, "{do"); }
bool namesBackground(std::string_view sentence) { return has(sentence, "{where}") || has(sentence, "{scene}"); }
bool namesColorApart(std::string_view sentence) { return has(sentence, "{color}"); }

} // namespace

std::string colored(std::string_view phrase, std::string_view color) {
    std::string result(phrase);
    for (auto at = result.find('@'); at != result.npos; at = result.find('@', at))
        result.replace(at, 1, color);
    return result;
}

std::string withArticles(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = i == 0 || text[i - 1] == ' ';
        if (begins && text.substr(i, 2) == "a " && i + 2 < text.size() && isVowel(text[i + 2])) {
            result += "an";
        } else if (begins && text.substr(i, 3) == "an " && i + 3 < text.size() && !isVowel(text[i + 3])) {
            result += "a";
            ++i;
        } else {
            result += text[i];
        }
    }
    return result;
}

CaptionWriter::CaptionWriter(const Scene& scene, std::uint64_t seed)
    : m_scene(scene), m_object(scene.objects.front()), m_random(seed, Purpose::Caption) {}

Caption CaptionWriter::write(Wordings wordings) {
    decideParts();
    const wording::Words all = sentences(wordings);
    std::string text = filled(m_random.chance(0.12) ? all.front() : any(all));
    if (wordings == Wordings::Train) {
        if (m_random.chance(0.1))
            text = std::string(any(wording::asidesBefore())) + " " + text;
        if (m_random.chance(0.2))
            text += any(wording::asidesAfter());
        else if (m_random.chance(0.1))
            text += (m_random.chance(0.5) ? ", " : " ") + std::string(pick(wording::endings()));
        if (m_random.chance(0.08))
            text = slipped(std::move(text));
    }
    text = withArticles(text);
    if (m_random.chance(0.25))
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    if (m_random.chance(0.25) && std::isalpha(static_cast<unsigned char>(text.back())))
        text += m_random.chance(0.85) ? "." : "!";
    return {std::move(text), m_said};
}

// The plainest word a third of the time: most prompts use it.
std::string_view CaptionWriter::pick(wording::Words words) {
    return m_random.chance(0.33) ? words.front() : any(words);
}

void CaptionWriter::decideParts() {
    m_saysMotion = m_object.motion != Motion::FreePath;
    if (m_random.chance(0.12)) { // very short
        m_saysMotion = m_saysMotion && m_random.chance(0.4);
        m_saysBackground = !m_saysMotion && m_random.chance(0.5);
        m_saysColor = m_random.chance(0.8);
        return;
    }
    m_saysObject = !m_random.chance(0.07);
    m_saysColor = !m_random.chance(0.1);
    m_saysMotion = m_saysMotion && !m_random.chance(0.12);
    m_saysBackground = !m_random.chance(0.12);
}

// Those that say what was decided.
wording::Words CaptionWriter::sentences(Wordings wordings) const {
    constexpr int kParts = 8;
    using Table = std::array<std::vector<std::string_view>, kParts>;
    const auto number = [](bool motion, bool background, bool color) { return motion + 2 * background + 4 * color; };
    const auto sorted = [&](wording::Words all) {
        Table table;
        for (const std::string_view sentence : all)
            for (const bool color : {false, true})
                if (color || !namesColorApart(sentence))
                    table[static_cast<std::size_t>(number(namesMotion(sentence), namesBackground(sentence), color))].push_back(sentence);
        return table;
    };
    static const Table shown = sorted(wording::sentences()), heldOut = sorted(wording::heldOutSentences()); // constant data, made at first use
    return (wordings == Wordings::HeldOut ? heldOut : shown)[static_cast<std::size_t>(number(m_saysMotion, m_saysBackground, m_saysColor))];
}

std::string CaptionWriter::filled(std::string_view sentence) {
    m_colorIsScene = has(sentence, "back") || has(sentence, "bg") || has(sentence, "behind");
    std::string text;
    for (std::size_t i = 0; i < sentence.size();) {
        if (sentence[i] != '{') {
            text += sentence[i++];
            continue;
        }
        const std::size_t end = sentence.find('}', i);
        text += part(sentence.substr(i + 1, end - i - 1));
        i = end + 1;
    }
    return text;
}

std::string CaptionWriter::part(std::string_view placeholder) {
    if (placeholder == "opening")
        return std::string(pick(wording::openings()));
    if (placeholder == "thing")
        return article() + thing();
    if (placeholder == "it")
        return thing();
    if (placeholder == "object")
        return article() + adjectives() + noun();
    if (placeholder == "bare")
        return noun();
    if (placeholder == "color")
        return color();
    if (placeholder == "does" && !m_random.chance(0.04)) // "the rocket fly up", too
        return motion().finite;
    if (placeholder == "doing")
        return motion().participle;
    if (placeholder.starts_with("do"))
        return wording::infinitive(motion().finite);
    return placeholder == "where" ? place() : scenery(m_colorIsScene);
}

std::string CaptionWriter::adjectives() {
    std::string text;
    if (m_random.chance(0.18))
        text += std::string(pick(wording::praise())) + " ";
    if (m_random.chance(0.02)) { // a word that nobody knows
        for (int i = 1 + m_random.below(3); i >= 0; --i) {
            text += "bcdfghklmnprstvwz"[m_random.below(17)];
            text += "aeiou"[m_random.below(5)];
        }
        text += " ";
    }
    return text;
}

std::string CaptionWriter::thing() {
    std::string text = adjectives();
    if (const auto like = wording::likened(m_object.color); m_saysColor && !like.empty() && m_random.chance(0.08)) {
        m_said.color = m_object.color;
        return text + noun() + (m_random.chance(0.3) ? ", " : " ") + std::string(any(like));
    }
    if (m_saysColor)
        text += color() + " " + (m_random.chance(0.1) ? adjectives() : "");
    return text + noun();
}

std::string CaptionWriter::noun() {
    static constexpr std::array<std::string_view, 5> kSomething = {"thing", "shape", "object", "figure", "one"};
    if (!m_saysObject)
        return std::string(kSomething[static_cast<std::size_t>(m_random.below(5))]);
    m_said.object = m_object.object;
    return std::string(pick(wording::of(m_object.object)));
}

std::string CaptionWriter::color() {
    m_said.color = m_object.color;
    return std::string(pick(wording::of(m_object.color)));
}

std::string CaptionWriter::article() {
    const double choice = m_random.uniform();
    return choice < 0.8 ? "a " : choice < 0.9 ? "the " : choice < 0.94 ? "one " : choice < 0.97 ? "this " : "";
}

CaptionWriter::Doing CaptionWriter::motion() {
    m_said.motion = m_object.motion;
    const auto verbs = [&](wording::Verbs all) {
        const Verb verb = m_random.chance(0.2) ? all.front() : any(all);
        return Doing{std::string(verb.finite), std::string(verb.participle)};
    };
    const auto directions = wording::directions(m_object.motion);
    const bool apart = !directions.empty() && !m_random.chance(0.35);
    Doing doing = verbs(apart ? wording::movingVerbs() : wording::of(m_object.motion));
    const auto add = [&](std::string_view phrase) {
        doing.finite.append(" ").append(phrase);
        doing.participle.append(" ").append(phrase);
    };
    if (apart) {
        const std::string_view direction = pick(directions);
        add(direction);
        if (m_random.chance(0.05))
            doing.participle = direction; // "green ball, up, blue background"
    }
    if (m_random.chance(0.08))
        add(pick(wording::endings()));
    return doing;
}

// As a part of a list it needs a noun, for "ball, blue" would speak of the ball.
std::string CaptionWriter::scenery(bool mayBeColor) {
    const Background& background = m_scene.background;
    m_said.background = background.kind;
    std::string_view phrase;
    do {
        phrase = pick(wording::of(background.kind));
    } while (!mayBeColor && phrase == "@");
    if (!hasColor(background.kind))
        return std::string(phrase);
    if (const auto at = phrase.find("@ "); background.kind != BackgroundKind::Plain && at != phrase.npos && m_random.chance(0.06))
        return std::string(phrase.substr(0, at)) + std::string(phrase.substr(at + 2)); // "a striped wall"
    m_said.backgroundColor = background.color;
    return colored(phrase, pick(wording::of(background.color)));
}

// "over the sea", "at night"
std::string CaptionWriter::place() {
    const auto adverbial = wording::adverbial(m_scene.background.kind);
    if (!adverbial.empty() && m_random.chance(0.3)) {
        m_said.background = m_scene.background.kind;
        return std::string(pick(adverbial));
    }
    const std::string noun = scenery(true);
    const double choice = m_random.uniform();
    if (choice < 0.08 && noun.find(' ') != noun.npos)
        return "with " + noun + (m_random.chance(0.5) ? " behind it" : " in the background");
    return std::string(pick(wording::prepositions())) + " " + noun;
}

std::string CaptionWriter::slipped(std::string text) {
    if (m_random.chance(0.4)) { // articles left out
        for (const std::string_view article : {" a ", " an ", " the "})
            for (auto at = text.find(article); at != text.npos; at = text.find(article, at))
                text.replace(at, article.size(), 1, ' ');
        return text;
    }
    const auto at = static_cast<std::size_t>(m_random.below(static_cast<int>(text.size())));
    const auto letter = [&](std::size_t i) { return i < text.size() && std::islower(static_cast<unsigned char>(text[i])) != 0; };
    if (!letter(at) || !letter(at + 1) || !letter(at + 2))
        return text;
    switch (m_random.below(3)) {
    case 0: std::swap(text[at + 1], text[at + 2]); break;
    case 1: text.erase(at + 1, 1); break;
    default: text.insert(at + 1, 1, text[at + 1]); break;
    }
    return text;
}

} // namespace s1::toyland
