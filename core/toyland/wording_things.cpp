#include "toyland/wording.h"

#include <array>

namespace s1::toyland::wording {
namespace {

// A table row: a name for the list that follows.
#define S1_WORDS(identifier, ...) constexpr std::string_view identifier[] = {__VA_ARGS__}

S1_WORDS(kBall, "ball", "sphere", "circle", "orb", "disc", "globe", "round ball", "circular shape", "round shape", "round thing", "marble",
         "beach ball", "rubber ball", "bouncy ball", "ball shape", "soccer ball", "balloon", "bubble", "dot", "football", "tennis ball",
         "basketball", "toy ball", "disk", "bead", "volleyball", "baseball", "golf ball", "ping pong ball", "ping-pong ball",
         "table tennis ball", "bowling ball", "cricket ball", "billiard ball", "pool ball", "snooker ball", "softball", "handball",
         "dodgeball", "gym ball", "exercise ball", "yoga ball", "plastic ball", "foam ball", "snowball", "cannonball", "pearl", "spot",
         "round object", "round toy", "round figure", "circular thing", "circle shape", "ball-shaped thing", "ball shaped thing",
         "spherical object", "spherical shape", "perfect circle", "perfect sphere", "soap bubble", "party balloon", "toy balloon",
         "gumball", "bauble", "christmas bauble", "disco ball", "crystal ball", "round blob", "polka dot", "big dot");
S1_WORDS(kSquare, "square", "box", "cube", "block", "square shape", "square box", "square block", "cube shape", "four-sided shape", "crate",
         "square tile", "little box", "quadratic shape", "tile", "brick", "dice", "die", "rectangle", "square thing", "four sided shape",
         "four-cornered shape", "four cornered shape", "shape with four sides", "shape with four corners", "shape with four equal sides",
         "toy block", "building block", "wooden block", "lego brick", "lego block", "toy brick", "cardboard box", "gift box", "present",
         "gift", "package", "parcel", "carton", "toy box", "wooden crate", "wooden box", "ice cube", "sugar cube", "rubik's cube",
         "square figure", "square object", "square card", "square piece", "square panel", "square patch", "square plate", "square toy",
         "square frame", "boxy shape", "boxy thing", "box shape", "box-shaped thing", "box shaped thing", "cubic shape", "blocky shape",
         "blocky thing", "quadrilateral", "pixel", "panel", "sticky note", "post-it note", "four-sided figure", "rectangular shape",
         "shoebox", "perfect square", "alphabet block", "square cushion");
S1_WORDS(kTriangle, "triangle", "pyramid", "triangular shape", "wedge", "three-sided shape", "triangle shape", "three-cornered shape",
         "cone", "three-sided figure", "three sided shape", "three cornered shape", "three-pointed shape", "three pointed shape",
         "shape with three sides", "shape with three corners", "shape with three points", "triangular thing", "triangle thing",
         "triangular object", "triangular figure", "triangular block", "triangle block", "triangular tile", "triangular piece",
         "three-sided thing", "three-sided block", "three-cornered thing", "arrowhead", "arrowhead shape", "arrow tip", "pyramid shape",
         "toy pyramid", "little pyramid", "egyptian pyramid", "wedge shape", "cone shape", "pizza slice", "slice of pizza",
         "piece of pizza", "tent", "teepee", "tepee", "wigwam", "party hat", "traffic cone", "tortilla chip", "dorito", "nacho",
         "nacho chip", "samosa", "cheese wedge", "wedge of cheese", "pennant", "triangular flag", "bunting flag", "triangular sign",
         "warning triangle", "equilateral triangle", "isosceles triangle", "right-angled triangle", "perfect triangle", "toy triangle",
         "pointed triangle", "pointy triangle", "delta shape", "guitar pick", "roof shape", "mountain shape", "sail", "prism");
S1_WORDS(kStar, "star", "five-pointed star", "star shape", "pointed star", "little star", "five-point star", "star figure",
         "twinkling star", "five pointed star", "five point star", "star-shaped thing", "star shaped thing", "shooting star",
         "twinkle star", "twinkly star", "christmas star", "toy star", "star-shaped object", "star symbol", "star icon", "star emoji",
         "star sticker", "star-shaped sticker", "star badge", "sheriff's star", "sheriff's badge", "sheriff badge", "sheriff star",
         "starfish-like shape", "starfish shape", "five-pointed shape", "five pointed shape", "shape with five points",
         "shape with five spikes", "five-armed shape", "pointy star", "spiky star", "spiky shape", "spiky thing", "wishing star",
         "lucky star", "night star", "evening star", "morning star", "north star", "pole star", "star from the sky", "superstar", "sparkle",
         "sparkly star", "comet", "meteor", "asterisk", "pentagram", "starburst", "paper star", "chocolate star", "star cookie",
         "star-shaped cookie", "star decoration", "star ornament", "star cut-out", "star tree topper", "six-pointed star", "ninja star",
         "throwing star", "reward star", "perfect star");
S1_WORDS(kHeart, "heart", "love heart", "heart shape", "valentine heart", "valentine", "love symbol", "heart symbol", "heart-shaped thing",
         "little heart", "valentine's heart", "valentines heart", "valentine's day heart", "heart shaped thing", "heart-shaped object",
         "love sign", "love shape", "symbol of love", "sign of love", "heart sign", "heart icon", "heart emoji", "love emoji", "sweetheart",
         "lovely heart", "toy heart", "paper heart", "candy heart", "chocolate heart", "sugar heart", "gingerbread heart", "plush heart",
         "felt heart", "fabric heart", "heart sticker", "heart-shaped sticker", "heart-shaped balloon", "heart-shaped cookie",
         "heart-shaped candy", "heart-shaped sweet", "heart-shaped box", "heart-shaped cushion", "heart-shaped pillow", "heart cushion",
         "heart pillow", "heart charm", "heart pendant", "heart locket", "heart figure", "heart cut-out", "heart badge", "heart decoration",
         "heart ornament", "playing card heart", "valentine symbol", "valentine shape", "cupid's heart", "romantic heart",
         "romantic symbol", "romantic shape", "loving heart", "lovey-dovey heart", "i love you heart", "love-heart shape",
         "video game heart", "pixel heart", "perfect heart");
S1_WORDS(kCar, "car", "automobile", "vehicle", "auto", "motor car", "sedan", "taxi", "toy car", "race car", "racing car", "sports car",
         "convertible", "jeep", "truck", "van", "cab", "buggy", "little car", "motorcar", "limousine", "racecar", "suv", "hatchback",
         "police car", "pickup truck", "pickup", "pick-up truck", "lorry", "minivan", "motor vehicle", "taxi cab", "taxicab",
         "set of wheels", "wheels", "coupe", "station wagon", "estate car", "limo", "bus", "family car", "roadster", "cabriolet",
         "saloon car", "off-roader", "camper van", "campervan", "delivery van", "delivery truck", "ice cream van", "fire truck",
         "ambulance", "electric car", "go-kart", "beach buggy", "hot rod", "muscle car", "supercar", "formula one car", "old-timer",
         "vintage car", "classic car", "city car", "model car", "matchbox car", "toy truck", "toy vehicle", "toy automobile",
         "remote control car", "vroom vroom", "four-wheeler", "thing on wheels");
S1_WORDS(kFish, "fish", "little fish", "trout", "salmon", "tropical fish", "toy fish", "goldfish", "big fish", "small fish", "carp",
         "guppy", "tuna", "sea fish", "fishy", "cod", "little fishy", "fishie", "koi", "koi fish", "clownfish", "clown fish", "herring",
         "sardine", "mackerel", "sea bass", "bass", "perch", "pike", "haddock", "catfish", "angelfish", "angel fish", "minnow",
         "pufferfish", "puffer fish", "blowfish", "betta fish", "fighting fish", "tetra", "piranha", "anchovy", "shark", "swordfish",
         "parrotfish", "sunfish", "zebrafish", "flounder", "plaice", "bream", "tilapia", "snapper", "baby fish", "pet fish", "ocean fish",
         "river fish", "pond fish", "freshwater fish", "aquarium fish", "fish tank fish", "reef fish", "coral reef fish", "fish toy",
         "fish shape", "fish-shaped thing", "nemo", "sea animal", "sea creature", "water animal", "underwater animal",
         "underwater creature", "animal with fins", "creature with fins", "finny friend");
S1_WORDS(kRocket, "rocket", "spaceship", "spacecraft", "rocket ship", "space rocket", "space shuttle", "rocketship", "starship",
         "space ship", "shuttle", "space vehicle", "moon rocket", "space craft", "missile", "little rocket", "star ship", "toy rocket",
         "rocket toy", "toy spaceship", "toy space shuttle", "toy missile", "model rocket", "cartoon rocket", "firework rocket",
         "fireworks rocket", "firework", "bottle rocket", "water rocket", "nasa rocket", "spacex rocket", "mars rocket", "apollo rocket",
         "carrier rocket", "cosmic rocket", "jet rocket", "rocket plane", "rocket-ship", "space plane", "spaceplane", "space jet",
         "space vessel", "space capsule", "space probe", "space cruiser", "space fighter", "starfighter", "space toy", "space thing",
         "space machine", "space explorer", "alien ship", "alien spaceship", "astronaut's rocket", "astronaut's ship", "astronaut ship",
         "moon ship", "galactic ship", "intergalactic ship", "interstellar ship", "cosmic ship", "ship to the moon", "ship from space",
         "rocket shape", "rocket-shaped thing", "rocket missile", "ballistic missile", "torpedo", "booster rocket", "launch vehicle",
         "orbiter");
S1_WORDS(kRing, "ring", "hoop", "donut");
S1_WORDS(kCross, "cross", "plus sign");
S1_WORDS(kDiamond, "diamond", "rhombus");
S1_WORDS(kHexagon, "hexagon", "six-sided shape");
S1_WORDS(kMoon, "moon", "crescent");
S1_WORDS(kBoat, "boat", "sailboat", "ship");
S1_WORDS(kBird, "bird", "sparrow");
S1_WORDS(kButterfly, "butterfly", "moth");

S1_WORDS(kRed, "red", "crimson", "scarlet", "ruby", "bright red", "cherry red", "vermilion", "dark red", "deep red", "light red",
         "blood red", "brick red", "maroon", "fire-engine red", "tomato red", "neon red", "reddish", "ruby red", "ruby-red",
         "ruby-coloured", "cherry", "cherry-red", "cherry-coloured", "blood-red", "vivid red", "pale red", "pastel red", "rich red",
         "glowing red", "shiny red", "bright-red", "dark-red", "burgundy", "wine red", "wine-red", "tomato-red", "strawberry red",
         "apple-red", "rose red", "fiery red", "fire red", "poppy red", "lipstick red", "brick-red", "carmine", "candy-apple red",
         "red-coloured", "red-colored", "red coloured", "red colored");
S1_WORDS(kGreen, "green", "emerald", "grass green", "bright green", "jade", "lime green", "dark green", "light green", "deep green",
         "forest green", "mint green", "pale green", "leaf green", "neon green", "olive", "lime", "mint", "greenish", "lime-green",
         "emerald green", "emerald-green", "grass-green", "olive green", "olive-green", "forest-green", "vivid green", "neon-green",
         "pastel green", "rich green", "glowing green", "shiny green", "bright-green", "dark-green", "light-green", "apple green",
         "apple-green", "pea green", "pea-green", "moss green", "mossy green", "bottle green", "jade green", "sage green", "pine green",
         "frog green", "pistachio green", "green-coloured", "green-colored", "green coloured", "green colored");
S1_WORDS(kBlue, "blue", "azure", "navy", "sapphire", "bright blue", "cobalt blue", "navy blue", "dark blue", "light blue", "deep blue",
         "sky blue", "pale blue", "royal blue", "baby blue", "neon blue", "cobalt", "bluish", "sky-blue", "navy-blue", "royal-blue",
         "baby-blue", "sapphire blue", "ocean blue", "ocean-blue", "sea blue", "electric blue", "midnight blue", "ice blue", "icy blue",
         "vivid blue", "pastel blue", "rich blue", "glowing blue", "shiny blue", "bright-blue", "dark-blue", "light-blue", "blueish",
         "cerulean", "ultramarine", "powder blue", "cornflower blue", "denim blue", "marine blue", "water blue", "steel blue",
         "blue-coloured", "blue-colored", "blue coloured", "blue colored");
S1_WORDS(kYellow, "yellow", "golden", "gold", "lemon yellow", "bright yellow", "lemon", "light yellow", "pale yellow", "dark yellow",
         "sunny yellow", "canary yellow", "golden yellow", "mustard", "neon yellow", "banana yellow", "yellowish", "lemon-yellow",
         "lemon-coloured", "golden-yellow", "gold-coloured", "gold-colored", "sunshine yellow", "sun-yellow", "canary-yellow",
         "banana-yellow", "mustard yellow", "butter yellow", "buttercup yellow", "sunflower yellow", "daffodil yellow", "corn yellow",
         "honey yellow", "deep yellow", "vivid yellow", "pastel yellow", "rich yellow", "glowing yellow", "shiny yellow", "soft yellow",
         "bright-yellow", "light-yellow", "shiny gold", "bright gold", "custard yellow", "duckling yellow", "yellow-coloured",
         "yellow-colored", "yellow coloured", "yellow colored");
S1_WORDS(kPurple, "purple", "violet", "lilac", "plum", "deep purple", "lavender", "magenta", "dark purple", "light purple", "pale purple",
         "bright purple", "royal purple", "mauve", "amethyst", "indigo", "grape purple", "neon purple", "purplish", "vivid purple",
         "pastel purple", "rich purple", "glowing purple", "shiny purple", "purply", "dark violet", "light violet", "bright violet",
         "deep violet", "pale violet", "violet-coloured", "violet-colored", "lilac-coloured", "lavender-coloured", "pale lilac",
         "light lilac", "pale lavender", "plum purple", "plum-coloured", "dark plum", "grape-coloured", "aubergine", "eggplant purple",
         "dark-purple", "light-purple", "bright-purple", "orchid purple", "purple-coloured", "purple-colored", "purple coloured",
         "purple colored");
S1_WORDS(kOrange, "orange", "tangerine", "amber", "bright orange", "pumpkin orange", "dark orange", "light orange", "deep orange",
         "burnt orange", "carrot orange", "neon orange", "apricot", "orangey", "tangerine orange", "tangerine-coloured", "carrot-coloured",
         "carrot-colored", "pumpkin", "pumpkin-coloured", "vivid orange", "pale orange", "pastel orange", "rich orange", "glowing orange",
         "shiny orange", "burnt-orange", "sunset orange", "fiery orange", "flame orange", "warm orange", "soft orange", "strong orange",
         "bright-orange", "dark-orange", "light-orange", "neon-orange", "orangish", "very bright orange", "juicy orange", "mandarin",
         "mandarin orange", "clementine orange", "satsuma orange", "tiger orange", "marmalade orange", "fox orange", "mango orange",
         "orange-coloured", "orange-colored", "orange coloured", "orange colored");
S1_WORDS(kWhite, "white", "snow-white", "ivory", "snowy white", "pure white", "pale white", "bright white", "milk white", "milky white",
         "chalk white", "snowy", "pearl white", "cream white", "clean white", "whitish", "snow white", "milk-white", "milky", "off-white",
         "off white", "ivory white", "creamy white", "pearly white", "pearly", "chalk-white", "plain white", "brilliant white",
         "dazzling white", "shiny white", "glowing white", "soft white", "warm white", "cool white", "crisp white", "spotless white",
         "all-white", "completely white", "paper white", "paper-white", "cotton white", "cloud white", "lily white", "lily-white",
         "bone white", "porcelain white", "alabaster", "marshmallow white", "white-coloured", "white-colored", "white coloured",
         "white colored");
S1_WORDS(kBlack, "black", "jet-black", "ebony", "pitch-black", "coal black", "inky black", "pure black", "deep black", "dark black",
         "midnight black", "raven black", "charcoal", "charcoal black", "onyx", "solid black", "jet black", "pitch black", "shiny black",
         "glossy black", "matte black", "matt black", "plain black", "all-black", "completely black", "totally black", "coal-black",
         "ink black", "ebony black", "onyx black", "obsidian", "raven-black", "night black", "night-black", "soot black", "sooty black",
         "sooty", "blackish", "rich black", "intense black", "velvet black", "velvety black", "liquorice black", "licorice black",
         "tar black", "coal-coloured", "crow-black", "black-coloured", "black-colored", "black coloured", "black colored");
S1_WORDS(kPink, "pink", "rose");
S1_WORDS(kCyan, "cyan", "turquoise", "teal");

#undef S1_WORDS

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

} // namespace s1::toyland::wording
