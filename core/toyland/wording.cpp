#include "toyland/wording.h"

#include <array>

namespace s1::toyland::wording {
namespace {

// A table row: a name for the list that follows.
#define S1_WORDS(identifier, ...) constexpr std::string_view identifier[] = {__VA_ARGS__}
#define S1_VERBS(identifier, ...) constexpr Verb identifier[] = {__VA_ARGS__}

S1_WORDS(kBall, "ball", "ball", "sphere", "circle", "orb", "disc", "globe", "round ball", "circular shape");
S1_WORDS(kSquare, "square", "square", "box", "cube", "block", "square shape", "square box");
S1_WORDS(kTriangle, "triangle", "triangle", "pyramid", "triangular shape", "wedge", "three-sided shape");
S1_WORDS(kStar, "star", "star", "five-pointed star", "star shape", "pointed star");
S1_WORDS(kHeart, "heart", "heart", "love heart", "heart shape", "valentine heart", "valentine");
S1_WORDS(kCar, "car", "car", "automobile", "vehicle", "auto", "motor car", "sedan", "taxi", "toy car");
S1_WORDS(kFish, "fish", "fish", "little fish", "trout", "salmon", "tropical fish", "toy fish");
S1_WORDS(kRocket, "rocket", "rocket", "spaceship", "spacecraft", "rocket ship", "space rocket", "space shuttle",
         "rocketship");
S1_WORDS(kRing, "ring", "hoop", "donut");
S1_WORDS(kCross, "cross", "plus sign");
S1_WORDS(kDiamond, "diamond", "rhombus");
S1_WORDS(kHexagon, "hexagon", "six-sided shape");
S1_WORDS(kMoon, "moon", "crescent");
S1_WORDS(kBoat, "boat", "sailboat", "ship");
S1_WORDS(kBird, "bird", "sparrow");
S1_WORDS(kButterfly, "butterfly", "moth");

S1_WORDS(kRed, "red", "red", "red", "crimson", "scarlet", "ruby", "bright red", "cherry red", "vermilion");
S1_WORDS(kGreen, "green", "green", "green", "emerald", "grass green", "bright green", "jade", "lime green");
S1_WORDS(kBlue, "blue", "blue", "blue", "azure", "navy", "sapphire", "bright blue", "cobalt blue", "navy blue");
S1_WORDS(kYellow, "yellow", "yellow", "yellow", "golden", "gold", "lemon yellow", "bright yellow", "lemon");
S1_WORDS(kPurple, "purple", "purple", "purple", "violet", "lilac", "plum", "deep purple", "lavender", "magenta");
S1_WORDS(kOrange, "orange", "orange", "orange", "tangerine", "amber", "bright orange", "pumpkin orange");
S1_WORDS(kWhite, "white", "white", "white", "snow-white", "ivory", "snowy white", "pure white", "pale white");
S1_WORDS(kBlack, "black", "black", "black", "jet-black", "ebony", "pitch-black", "coal black", "inky black");
S1_WORDS(kPink, "pink", "rose");
S1_WORDS(kCyan, "cyan", "turquoise", "teal");

S1_WORDS(kPlain, "a @ background", "a @ background", "a plain @ background", "a @ backdrop", "a solid @ background",
         "@", "a plain @ backdrop", "a @ wall", "a flat @ background", "a uniform @ background", "a @ surface",
         "a background of @");
S1_WORDS(kCheckered, "a @ checkered background", "a @ checkered background", "a @ checkerboard", "a @ chessboard",
         "a checkered @ background", "@ checks", "a @ chequered backdrop", "@ tiles", "a @ chessboard pattern",
         "a @ checked background", "a @ checkered pattern", "a @ checkered floor");
S1_WORDS(kStriped, "a @ striped background", "a @ striped background", "@ stripes", "a striped @ background",
         "diagonal @ stripes", "a @ background with stripes", "a @ striped backdrop", "a @ stripe pattern",
         "a @ striped wall", "@ bands");
S1_WORDS(kGradient, "a @ gradient background", "a @ gradient", "a @ gradient", "a smooth @ gradient",
         "a @ shaded background", "a fading @ background", "a @ gradient backdrop", "a background fading from @",
         "a @ color gradient");
S1_WORDS(kNight, "the night sky", "a starry night", "a starry sky", "the night", "a night sky full of stars",
         "a dark sky with stars", "a starry night sky", "outer space", "the stars", "a night scene");
S1_WORDS(kSea, "the sea", "the sea", "the ocean", "the water", "the waves", "a calm sea", "the blue sea", "the open sea",
         "a seascape", "the blue ocean");
S1_WORDS(kHills, "hills", "green hills", "green hills", "rolling hills", "the hills", "grassy hills",
         "a hilly landscape", "the green hills", "a green landscape", "the countryside", "meadows", "a green meadow");
S1_WORDS(kSunset, "the sunset", "a sunset", "a sunset", "the setting sun", "a sunset sky", "an evening sky",
         "the evening sun", "a glowing sunset", "a red evening sky", "an orange sunset");
S1_WORDS(kDotted, "a @ dotted background", "@ polka dots");

S1_WORDS(kAtNight, "at night", "by night", "under the stars", "in the night", "at midnight", "in space");
S1_WORDS(kAtSea, "at sea", "by the sea", "on the beach", "at the seaside");
S1_WORDS(kAtHills, "in the hills", "in the countryside", "on the grass");
S1_WORDS(kAtSunset, "at sunset", "at dusk", "in the evening", "at sundown");

S1_WORDS(kPrepositions, "over", "over", "on", "in front of", "in front of", "against", "above", "before", "on top of",
         "across");

S1_VERBS(kLeft, {"moves left", "moving left"}, {"moves from right to left", "moving from right to left"});
S1_VERBS(kRight, {"moves right", "moving right"}, {"moves from left to right", "moving from left to right"});
S1_VERBS(kUp, {"moves up", "moving up"}, {"rises", "rising"}, {"ascends", "ascending"}, {"climbs", "climbing"},
         {"rises up", "rising up"}, {"lifts off", "lifting off"}, {"moves from bottom to top", "moving from bottom to top"});
S1_VERBS(kDown, {"moves down", "moving down"}, {"falls", "falling"}, {"sinks", "sinking"}, {"descends", "descending"},
         {"falls down", "falling down"}, {"drops", "dropping"}, {"moves from top to bottom", "moving from top to bottom"});
S1_VERBS(kBounces, {"bounces", "bouncing"}, {"bounces", "bouncing"}, {"bounces up and down", "bouncing up and down"},
         {"bounces along", "bouncing along"}, {"keeps bouncing", "bouncing again and again"}, {"hops", "hopping"},
         {"bounces on the ground", "bouncing on the ground"}, {"hops up and down", "hopping up and down"},
         {"bounces around", "bouncing around"});
S1_VERBS(kCircles, {"circles", "circling"}, {"moves in a circle", "moving in a circle"},
         {"goes in circles", "going in circles"}, {"circles around", "circling around"},
         {"goes around in a circle", "going around in a circle"}, {"orbits", "orbiting"}, {"goes round", "going round"},
         {"moves in circles", "moving in circles"}, {"flies in a circle", "flying in a circle"},
         {"runs in circles", "running in circles"}, {"travels around a circle", "travelling around a circle"});
S1_VERBS(kGrows, {"grows", "growing"}, {"grows", "growing"}, {"gets bigger", "getting bigger"},
         {"becomes larger", "becoming larger"}, {"expands", "expanding"}, {"grows larger", "growing larger"},
         {"swells", "swelling"}, {"increases in size", "increasing in size"}, {"gets larger", "getting larger"},
         {"becomes bigger", "becoming bigger"}, {"inflates", "inflating"});
S1_VERBS(kShrinks, {"shrinks", "shrinking"}, {"shrinks", "shrinking"}, {"gets smaller", "getting smaller"},
         {"becomes smaller", "becoming smaller"}, {"contracts", "contracting"}, {"grows smaller", "growing smaller"},
         {"decreases in size", "decreasing in size"}, {"gets tiny", "getting tiny"}, {"dwindles", "dwindling"},
         {"shrinks away", "shrinking away"}, {"deflates", "deflating"});
S1_VERBS(kStill, {"stands still", "standing still"}, {"stands still", "standing still"}, {"stays still", "staying still"},
         {"does not move", "not moving"}, {"rests", "resting"}, {"stays in place", "staying in place"},
         {"remains still", "remaining still"}, {"sits still", "sitting still"}, {"holds still", "holding still"},
         {"is motionless", "motionless"}, {"is static", "static"}, {"is still", "standing still"},
         {"remains motionless", "remaining motionless"}, {"doesn't move", "without moving"}, {"waits", "waiting"});
S1_VERBS(kUpLeft, {"moves up left", "moving up left"});
S1_VERBS(kUpRight, {"moves up right", "moving up right"});
S1_VERBS(kDownLeft, {"moves down left", "moving down left"});
S1_VERBS(kDownRight, {"moves down right", "moving down right"});
S1_VERBS(kJumps, {"jumps", "jumping"}, {"leaps", "leaping"});
S1_VERBS(kSwings, {"swings", "swinging"}, {"sways", "swaying"});
S1_VERBS(kSpins, {"spins", "spinning"}, {"rotates", "rotating"});
S1_VERBS(kMoving, {"moves", "moving"}, {"moves", "moving"}, {"moves", "moving"}, {"goes", "going"}, {"slides", "sliding"},
         {"travels", "travelling"}, {"drifts", "drifting"}, {"glides", "gliding"}, {"heads", "heading"},
         {"flies", "flying"}, {"floats", "floating"}, {"shifts", "shifting"}, {"races", "racing"}, {"walks", "walking"},
         {"runs", "running"});

S1_WORDS(kToLeft, "left", "left", "to the left", "to the left", "leftwards", "leftward", "towards the left",
         "from right to left", "to the left side", "toward the left");
S1_WORDS(kToRight, "right", "right", "to the right", "to the right", "rightwards", "rightward", "towards the right",
         "from left to right", "to the right side", "toward the right");
S1_WORDS(kToTop, "up", "up", "upwards", "upward", "to the top", "from bottom to top", "towards the top", "straight up");
S1_WORDS(kToBottom, "down", "down", "downwards", "downward", "to the bottom", "from top to bottom",
         "towards the bottom", "straight down");

S1_WORDS(kOpenings, "a video of", "an animation of", "a clip of", "a cartoon of", "a short film of", "a movie of",
         "a scene with", "footage of", "an illustration of", "a drawing of", "a short clip of", "a picture of");
S1_WORDS(kPraise, "lovely", "cute", "nice", "pretty", "happy", "funny", "beautiful", "cheerful", "simple", "strange",
         "wonderful", "magic", "plastic", "wooden", "friendly", "famous", "fancy", "cartoon", "toy", "glossy", "old", "new");
S1_WORDS(kEndings, "in high quality", "highly detailed", "slowly", "smoothly", "gently", "quickly", "again", "4k",
         "in the style of a cartoon", "flat design", "for children", "please", "very nice", "steadily", "all the time");
S1_WORDS(kOthers, "a", "an", "the", "one", "this", "some", "is", "are", "that", "which", "with", "and", "of", "in", "at",
         "there", "it", "its", "behind", "background", "something", "thing", "shape", "object", "figure", "colored",
         "coloured", "color", "colour", "while", "as", "to", "for", "by", "from", "into", "under", "near", "only", "very",
         "slow", "fast", "now", "then", "show", "me", "us", "make", "let", "watch", "see", "where", "scene", "video",
         "animation", "clip", "also", "can", "be", "was", "has", "have", "being", "keeps", "starts", "seen", "place",
         "put", "please", "want", "i", "you", "we", "so", "on", "setting", "front", "bright", "dark", "light", "big",
         "small", "large", "little", "tiny", "its", "himself", "itself", "way", "side", "move", "bounce", "circle", "grow",
         "shrink", "stand", "fly", "go", "slide", "fall", "rise", "gray", "shade", "tone", "sky", "land", "field",
         "landscape", "sun", "evening", "ground", "air", "top", "bottom", "left", "right", "up", "down");

#undef S1_WORDS
#undef S1_VERBS

} // namespace

Words of(Object object) {
    constexpr std::array<Words, kObjects> kTable = {kBall, kSquare, kTriangle, kStar, kHeart, kCar, kFish, kRocket,
        kRing, kCross, kDiamond, kHexagon, kMoon, kBoat, kBird, kButterfly};
    return kTable[static_cast<std::size_t>(object)];
}

Words of(Color color) {
    constexpr std::array<Words, kColors> kTable = {kRed, kGreen, kBlue, kYellow, kPurple, kOrange, kWhite, kBlack, kPink,
        kCyan};
    return kTable[static_cast<std::size_t>(color)];
}

Words of(BackgroundKind kind) {
    constexpr std::array<Words, kBackgroundKinds> kTable = {kPlain, kCheckered, kStriped, kGradient, kNight, kSea, kHills,
        kSunset, kDotted};
    return kTable[static_cast<std::size_t>(kind)];
}

Words adverbial(BackgroundKind kind) {
    switch (kind) {
    case BackgroundKind::Night: return kAtNight;
    case BackgroundKind::Sea: return kAtSea;
    case BackgroundKind::Hills: return kAtHills;
    case BackgroundKind::Sunset: return kAtSunset;
    default: return {};
    }
}

Words prepositions() { return kPrepositions; }

Verbs of(Motion motion) {
    constexpr std::array<Verbs, kMotions> kTable = {kLeft, kRight, kUp, kDown, kBounces, kCircles, kGrows, kShrinks,
        kStill, kUpLeft, kUpRight, kDownLeft, kDownRight, kJumps, kSwings, kSpins, Verbs{}};
    return kTable[static_cast<std::size_t>(motion)];
}

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

Words openings() { return kOpenings; }
Words praise() { return kPraise; }
Words endings() { return kEndings; }
Words others() { return kOthers; }

} // namespace s1::toyland::wording
