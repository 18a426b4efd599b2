#pragma once

#include "toyland/captions.h"
#include "toyland/random.h"
#include "toyland/wording.h"

namespace s1::toyland {

// Fills one of the grammar's sentences with words for a scene.
class CaptionWriter {
public:
    CaptionWriter(const Scene& scene, std::uint64_t seed);
    Caption write(Wordings wordings);

private:
    template <typename Word>
    const Word& any(std::span<const Word> words) {
        return words[static_cast<std::size_t>(m_random.below(static_cast<int>(words.size())))];
    }
    std::string_view pick(wording::Words words);
    void decideParts();
    wording::Words sentences(Wordings wordings) const;
    std::string filled(std::string_view sentence);
    std::string part(std::string_view placeholder);

    std::string adjectives();
    std::string thing();    // with its colour, without an article
    std::string noun();
    std::string color();
    std::string article();
    struct Doing {
        std::string finite, participle;
    };
    Doing motion();
    std::string scenery(bool mayBeColor);
    std::string place();

    std::string slipped(std::string text); // as one types in a hurry

    const Scene& m_scene;
    const SceneObject& m_object;
    Random m_random;
    bool m_saysMotion = true, m_saysBackground = true, m_saysObject = true, m_saysColor = true;
    bool m_colorIsScene = false; // "the background is {scene}": a colour will do
    Expectation m_said;
};

// Puts the colour where the phrase has its "@".
std::string colored(std::string_view phrase, std::string_view color);

// "a" becomes "an" where the next word wants it, and the other way round.
std::string withArticles(std::string_view text);

} // namespace s1::toyland
