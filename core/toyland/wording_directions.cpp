#include "toyland/wording.h"

#include <sstream>

namespace s1::toyland::wording {
namespace {

// A table row: a name for the list that follows.
#define S1_WORDS(identifier, ...) constexpr std::string_view identifier[] = {__VA_ARGS__}
#define S1_VERBS(identifier, ...) constexpr Verb identifier[] = {__VA_ARGS__}

S1_VERBS(kMoving, {"moves", "moving"}, {"goes", "going"}, {"slides", "sliding"}, {"travels", "travelling"}, {"drifts", "drifting"},
         {"glides", "gliding"}, {"heads", "heading"}, {"flies", "flying"}, {"floats", "floating"}, {"shifts", "shifting"},
         {"races", "racing"}, {"walks", "walking"}, {"runs", "running"}, {"zooms", "zooming"}, {"speeds", "speeding"}, {"rolls", "rolling"},
         {"drives", "driving"}, {"sails", "sailing"}, {"dashes", "dashing"}, {"rushes", "rushing"}, {"darts", "darting"},
         {"zips", "zipping"}, {"creeps", "creeping"}, {"crawls", "crawling"}, {"cruises", "cruising"}, {"swims", "swimming"},
         {"shoots", "shooting"}, {"scoots", "scooting"}, {"hurries", "hurrying"}, {"sweeps", "sweeping"}, {"wanders", "wandering"},
         {"steers", "steering"}, {"whizzes", "whizzing"}, {"strolls", "strolling"}, {"pushes", "pushing"}, {"travels", "traveling"},
         {"tiptoes", "tiptoeing"}, {"slips", "slipping"}, {"sneaks", "sneaking"}, {"inches", "inching"}, {"whooshes", "whooshing"},
         {"swooshes", "swooshing"}, {"streaks", "streaking"}, {"flits", "flitting"}, {"flutters", "fluttering"}, {"wafts", "wafting"},
         {"streams", "streaming"}, {"flows", "flowing"}, {"coasts", "coasting"}, {"rides", "riding"}, {"skates", "skating"},
         {"skims", "skimming"}, {"scurries", "scurrying"}, {"scampers", "scampering"}, {"scuttles", "scuttling"}, {"sprints", "sprinting"},
         {"jogs", "jogging"}, {"trots", "trotting"}, {"gallops", "galloping"}, {"marches", "marching"}, {"steps", "stepping"},
         {"ambles", "ambling"}, {"trundles", "trundling"}, {"rumbles", "rumbling"}, {"chugs", "chugging"}, {"putters", "puttering"},
         {"motors", "motoring"}, {"journeys", "journeying"}, {"wriggles", "wriggling"}, {"wiggles", "wiggling"}, {"wobbles", "wobbling"},
         {"hurtles", "hurtling"}, {"blasts", "blasting"}, {"bolts", "bolting"}, {"charges", "charging"}, {"flashes", "flashing"},
         {"edges", "edging"}, {"proceeds", "proceeding"}, {"advances", "advancing"}, {"progresses", "progressing"},
         {"makes its way", "making its way"}, {"finds its way", "finding its way"}, {"works its way", "working its way"},
         {"pushes its way", "pushing its way"}, {"wends its way", "wending its way"}, {"is on its way", "on its way"},
         {"keeps moving", "constantly moving"}, {"keeps going", "constantly going"}, {"keeps sliding", "constantly sliding"},
         {"keeps flying", "constantly flying"}, {"keeps drifting", "constantly drifting"}, {"starts moving", "starting to move"},
         {"starts to go", "starting to go"}, {"starts to slide", "starting to slide"}, {"begins to move", "beginning to move"},
         {"begins to drift", "beginning to drift"}, {"begins to travel", "beginning to travel"}, {"slowly moves", "slowly moving"},
         {"slowly goes", "slowly going"}, {"slowly drifts", "slowly drifting"}, {"slowly slides", "slowly sliding"},
         {"slowly floats", "slowly floating"}, {"slowly glides", "slowly gliding"}, {"slowly travels", "slowly traveling"},
         {"quickly moves", "quickly moving"}, {"quickly goes", "quickly going"}, {"quickly slides", "quickly sliding"},
         {"quickly flies", "quickly flying"}, {"quickly drives", "quickly driving"}, {"quickly swims", "quickly swimming"},
         {"gently glides", "gently gliding"}, {"gently floats", "gently floating"}, {"gently drifts", "gently drifting"},
         {"smoothly slides", "smoothly sliding"}, {"smoothly glides", "smoothly gliding"}, {"smoothly moves", "smoothly moving"},
         {"steadily moves", "steadily moving"}, {"steadily travels", "steadily traveling"}, {"calmly moves", "calmly moving"},
         {"calmly floats", "calmly floating"}, {"quietly slips", "quietly slipping"}, {"quietly drifts", "quietly drifting"},
         {"suddenly moves", "suddenly moving"}, {"suddenly shoots", "suddenly shooting"}, {"happily swims", "happily swimming"},
         {"lazily drifts", "lazily drifting"}, {"is moved", "being moved"}, {"is carried", "being carried"}, {"is pulled", "being pulled"},
         {"is pushed", "being pushed"}, {"is blown", "being blown"});

S1_WORDS(kToLeft, "left", "to the left", "leftwards", "leftward", "towards the left", "from right to left", "to the left side",
         "toward the left", "off to the left", "over to the left", "to its left", "to the left edge", "from the right to the left",
         "from the right side to the left side", "across the screen to the left", "in the left direction", "towards the left side",
         "left across the picture", "leftwards across the screen", "to the left hand side", "toward the left side",
         "towards the left side of the screen", "to the left side of the picture", "toward the left edge", "to the left edge of the screen",
         "off to the left edge of the picture", "off toward the left", "over to the left side", "from the right side over to the left",
         "from the right edge to the left edge", "from the right toward the left", "across the screen from right to left",
         "across the picture from right to left", "across from right to left", "across the picture to the left",
         "across the frame toward the left", "leftward across the screen", "leftwards across the picture", "to the left-hand side",
         "toward the left-hand side", "towards the left-hand side of the screen", "out of the frame on the left",
         "out of the picture on the left", "off the screen on the left", "off the left side of the screen", "past the left edge",
         "out to the left", "away to the left", "away toward the left side", "all the way to the left", "all the way over to the left side",
         "all the way left", "further to the left", "further and further left", "more and more to the left", "straight to the left",
         "straight left", "sideways to the left", "sideways toward the left", "horizontally to the left", "horizontally from right to left",
         "in a leftward direction", "in from the right and out on the left", "away from the right and over to the left", "to the far left");
S1_WORDS(kToRight, "right", "to the right", "rightwards", "rightward", "towards the right", "from left to right", "to the right side",
         "toward the right", "off to the right", "over to the right", "to its right", "to the right edge", "from the left to the right",
         "from the left side to the right side", "across the screen to the right", "in the right direction", "towards the right side",
         "right across the picture", "rightwards across the screen", "to the right hand side", "toward the right side",
         "towards the right side of the screen", "to the right side of the picture", "toward the right edge",
         "to the right edge of the screen", "off to the right edge of the picture", "off toward the right", "over to the right side",
         "from the left side over to the right", "from the left edge to the right edge", "from the left toward the right",
         "across the screen from left to right", "across the picture from left to right", "across from left to right",
         "across the picture to the right", "across the frame toward the right", "rightward across the screen",
         "rightwards across the picture", "to the right-hand side", "toward the right-hand side",
         "towards the right-hand side of the screen", "out of the frame on the right", "out of the picture on the right",
         "off the screen on the right", "off the right side of the screen", "past the right edge", "out to the right", "away to the right",
         "away toward the right side", "all the way to the right", "all the way over to the right side", "all the way right",
         "further to the right", "further and further right", "more and more to the right", "straight to the right", "straight right",
         "sideways to the right", "sideways toward the right", "horizontally to the right", "horizontally from left to right",
         "in a rightward direction", "in from the left and out on the right", "away from the left and over to the right", "to the far right");
S1_WORDS(kToTop, "up", "upwards", "upward", "to the top", "from bottom to top", "towards the top", "straight up", "up into the air",
         "up into the sky", "up and away", "upwards into the sky", "higher and higher", "towards the sky", "from the bottom to the top",
         "from the bottom up", "to the upper edge", "skyward", "skywards", "all the way up", "up high", "into the sky", "into the air",
         "toward the sky", "up to the sky", "to the top of the screen", "to the top of the picture", "toward the top",
         "towards the top of the screen", "toward the top edge", "up to the top", "up to the top edge", "all the way to the top",
         "all the way up to the top of the screen", "higher", "ever higher", "straight up into the air", "straight upwards",
         "vertically up", "vertically upwards", "from the bottom of the screen to the top", "from the bottom edge up to the top edge",
         "from the ground up", "from the ground up into the sky", "from the ground up into the clouds", "from the ground into the air",
         "off the ground and into the air", "up and up", "up the screen", "up to the upper edge", "high up into the air",
         "high into the sky", "up from the ground", "up from the bottom", "up from below", "up toward the clouds", "up into the clouds",
         "out of the frame at the top", "out of the picture at the top", "off the top of the screen", "up past the top edge",
         "in an upward direction", "away from the ground", "further and further up", "up through the air");
S1_WORDS(kToBottom, "down", "downwards", "downward", "to the bottom", "from top to bottom", "towards the bottom", "straight down",
         "down to the ground", "towards the ground", "lower and lower", "from the top to the bottom", "from the top down",
         "down to the floor", "to the lower edge", "all the way down", "down from above", "toward the bottom", "earthwards",
         "down from the sky", "to the ground", "to the floor", "toward the ground", "down to earth", "earthward",
         "to the bottom of the screen", "to the bottom of the picture", "towards the bottom of the screen", "toward the bottom edge",
         "down to the bottom", "down to the bottom edge", "all the way to the bottom", "all the way down to the bottom of the screen",
         "lower", "ever lower", "straight down to the ground", "straight downwards", "vertically down", "vertically downwards",
         "from the top of the screen to the bottom", "from the top edge down to the bottom edge", "down out of the sky",
         "from the sky down to the ground", "from the clouds down to the ground", "from the air to the ground",
         "out of the sky and onto the ground", "down and down", "deeper and deeper", "down the screen", "down to the lower edge",
         "down onto the ground", "out of the sky", "down from the top", "down from the clouds", "down toward the ground",
         "down towards the floor", "out of the frame at the bottom", "out of the picture at the bottom", "off the bottom of the screen",
         "down past the bottom edge", "in a downward direction", "away from the sky", "further and further down", "down through the air");

#undef S1_WORDS
#undef S1_VERBS

bool isAdverb(const std::string& word) { return word.ends_with("ly") || word == "just" || word == "never" || word == "not"; }

std::string stem(const std::string& verb) {
    if (verb == "is")
        return "be";
    if (verb == "has")
        return "have";
    if (verb == "lies" || verb == "dies" || verb == "ties")
        return verb.substr(0, verb.size() - 1);
    if (verb.ends_with("ies"))
        return verb.substr(0, verb.size() - 3) + "y";
    for (const std::string_view ending : {"shes", "ches", "sses", "xes", "zzes", "oes"})
        if (verb.ends_with(ending))
            return verb.substr(0, verb.size() - 2);
    return verb.ends_with("s") ? verb.substr(0, verb.size() - 1) : verb;
}

} // namespace

Verbs movingVerbs() { return kMoving; }

Words directions(Motion motion) {
    switch (motion) {
    case Motion::MovesLeft: return kToLeft;
    case Motion::MovesRight: return kToRight;
    case Motion::MovesUp: return kToTop;
    case Motion::MovesDown: return kToBottom;
    default: return {};
    }
}

std::string infinitive(std::string_view finite) {
    std::istringstream words{std::string(finite)};
    std::string result;
    bool verb = true; // the next word is one
    for (std::string word; words >> word;) {
        if (verb && (word == "does" || word == "doesn't")) { // "does not move": "not move"
            word = word == "does" ? "" : "not";
        } else if (verb && !isAdverb(word)) {
            word = stem(word);
            verb = false;
        }
        if (word == "and")
            verb = true;
        result += (result.empty() || word.empty() ? "" : " ") + word;
    }
    return result;
}

} // namespace s1::toyland::wording
