#include "toyland/wording.h"

#include <array>

namespace s1::toyland::wording {
namespace {

// A table row: a name for the list that follows.
#define S1_WORDS(identifier, ...) constexpr std::string_view identifier[] = {__VA_ARGS__}
#define S1_VERBS(identifier, ...) constexpr Verb identifier[] = {__VA_ARGS__}

S1_WORDS(kBall, "ball", "ball", "sphere", "circle", "orb", "disc", "globe", "round ball", "circular shape", "round shape", "round thing",
         "marble", "beach ball", "rubber ball", "bouncy ball", "ball shape", "soccer ball");
S1_WORDS(kSquare, "square", "square", "box", "cube", "block", "square shape", "square box", "square block", "cube shape",
         "four-sided shape", "crate", "square tile", "little box", "quadratic shape");
S1_WORDS(kTriangle, "triangle", "triangle", "pyramid", "triangular shape", "wedge", "three-sided shape", "triangle shape",
         "three-cornered shape", "cone", "three-sided figure");
S1_WORDS(kStar, "star", "star", "five-pointed star", "star shape", "pointed star", "little star", "five-point star", "star figure",
         "twinkling star");
S1_WORDS(kHeart, "heart", "heart", "love heart", "heart shape", "valentine heart", "valentine", "love symbol", "heart symbol",
         "heart-shaped thing", "little heart");
S1_WORDS(kCar, "car", "car", "automobile", "vehicle", "auto", "motor car", "sedan", "taxi", "toy car", "race car", "racing car",
         "sports car", "convertible", "jeep", "truck", "van", "cab", "buggy", "little car", "motorcar", "limousine");
S1_WORDS(kFish, "fish", "fish", "little fish", "trout", "salmon", "tropical fish", "toy fish", "goldfish", "big fish", "small fish",
         "carp", "guppy", "tuna", "sea fish", "fishy", "cod");
S1_WORDS(kRocket, "rocket", "rocket", "spaceship", "spacecraft", "rocket ship", "space rocket", "space shuttle", "rocketship", "starship",
         "space ship", "shuttle", "space vehicle", "moon rocket", "space craft", "missile", "little rocket");
S1_WORDS(kRing, "ring", "hoop", "donut");
S1_WORDS(kCross, "cross", "plus sign");
S1_WORDS(kDiamond, "diamond", "rhombus");
S1_WORDS(kHexagon, "hexagon", "six-sided shape");
S1_WORDS(kMoon, "moon", "crescent");
S1_WORDS(kBoat, "boat", "sailboat", "ship");
S1_WORDS(kBird, "bird", "sparrow");
S1_WORDS(kButterfly, "butterfly", "moth");

S1_WORDS(kRed, "red", "red", "red", "crimson", "scarlet", "ruby", "bright red", "cherry red", "vermilion", "dark red", "deep red",
         "light red", "blood red", "brick red", "maroon", "fire-engine red", "tomato red", "neon red", "reddish");
S1_WORDS(kGreen, "green", "green", "green", "emerald", "grass green", "bright green", "jade", "lime green", "dark green", "light green",
         "deep green", "forest green", "mint green", "pale green", "leaf green", "neon green", "olive", "lime", "mint", "greenish");
S1_WORDS(kBlue, "blue", "blue", "blue", "azure", "navy", "sapphire", "bright blue", "cobalt blue", "navy blue", "dark blue", "light blue",
         "deep blue", "sky blue", "pale blue", "royal blue", "baby blue", "neon blue", "cobalt", "bluish");
S1_WORDS(kYellow, "yellow", "yellow", "yellow", "golden", "gold", "lemon yellow", "bright yellow", "lemon", "light yellow", "pale yellow",
         "dark yellow", "sunny yellow", "canary yellow", "golden yellow", "mustard", "neon yellow", "banana yellow", "yellowish");
S1_WORDS(kPurple, "purple", "purple", "purple", "violet", "lilac", "plum", "deep purple", "lavender", "magenta", "dark purple",
         "light purple", "pale purple", "bright purple", "royal purple", "mauve", "amethyst", "indigo", "grape purple", "neon purple",
         "purplish");
S1_WORDS(kOrange, "orange", "orange", "orange", "tangerine", "amber", "bright orange", "pumpkin orange", "dark orange", "light orange",
         "deep orange", "burnt orange", "carrot orange", "neon orange", "apricot", "orangey");
S1_WORDS(kWhite, "white", "white", "white", "snow-white", "ivory", "snowy white", "pure white", "pale white", "bright white",
         "milk white", "milky white", "chalk white", "snowy", "pearl white", "cream white", "clean white", "whitish");
S1_WORDS(kBlack, "black", "black", "black", "jet-black", "ebony", "pitch-black", "coal black", "inky black", "pure black", "deep black",
         "dark black", "midnight black", "raven black", "charcoal", "charcoal black", "onyx", "solid black");
S1_WORDS(kPink, "pink", "rose");
S1_WORDS(kCyan, "cyan", "turquoise", "teal");

S1_WORDS(kPlain, "a @ background", "a @ background", "a plain @ background", "a @ backdrop", "a solid @ background", "@",
         "a plain @ backdrop", "a @ wall", "a flat @ background", "a uniform @ background", "a @ surface", "a background of @",
         "a @ canvas", "a @ screen", "a simple @ background", "an empty @ background", "an all @ background", "a solid @ wall",
         "a clean @ backdrop", "a @ page", "a plain @ surface");
S1_WORDS(kCheckered, "a @ checkered background", "a @ checkered background", "a @ checkerboard", "a @ chessboard",
         "a checkered @ background", "@ checks", "a @ chequered backdrop", "@ tiles", "a @ chessboard pattern", "a @ checked background",
         "a @ checkered pattern", "a @ checkered floor", "a @ check pattern", "a @ checker pattern", "a @ checkered wall",
         "a @ chessboard floor", "a @ tiled floor", "a @ tiled wall", "checkered @ tiles", "a @ chess board", "a @ checker board",
         "a @ chequered pattern", "a checked @ backdrop", "a background of @ checks");
S1_WORDS(kStriped, "a @ striped background", "a @ striped background", "@ stripes", "a striped @ background", "diagonal @ stripes",
         "a @ background with stripes", "a @ striped backdrop", "a @ stripe pattern", "a @ striped wall", "@ bands",
         "a @ striped pattern", "a stripy @ background", "a @ stripy backdrop", "a backdrop of @ stripes", "a wall with @ stripes",
         "@ diagonal stripes", "striped @ wallpaper", "a background of @ stripes", "a @ striped surface", "slanted @ stripes");
S1_WORDS(kGradient, "a @ gradient background", "a @ gradient", "a @ gradient", "a smooth @ gradient", "a @ shaded background",
         "a fading @ background", "a @ gradient backdrop", "a background fading from @", "a @ color gradient", "a soft @ gradient",
         "a gentle @ gradient", "a @ fade", "a gradient of @", "a @ gradation", "a background that fades from @",
         "a background shading from @", "a @ gradient wall", "a @ ombre background", "a @ gradient screen");
S1_WORDS(kNight, "the night sky", "a starry night", "a starry sky", "the night", "a night sky full of stars", "a dark sky with stars",
         "a starry night sky", "outer space", "the stars", "a night scene", "a starlit sky", "a starlit night", "the dark night",
         "a sky full of stars", "a night sky with stars", "a moonlit night", "the midnight sky", "a clear night sky", "space",
         "deep space", "the universe", "the galaxy", "the cosmos", "a dark starry sky", "twinkling stars", "the dark sky");
S1_WORDS(kSea, "the sea", "the sea", "the ocean", "the water", "the waves", "a calm sea", "the blue sea", "the open sea", "a seascape",
         "the blue ocean", "the blue water", "the deep sea", "a wavy sea", "the ocean waves", "blue waves", "the rolling waves",
         "a wide ocean", "the sparkling sea", "a stormy sea", "a lake", "the beach", "a sandy beach", "the shore", "the coast", "the bay",
         "the seaside");
S1_WORDS(kHills, "hills", "green hills", "green hills", "rolling hills", "the hills", "grassy hills", "a hilly landscape",
         "the green hills", "a green landscape", "the countryside", "meadows", "a green meadow", "green fields", "a green field",
         "a grassy field", "a field of grass", "a green valley", "grassland", "the grass", "a lawn", "the mountains", "green mountains",
         "a pasture", "the meadow", "a grassy meadow", "fields", "a valley", "the green countryside", "grassy land");
S1_WORDS(kSunset, "the sunset", "a sunset", "a sunset", "the setting sun", "a sunset sky", "an evening sky", "the evening sun",
         "a glowing sunset", "a red evening sky", "an orange sunset", "the dusk", "twilight", "the twilight sky", "a golden sunset",
         "a warm sunset", "a sky at sunset", "the evening light", "an orange evening sky", "a sunset glow", "the sunrise", "a sunrise",
         "the low sun", "a dusky sky", "the last light of the day", "the sundown", "the golden hour");
S1_WORDS(kDotted, "a @ dotted background", "@ polka dots");

S1_WORDS(kAtNight, "at night", "by night", "under the stars", "in the night", "at midnight", "in space", "in outer space",
         "in the night sky", "in the moonlight", "among the stars", "beneath the stars", "late at night", "through space",
         "in the starry sky", "in the dark of night", "during the night");
S1_WORDS(kAtSea, "at sea", "by the sea", "on the beach", "at the seaside", "in the sea", "in the ocean", "in the water", "on the water",
         "on the waves", "under water", "underwater", "at the beach", "by the ocean", "near the shore", "on the shore", "along the coast",
         "out at sea", "on the sea");
S1_WORDS(kAtHills, "in the hills", "in the countryside", "on the grass", "in the meadow", "on a hill", "on a green hill", "in the fields",
         "in the mountains", "in the grass", "out in the country", "across the meadow", "through the fields", "among the hills");
S1_WORDS(kAtSunset, "at sunset", "at dusk", "in the evening", "at sundown", "at twilight", "at sunrise", "as the sun sets",
         "as the sun goes down", "while the sun sets", "when the sun goes down", "during the sunset", "in the evening light",
         "at the end of the day", "in the evening sky");

S1_WORDS(kPrepositions, "over", "over", "on", "in front of", "in front of", "against", "above", "before", "on top of", "across", "under",
         "past", "through", "along", "near", "by", "high above", "close to");

S1_VERBS(kLeft, {"moves left", "moving left"}, {"moves from right to left", "moving from right to left"});
S1_VERBS(kRight, {"moves right", "moving right"}, {"moves from left to right", "moving from left to right"});
S1_VERBS(kUp, {"moves up", "moving up"}, {"rises", "rising"}, {"ascends", "ascending"}, {"climbs", "climbing"}, {"rises up", "rising up"},
         {"lifts off", "lifting off"}, {"moves from bottom to top", "moving from bottom to top"}, {"goes up", "going up"},
         {"soars", "soaring"}, {"takes off", "taking off"}, {"floats up", "floating up"}, {"flies up", "flying up"},
         {"blasts off", "blasting off"}, {"shoots up", "shooting up"}, {"lifts up", "lifting up"}, {"soars up", "soaring up"},
         {"goes higher and higher", "going higher and higher"}, {"climbs higher and higher", "climbing higher and higher"},
         {"rises into the air", "rising into the air"}, {"launches", "launching"}, {"levitates", "levitating"}, {"comes up", "coming up"},
         {"rises higher", "rising higher"}, {"floats away upwards", "floating away upwards"}, {"goes straight up", "going straight up"});
S1_VERBS(kDown, {"moves down", "moving down"}, {"falls", "falling"}, {"sinks", "sinking"}, {"descends", "descending"},
         {"falls down", "falling down"}, {"drops", "dropping"}, {"moves from top to bottom", "moving from top to bottom"},
         {"goes down", "going down"}, {"comes down", "coming down"}, {"plunges", "plunging"}, {"tumbles down", "tumbling down"},
         {"plummets", "plummeting"}, {"dives", "diving"}, {"dives down", "diving down"}, {"drops down", "dropping down"},
         {"sinks down", "sinking down"}, {"floats down", "floating down"}, {"slides down", "sliding down"},
         {"falls to the ground", "falling to the ground"}, {"drops to the bottom", "dropping to the bottom"},
         {"goes lower and lower", "going lower and lower"}, {"falls from above", "falling from above"},
         {"sinks lower and lower", "sinking lower and lower"}, {"tumbles", "tumbling"}, {"falls from the top", "falling from the top"},
         {"goes straight down", "going straight down"});
S1_VERBS(kBounces, {"bounces", "bouncing"}, {"bounces", "bouncing"}, {"bounces up and down", "bouncing up and down"},
         {"bounces along", "bouncing along"}, {"keeps bouncing", "bouncing again and again"}, {"hops", "hopping"},
         {"bounces on the ground", "bouncing on the ground"}, {"hops up and down", "hopping up and down"},
         {"bounces around", "bouncing around"}, {"jumps up and down", "jumping up and down"},
         {"leaps up and down", "leaping up and down"}, {"springs up and down", "springing up and down"},
         {"bounces like a rubber ball", "bouncing like a rubber ball"}, {"bounces high", "bouncing high"},
         {"bounces again and again", "bouncing again and again"}, {"bounces repeatedly", "bouncing repeatedly"},
         {"keeps jumping", "jumping again and again"}, {"keeps hopping", "hopping again and again"}, {"hops around", "hopping around"},
         {"hops along", "hopping along"}, {"skips", "skipping"}, {"bobs up and down", "bobbing up and down"},
         {"goes up and down", "going up and down"}, {"moves up and down", "moving up and down"},
         {"bounces off the floor", "bouncing off the floor"}, {"is bouncy", "bouncing happily"},
         {"bounces and bounces", "bouncing and bouncing"}, {"boings", "boinging"}, {"dribbles", "dribbling"});
S1_VERBS(kCircles, {"circles", "circling"}, {"moves in a circle", "moving in a circle"}, {"goes in circles", "going in circles"},
         {"circles around", "circling around"}, {"goes around in a circle", "going around in a circle"}, {"orbits", "orbiting"},
         {"goes round", "going round"}, {"moves in circles", "moving in circles"}, {"flies in a circle", "flying in a circle"},
         {"runs in circles", "running in circles"}, {"travels around a circle", "travelling around a circle"},
         {"goes around", "going around"}, {"goes round and round", "going round and round"},
         {"moves round and round", "moving round and round"}, {"loops", "looping"}, {"loops around", "looping around"},
         {"makes a loop", "making loops"}, {"makes circles", "making circles"}, {"travels in a circle", "travelling in a circle"},
         {"flies in circles", "flying in circles"}, {"flies around in circles", "flying around in circles"},
         {"spins around in circles", "spinning around in circles"}, {"turns in circles", "turning in circles"},
         {"drives in circles", "driving in circles"}, {"swims in circles", "swimming in circles"}, {"revolves", "revolving"},
         {"follows a circular path", "following a circular path"}, {"moves on a circular path", "moving on a circular path"},
         {"whirls around", "whirling around"}, {"circles round and round", "circling round and round"},
         {"goes round in circles", "going round in circles"}, {"runs around in a circle", "running around in a circle"},
         {"twirls around", "twirling around"});
S1_VERBS(kGrows, {"grows", "growing"}, {"grows", "growing"}, {"gets bigger", "getting bigger"}, {"becomes larger", "becoming larger"},
         {"expands", "expanding"}, {"grows larger", "growing larger"}, {"swells", "swelling"},
         {"increases in size", "increasing in size"}, {"gets larger", "getting larger"}, {"becomes bigger", "becoming bigger"},
         {"inflates", "inflating"}, {"gets bigger and bigger", "getting bigger and bigger"},
         {"gets larger and larger", "getting larger and larger"}, {"becomes bigger and bigger", "becoming bigger and bigger"},
         {"grows and grows", "growing and growing"}, {"grows bigger", "growing bigger"},
         {"grows bigger and bigger", "growing bigger and bigger"}, {"becomes huge", "becoming huge"}, {"gets huge", "getting huge"},
         {"becomes giant", "becoming giant"}, {"enlarges", "enlarging"}, {"grows in size", "growing in size"},
         {"expands in size", "expanding in size"}, {"swells up", "swelling up"}, {"puffs up", "puffing up"},
         {"blows up like a balloon", "blowing up like a balloon"}, {"balloons", "ballooning"}, {"scales up", "scaling up"},
         {"doubles in size", "doubling in size"}, {"gets gigantic", "getting gigantic"}, {"becomes very big", "becoming very big"},
         {"widens", "widening"});
S1_VERBS(kShrinks, {"shrinks", "shrinking"}, {"shrinks", "shrinking"}, {"gets smaller", "getting smaller"},
         {"becomes smaller", "becoming smaller"}, {"contracts", "contracting"}, {"grows smaller", "growing smaller"},
         {"decreases in size", "decreasing in size"}, {"gets tiny", "getting tiny"}, {"dwindles", "dwindling"},
         {"shrinks away", "shrinking away"}, {"deflates", "deflating"}, {"gets smaller and smaller", "getting smaller and smaller"},
         {"becomes smaller and smaller", "becoming smaller and smaller"}, {"grows smaller and smaller", "growing smaller and smaller"},
         {"becomes tiny", "becoming tiny"}, {"gets tinier", "getting tinier"}, {"becomes tinier", "becoming tinier"},
         {"shrinks down", "shrinking down"}, {"scales down", "scaling down"}, {"diminishes", "diminishing"},
         {"reduces in size", "reducing in size"}, {"shrivels", "shrivelling"}, {"shrivels up", "shrivelling up"},
         {"shrinks to a dot", "shrinking to a dot"}, {"shrinks to nothing", "shrinking to nothing"},
         {"gets very small", "getting very small"}, {"becomes very small", "becoming very small"}, {"loses size", "losing size"},
         {"shrinks and shrinks", "shrinking and shrinking"}, {"shrinks more and more", "shrinking more and more"},
         {"turns tiny", "turning tiny"}, {"gets little", "getting little"});
S1_VERBS(kStill, {"stands still", "standing still"}, {"stands still", "standing still"}, {"stays still", "staying still"},
         {"does not move", "not moving"}, {"rests", "resting"}, {"stays in place", "staying in place"},
         {"remains still", "remaining still"}, {"sits still", "sitting still"}, {"holds still", "holding still"},
         {"is motionless", "motionless"}, {"is static", "static"}, {"is still", "standing still"},
         {"remains motionless", "remaining motionless"}, {"doesn't move", "without moving"}, {"waits", "waiting"},
         {"does not move at all", "not moving at all"}, {"doesn't move at all", "without moving at all"}, {"stays put", "staying put"},
         {"stays where it is", "staying where it is"}, {"keeps still", "keeping still"}, {"just stands there", "just standing there"},
         {"just sits there", "just sitting there"}, {"hangs motionless", "hanging motionless"}, {"hovers in place", "hovering in place"},
         {"is frozen", "frozen"}, {"is parked", "parked"}, {"is not moving", "unmoving"}, {"never moves", "never moving"},
         {"holds its position", "holding its position"}, {"remains in place", "remaining in place"}, {"is at rest", "at rest"},
         {"lies still", "lying still"}, {"stays motionless", "staying motionless"}, {"is immobile", "immobile"},
         {"is stationary", "stationary"}, {"stays fixed", "fixed in place"}, {"freezes", "frozen in place"},
         {"stands without moving", "standing without moving"});
S1_VERBS(kUpLeft, {"moves up left", "moving up left"});
S1_VERBS(kUpRight, {"moves up right", "moving up right"});
S1_VERBS(kDownLeft, {"moves down left", "moving down left"});
S1_VERBS(kDownRight, {"moves down right", "moving down right"});
S1_VERBS(kJumps, {"jumps", "jumping"}, {"leaps", "leaping"});
S1_VERBS(kSwings, {"swings", "swinging"}, {"sways", "swaying"});
S1_VERBS(kSpins, {"spins", "spinning"}, {"rotates", "rotating"});
S1_VERBS(kMoving, {"moves", "moving"}, {"moves", "moving"}, {"moves", "moving"}, {"goes", "going"}, {"slides", "sliding"},
         {"travels", "travelling"}, {"drifts", "drifting"}, {"glides", "gliding"}, {"heads", "heading"}, {"flies", "flying"},
         {"floats", "floating"}, {"shifts", "shifting"}, {"races", "racing"}, {"walks", "walking"}, {"runs", "running"},
         {"zooms", "zooming"}, {"speeds", "speeding"}, {"rolls", "rolling"}, {"drives", "driving"}, {"sails", "sailing"},
         {"dashes", "dashing"}, {"rushes", "rushing"}, {"darts", "darting"}, {"zips", "zipping"}, {"creeps", "creeping"},
         {"crawls", "crawling"}, {"cruises", "cruising"}, {"swims", "swimming"}, {"shoots", "shooting"}, {"scoots", "scooting"},
         {"hurries", "hurrying"}, {"sweeps", "sweeping"}, {"wanders", "wandering"}, {"steers", "steering"}, {"whizzes", "whizzing"},
         {"strolls", "strolling"}, {"pushes", "pushing"});

S1_WORDS(kToLeft, "left", "left", "to the left", "to the left", "leftwards", "leftward", "towards the left", "from right to left",
         "to the left side", "toward the left", "off to the left", "over to the left", "to its left", "to the left edge",
         "from the right to the left", "from the right side to the left side", "across the screen to the left", "in the left direction",
         "towards the left side", "left across the picture", "leftwards across the screen", "to the left hand side");
S1_WORDS(kToRight, "right", "right", "to the right", "to the right", "rightwards", "rightward", "towards the right", "from left to right",
         "to the right side", "toward the right", "off to the right", "over to the right", "to its right", "to the right edge",
         "from the left to the right", "from the left side to the right side", "across the screen to the right", "in the right direction",
         "towards the right side", "right across the picture", "rightwards across the screen", "to the right hand side");
S1_WORDS(kToTop, "up", "up", "upwards", "upward", "to the top", "from bottom to top", "towards the top", "straight up", "up into the air",
         "up into the sky", "up and away", "upwards into the sky", "higher and higher", "towards the sky", "from the bottom to the top",
         "from the bottom up", "to the upper edge", "skyward", "skywards", "all the way up", "up high");
S1_WORDS(kToBottom, "down", "down", "downwards", "downward", "to the bottom", "from top to bottom", "towards the bottom", "straight down",
         "down to the ground", "towards the ground", "lower and lower", "from the top to the bottom", "from the top down",
         "down to the floor", "to the lower edge", "all the way down", "down from above", "toward the bottom", "earthwards");

S1_WORDS(kOpenings, "a video of", "an animation of", "a clip of", "a cartoon of", "a short film of", "a movie of", "a scene with",
         "footage of", "an illustration of", "a drawing of", "a short clip of", "a picture of", "give me", "could you make",
         "could you draw", "can you make", "create", "generate", "animate", "draw", "make", "make a video of", "i would like", "i need",
         "how about", "let me have", "paint", "a small movie with", "a gif of", "a short animation with", "a view of");
S1_WORDS(kPraise, "lovely", "cute", "nice", "pretty", "happy", "funny", "beautiful", "cheerful", "simple", "strange", "wonderful",
         "magic", "plastic", "wooden", "friendly", "famous", "fancy", "cartoon", "toy", "glossy", "old", "new", "little", "big", "small",
         "large", "tiny", "huge", "shiny", "sparkling", "bright", "round", "super", "cool", "sweet", "silly", "lonely", "brave", "sleepy",
         "playful", "real", "single", "smooth", "colorful", "great", "amazing");
S1_WORDS(kEndings, "in high quality", "highly detailed", "slowly", "smoothly", "gently", "quickly", "again", "4k",
         "in the style of a cartoon", "flat design", "for children", "please", "very nice", "steadily", "all the time", "very slowly",
         "very fast", "at full speed", "slow and steady", "over and over", "like magic", "for my daughter", "for my presentation",
         "thanks", "thank you", "as if by magic", "in a loop", "calmly", "happily", "lazily", "without stopping", "a little bit",
         "the whole time");
S1_WORDS(kOthers, "a", "an", "the", "one", "this", "some", "is", "are", "that", "which", "with", "and", "of", "in", "at", "there", "it",
         "its", "behind", "background", "something", "thing", "shape", "object", "figure", "colored", "coloured", "color", "colour",
         "while", "as", "to", "for", "by", "from", "into", "under", "near", "only", "very", "slow", "fast", "now", "then", "show", "me",
         "us", "make", "let", "watch", "see", "where", "scene", "video", "animation", "clip", "also", "can", "be", "was", "has", "have",
         "being", "keeps", "starts", "seen", "place", "put", "please", "want", "i", "you", "we", "so", "on", "setting", "front", "bright",
         "dark", "light", "big", "small", "large", "little", "tiny", "its", "himself", "itself", "way", "side", "move", "bounce",
         "circle", "grow", "shrink", "stand", "fly", "go", "slide", "fall", "rise", "gray", "shade", "tone", "sky", "land", "field",
         "landscape", "sun", "evening", "ground", "air", "top", "bottom", "left", "right", "up", "down", "my", "your", "our", "their",
         "his", "her", "just", "really", "really", "whole", "full", "high", "low", "more", "much", "bit", "like", "about", "around",
         "across", "over", "when", "until", "till", "before", "after", "again", "here", "look", "looks", "called", "named", "would",
         "could", "should", "will", "give", "create", "generate", "animate", "draw", "paint", "need", "how", "kind", "type", "sort",
         "piece", "picture", "image", "screen", "frame", "edge", "corner", "middle", "center", "centre", "speed", "quick", "quickly",
         "slowly", "gets", "get", "going", "getting", "becoming", "time", "day", "world", "who", "what", "nothing", "everything", "all",
         "no", "not", "don't", "doesn't", "isn't", "it's", "there's", "i'd", "i'll", "let's", "that's", "him", "them", "they", "he",
         "she", "am", "do", "does", "did", "off", "out", "through", "along", "past", "upon", "beneath", "below", "next");

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
