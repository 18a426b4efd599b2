#pragma once

#include "media/clip.h"
#include "toyland/values.h"

#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <vector>

// The analytic judge of contract.md 5: reads object, colour, motion and background from a clip, without a network.
namespace s1::toyland {

// The judged thing in one frame, in pixels of a 64x40 picture.
struct Track {
    double x = 0, y = 0; // centroid
    double area = 0;     // 0: not found in this frame
    double angle = 0;    // of the longest axis, radians, -pi/2…pi/2
};

// What a clip shows. Absent: not found, or not told apart.
struct Observation {
    std::optional<Object> object;
    std::optional<Color> color;
    std::optional<Motion> motion;
    BackgroundKind background = BackgroundKind::Plain;
    Color backgroundColor = Color::Black;
    int things = 0; // separate things of significant size; 1 is right
    std::vector<Track> tracks;
};

enum class ValueSet { Core, Extended }; // which values come into question

// Any frame size and count; the picture is brought to 64x40 first. An empty clip shows nothing.
Observation observe(const Clip& clip, ValueSet values = ValueSet::Core);

struct Judgement {
    std::string expected; // empty: not asked for, and then right
    std::string found;    // canonical name, "none" or "several"
    bool right = true;
};

struct Verdict {
    Judgement object, color, motion, background;
    bool all = true;
    std::vector<Track> tracks;
};

Verdict compare(const Expectation& expected, const Expectation& found); // a part that was not found is "none"; without tracks
Verdict judge(const Observation& observation, const Expectation& expected);
Verdict judge(const Clip& clip, const Expectation& expected); // extended values where one is expected
nlohmann::json toJson(const Verdict& verdict);

inline constexpr std::array<const char*, 4> kAttributes{"object", "color", "motion", "background"};

struct NamedJudgement {
    const char* name;
    const Judgement& judgement; // in the verdict
};
std::array<NamedJudgement, 4> judgements(const Verdict& verdict); // in the order of kAttributes

} // namespace s1::toyland
