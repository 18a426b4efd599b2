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
         "gumball", "bauble", "christmas bauble", "disco ball", "crystal ball", "round blob", "polka dot", "big dot", "thing you kick",
         "thing you dribble", "thing you throw and catch", "thing that footballers chase", "thing a goalkeeper catches",
         "thing you throw through a hoop", "thing jugglers throw", "thing strikers shoot into the goal", "thing for playing catch",
         "thing tennis players hit", "thing you bowl at pins", "round thing a dog fetches", "thing you play football with",
         "thing you play volleyball with", "thing a pitcher throws", "thing a golfer hits", "thing a seal balances on its nose",
         "juggler's toy", "footballer's toy", "goalkeeper's favourite thing", "toy that can roll in every direction",
         "toy without any edges", "shape without any corners", "shape without corners or edges", "shape with no beginning and no end",
         "shape like the letter o", "shape like a full moon", "shape like a coin", "shape like a pea", "shape you draw with a compass",
         "o-shaped thing", "round fellow", "round one", "roundie", "roly-poly thing", "roly-poly toy", "roly-poly", "spheroid",
         "sphere-like thing", "sphere-shaped toy", "globe-shaped thing", "marble-shaped thing", "pearl-shaped thing", "bubble-shaped thing",
         "ball-shaped candy", "ball-shaped toy", "ball-shaped lollipop", "circle-shaped sticker", "circle-shaped thing", "round candy",
         "round sticker", "round lollipop", "round pebble", "jawbreaker", "rubber sphere", "bouncy sphere", "glass marble", "medicine ball",
         "juggling ball", "christmas tree ball");
S1_WORDS(kSquare, "square", "box", "cube", "block", "square shape", "square box", "square block", "cube shape", "four-sided shape", "crate",
         "square tile", "little box", "quadratic shape", "tile", "brick", "dice", "die", "rectangle", "square thing", "four sided shape",
         "four-cornered shape", "four cornered shape", "shape with four sides", "shape with four corners", "shape with four equal sides",
         "toy block", "building block", "wooden block", "lego brick", "lego block", "toy brick", "cardboard box", "gift box", "present",
         "gift", "package", "parcel", "carton", "toy box", "wooden crate", "wooden box", "ice cube", "sugar cube", "rubik's cube",
         "square figure", "square object", "square card", "square piece", "square panel", "square patch", "square plate", "square toy",
         "square frame", "boxy shape", "boxy thing", "box shape", "box-shaped thing", "box shaped thing", "cubic shape", "blocky shape",
         "blocky thing", "quadrilateral", "pixel", "panel", "sticky note", "post-it note", "four-sided figure", "rectangular shape",
         "shoebox", "perfect square", "alphabet block", "square cushion", "figure with four equal sides", "figure with four sides",
         "figure with four corners", "thing with four corners", "thing with four equal edges", "polygon with four equal sides",
         "shape with four right angles", "shape with four straight equal edges", "shape with equal height and width and four corners",
         "shape like a slice of toast", "shape like a window", "shape like a postage stamp", "shape of a dice face",
         "shape of a sticky note", "shape of a handkerchief", "rectangle as wide as it is tall", "equal-sided rectangle",
         "equilateral rectangle", "regular quadrangle", "quadrangle", "tetragon", "four-corner", "four-cornered thing",
         "four-cornered figure", "four-sided thing", "four-sided toy", "thing you pack presents in", "thing you unwrap at birthdays",
         "thing toddlers build towers with", "thing you build walls with", "wrapped present", "wrapped birthday present",
         "birthday present", "birthday parcel", "surprise package", "amazon parcel", "building brick", "building cube",
         "tower-building block", "minecraft block", "cube-shaped thing", "cube-shaped toy", "cube-shaped box", "block-shaped toy",
         "brick-shaped thing", "tile-shaped thing", "square-shaped thing", "square-shaped candy", "square-shaped cookie",
         "square-shaped pillow", "square-shaped sticker", "square-shaped block", "squarish thing", "squarish shape", "squared shape",
         "cubie", "blockie", "little cubie", "stock cube", "bouillon cube");
S1_WORDS(kTriangle, "triangle", "pyramid", "triangular shape", "wedge", "three-sided shape", "triangle shape", "three-cornered shape",
         "cone", "three-sided figure", "three sided shape", "three cornered shape", "three-pointed shape", "three pointed shape",
         "shape with three sides", "shape with three corners", "shape with three points", "triangular thing", "triangle thing",
         "triangular object", "triangular figure", "triangular block", "triangle block", "triangular tile", "triangular piece",
         "three-sided thing", "three-sided block", "three-cornered thing", "arrowhead", "arrowhead shape", "arrow tip", "pyramid shape",
         "toy pyramid", "little pyramid", "egyptian pyramid", "wedge shape", "cone shape", "pizza slice", "slice of pizza",
         "piece of pizza", "tent", "teepee", "tepee", "wigwam", "party hat", "traffic cone", "tortilla chip", "dorito", "nacho",
         "nacho chip", "samosa", "cheese wedge", "wedge of cheese", "pennant", "triangular flag", "bunting flag", "triangular sign",
         "warning triangle", "equilateral triangle", "isosceles triangle", "right-angled triangle", "perfect triangle", "toy triangle",
         "pointed triangle", "pointy triangle", "delta shape", "guitar pick", "roof shape", "mountain shape", "sail", "prism",
         "figure with three corners", "figure with three sides", "figure with three equal sides", "polygon with three sides",
         "polygon with three corners", "thing with three corners", "thing with three sides", "thing with three edges",
         "shape with three edges", "shape with only three corners", "shape with just three sides",
         "shape with one tip at the top and two tips below", "shape like a slice of pizza", "shape like a tent", "shape like a roof",
         "shape like a pyramid", "shape like a witch's hat", "shape like a play button", "shape like a samosa", "shape like a yield sign",
         "shape like a sail", "shape like a mountain peak", "shape of a fir tree", "traffic cone shape", "ice cream cone shape",
         "play button shape", "watermelon slice shape", "pizza slice shape", "witch's hat shape", "yield sign", "give-way sign",
         "give way sign", "half a sandwich cut diagonally", "sandwich half", "toblerone piece", "slice of toblerone", "tri-corner shape",
         "trigon", "trilateral", "trilateral shape", "three-corner", "three-edged shape", "three-edged thing", "triangly thing",
         "triangly shape", "triangle-shaped thing", "triangle-shaped candy", "triangle-shaped cookie", "triangle-shaped sticker",
         "triangle-shaped chip", "triangle-shaped pillow", "pyramid-shaped thing", "pyramid-shaped block", "cone-shaped thing",
         "wedge-shaped thing", "roof-shaped block", "tent-shaped thing", "sail-shaped thing", "pharaoh's tomb shape",
         "instrument with three sides");
S1_WORDS(kStar, "star", "five-pointed star", "star shape", "pointed star", "little star", "five-point star", "star figure",
         "twinkling star", "five pointed star", "five point star", "star-shaped thing", "star shaped thing", "shooting star",
         "twinkle star", "twinkly star", "christmas star", "toy star", "star-shaped object", "star symbol", "star icon", "star emoji",
         "star sticker", "star-shaped sticker", "star badge", "sheriff's star", "sheriff's badge", "sheriff badge", "sheriff star",
         "starfish-like shape", "starfish shape", "five-pointed shape", "five pointed shape", "shape with five points",
         "shape with five spikes", "five-armed shape", "pointy star", "spiky star", "spiky shape", "spiky thing", "wishing star",
         "lucky star", "night star", "evening star", "morning star", "north star", "pole star", "star from the sky", "superstar", "sparkle",
         "sparkly star", "comet", "meteor", "asterisk", "pentagram", "starburst", "paper star", "chocolate star", "star cookie",
         "star-shaped cookie", "star decoration", "star ornament", "star cut-out", "star tree topper", "six-pointed star", "ninja star",
         "throwing star", "reward star", "perfect star", "twinkler", "little twinkler", "twinkling thing", "twinkly thing",
         "thing that twinkles", "thing you wish upon", "thing to wish upon", "thing you make a wish on", "thing on top of a christmas tree",
         "thing at the tip of the christmas tree", "thing a sheriff wears on his chest", "thing the three wise men followed",
         "thing the three kings followed", "thing sailors once steered by", "thing a teacher sticks on good homework",
         "thing that glitters over bethlehem", "shape on the walk of fame", "shape with five tips", "shape with five arms",
         "shape with five spiky arms", "shape with five pointed arms", "shape with five prongs", "shape with ten edges and five tips",
         "figure with five points", "figure with five tips", "figure with five spikes", "thing with five points", "thing with five spikes",
         "five-pointer", "five-spiked shape", "five-tipped shape", "five-pronged shape", "five-pointed thing", "five-pointed figure",
         "five-pointed badge", "five-pointed symbol", "many-pointed shape", "twinkle-twinkle thing", "sparkling twinkler",
         "christmas tree topper", "tree topper", "light from bethlehem", "sheriff's emblem", "lawman's badge", "starlet", "starry thing",
         "starry shape", "starry figure", "star-shaped candy", "star-shaped lollipop", "star-shaped pillow", "star-shaped balloon",
         "star-shaped badge", "star-shaped figure", "star-shaped lamp", "star-shaped toy", "star-like thing", "star-like shape",
         "cinnamon star", "straw star");
S1_WORDS(kHeart, "heart", "love heart", "heart shape", "valentine heart", "valentine", "love symbol", "heart symbol", "heart-shaped thing",
         "little heart", "valentine's heart", "valentines heart", "valentine's day heart", "heart shaped thing", "heart-shaped object",
         "love sign", "love shape", "symbol of love", "sign of love", "heart sign", "heart icon", "heart emoji", "love emoji", "sweetheart",
         "lovely heart", "toy heart", "paper heart", "candy heart", "chocolate heart", "sugar heart", "gingerbread heart", "plush heart",
         "felt heart", "fabric heart", "heart sticker", "heart-shaped sticker", "heart-shaped balloon", "heart-shaped cookie",
         "heart-shaped candy", "heart-shaped sweet", "heart-shaped box", "heart-shaped cushion", "heart-shaped pillow", "heart cushion",
         "heart pillow", "heart charm", "heart pendant", "heart locket", "heart figure", "heart cut-out", "heart badge", "heart decoration",
         "heart ornament", "playing card heart", "valentine symbol", "valentine shape", "cupid's heart", "romantic heart",
         "romantic symbol", "romantic shape", "loving heart", "lovey-dovey heart", "i love you heart", "love-heart shape",
         "video game heart", "pixel heart", "perfect heart", "symbol of valentine's day", "symbol of romance", "symbol of affection",
         "symbol of tenderness", "symbol of lovers", "sign of affection", "sign of true love", "sign for i love you", "token of love",
         "token of affection", "emblem of love", "emblem of lovers", "lovers' sign", "lovers' symbol", "lover's mark", "i-love-you sign",
         "i-love-you symbol", "i-love-you shape", "thing cupid shoots at", "thing cupid aims at", "thing cupid pierces with his arrow",
         "thing that beats in your chest", "thing that beats faster when you are in love", "thing that skips a beat",
         "thing on valentine cards", "thing on love letters", "thing lovers carve into trees", "shape lovers carve into trees",
         "shape that stands for love", "shape that means love", "shape that means i love you", "shape on a love letter", "shape of love",
         "shape of a valentine card", "shape with two round bumps and a tip below",
         "shape with two humps at the top and a point at the bottom", "shape you make with both hands for someone you love",
         "valentine's day symbol", "valentine's day shape", "valentine's card shape", "love letter sticker", "love token", "love emblem",
         "love badge", "love-struck shape", "romance symbol", "sweetheart shape", "cupid's target", "cupid's favourite shape",
         "extra life from a video game", "playing-card suit of love", "heart-shaped lollipop", "heart-shaped locket", "heart-shaped cake",
         "heart-shaped toy", "heart-shaped chocolate", "heart-shaped figure", "heart-shaped sign", "heart-like shape", "heart-like thing");
S1_WORDS(kCar, "car", "automobile", "vehicle", "auto", "motor car", "sedan", "taxi", "toy car", "race car", "racing car", "sports car",
         "convertible", "jeep", "truck", "van", "cab", "buggy", "little car", "motorcar", "limousine", "racecar", "suv", "hatchback",
         "police car", "pickup truck", "pickup", "pick-up truck", "lorry", "minivan", "motor vehicle", "taxi cab", "taxicab",
         "set of wheels", "wheels", "coupe", "station wagon", "estate car", "limo", "bus", "family car", "roadster", "cabriolet",
         "saloon car", "off-roader", "camper van", "campervan", "delivery van", "delivery truck", "ice cream van", "fire truck",
         "ambulance", "electric car", "go-kart", "beach buggy", "hot rod", "muscle car", "supercar", "formula one car", "old-timer",
         "vintage car", "classic car", "city car", "model car", "matchbox car", "toy truck", "toy vehicle", "toy automobile",
         "remote control car", "vroom vroom", "four-wheeler", "thing on wheels", "vehicle with four wheels",
         "vehicle with an engine and four wheels", "vehicle for the road", "vehicle for families", "thing that drives on roads",
         "thing that drives on the street", "thing you park in a garage", "thing you drive to work", "thing dad drives to work",
         "thing with headlights", "thing with four tyres", "thing with four tires", "thing with a steering wheel",
         "thing with a license plate", "thing with a number plate", "thing with windscreen wipers", "thing with a bonnet and a boot",
         "thing you fill up at the petrol station", "thing you need a driving licence for", "thing that stops at traffic lights",
         "thing that stands in traffic jams", "thing that goes vroom", "thing that goes beep beep", "beep-beep", "brum-brum",
         "vroom-vroom thing", "wheelie", "four-wheeled vehicle", "four-wheel drive", "four-by-four", "road vehicle", "passenger vehicle",
         "horseless carriage", "carriage with an engine", "jalopy", "rustbucket", "dodgem", "bumper car", "patrol car", "squad car",
         "cop car", "getaway car", "company car", "rental car", "stock car", "wind-up car", "fire engine", "tow truck", "dump truck",
         "garbage truck", "monster truck", "minibus", "motorhome", "ferrari", "porsche", "toyota", "volkswagen", "mercedes", "vw beetle",
         "mini cooper");
S1_WORDS(kFish, "fish", "little fish", "trout", "salmon", "tropical fish", "toy fish", "goldfish", "big fish", "small fish", "carp",
         "guppy", "tuna", "sea fish", "fishy", "cod", "little fishy", "fishie", "koi", "koi fish", "clownfish", "clown fish", "herring",
         "sardine", "mackerel", "sea bass", "bass", "perch", "pike", "haddock", "catfish", "angelfish", "angel fish", "minnow",
         "pufferfish", "puffer fish", "blowfish", "betta fish", "fighting fish", "tetra", "piranha", "anchovy", "shark", "swordfish",
         "parrotfish", "sunfish", "zebrafish", "flounder", "plaice", "bream", "tilapia", "snapper", "baby fish", "pet fish", "ocean fish",
         "river fish", "pond fish", "freshwater fish", "aquarium fish", "fish tank fish", "reef fish", "coral reef fish", "fish toy",
         "fish shape", "fish-shaped thing", "nemo", "sea animal", "sea creature", "water animal", "underwater animal",
         "underwater creature", "animal with fins", "creature with fins", "finny friend", "swimmer with scales", "swimmer with a tail fin",
         "swimmer with fins", "swimmer with gills", "scaly swimmer", "finned swimmer", "silent swimmer", "swimmy", "little swimmy",
         "swimmy thing", "fishlet", "fishling", "thing with gills", "thing with gills and scales", "thing anglers catch",
         "thing that bites on the hook", "thing that lives in an aquarium", "thing in a fishbowl", "thing with scales and fins",
         "animal with gills", "animal with scales and fins", "animal that breathes with gills", "animal that lives in an aquarium",
         "animal from the aquarium", "animal in a fishbowl", "animal anglers catch", "creature with gills", "creature with a tail fin",
         "creature with scales and fins", "creature that breathes through gills", "creature that cannot live on land", "finned creature",
         "finned animal", "finned friend", "scaly creature with fins", "gilled creature", "gilled animal", "gill breather",
         "pet from the aquarium", "pet in a fishbowl", "aquarium pet", "aquarium dweller", "aquarium animal", "fishbowl dweller",
         "angler's catch", "fisherman's catch", "catch of the day", "nemo's friend", "nemo's brother", "cousin of nemo", "halibut",
         "barracuda", "sturgeon", "monkfish", "lionfish", "turbot", "grouper", "cichlid", "fish-shaped toy", "fish-shaped cracker");
S1_WORDS(kRocket, "rocket", "spaceship", "spacecraft", "rocket ship", "space rocket", "space shuttle", "rocketship", "starship",
         "space ship", "shuttle", "space vehicle", "moon rocket", "space craft", "missile", "little rocket", "star ship", "toy rocket",
         "rocket toy", "toy spaceship", "toy space shuttle", "toy missile", "model rocket", "cartoon rocket", "firework rocket",
         "fireworks rocket", "firework", "bottle rocket", "water rocket", "nasa rocket", "spacex rocket", "mars rocket", "apollo rocket",
         "carrier rocket", "cosmic rocket", "jet rocket", "rocket plane", "rocket-ship", "space plane", "spaceplane", "space jet",
         "space vessel", "space capsule", "space probe", "space cruiser", "space fighter", "starfighter", "space toy", "space thing",
         "space machine", "space explorer", "alien ship", "alien spaceship", "astronaut's rocket", "astronaut's ship", "astronaut ship",
         "moon ship", "galactic ship", "intergalactic ship", "interstellar ship", "cosmic ship", "ship to the moon", "ship from space",
         "rocket shape", "rocket-shaped thing", "rocket missile", "ballistic missile", "torpedo", "booster rocket", "launch vehicle",
         "orbiter", "thing astronauts sit in", "thing astronauts travel in", "thing cosmonauts travel in", "thing nasa launches",
         "thing that starts after a countdown", "thing on the launch pad", "thing with boosters", "thing that brings people to the moon",
         "thing that flew to the moon", "thing that leaves the atmosphere", "thing that carries satellites",
         "thing you light on new year's eve", "machine that carries astronauts", "machine that flies to mars", "machine for moon landings",
         "flying machine for astronauts", "ship that flies to the moon", "ship for moon travellers", "ship for astronauts", "ship to mars",
         "ship of the astronauts", "vehicle for astronauts", "vehicle that flies to the moon", "vehicle that flies to mars",
         "vehicle from cape canaveral", "craft for astronauts", "transport to the moon", "ride to the moon", "astronaut's vehicle",
         "astronaut's craft", "astronaut carrier", "cosmonaut's ship", "cosmonaut's vehicle", "satellite carrier", "moon shuttle",
         "moonship", "lunar ship", "lunar shuttle", "lunar craft", "mars shuttle", "martian ship", "mars ship", "interplanetary ship",
         "interplanetary craft", "interplanetary vehicle", "rocket-powered craft", "rocket-powered ship", "rocket-shaped toy",
         "rocket-shaped candy", "rocket-shaped lollipop", "rocket-like thing", "rocketling", "buzz lightyear's ship", "tintin's moon ship",
         "elon musk's flying machine", "nasa's flying machine", "saturn v", "soyuz", "apollo ship", "three-two-one-liftoff thing");
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

S1_WORDS(kLikeRed, "painted red", "all in red", "in red", "dyed deep red", "dyed red", "with a red tint", "with a red colour",
         "with a red color", "coloured in red", "colored in red", "in a shade of red", "in bright red", "red all over",
         "red from top to bottom", "covered in red paint", "that is red", "whose color is red", "as red as a tomato", "red as blood",
         "red like a fire engine", "as red as a boiled lobster", "like a ripe tomato in colour", "the color of blood",
         "the colour of ripe strawberries", "the color of ketchup", "the colour of a fire engine", "the color of cherries",
         "the colour of a stop sign", "the color of ladybirds", "the colour of santa's coat", "with the colour of rubies",
         "with the color of poppies", "coloured like a strawberry", "colored like ketchup", "in the shade of a ripe cherry",
         "in the colour of lipstick", "in the color of santa's hat", "that looks like rudolph's nose", "that looks dipped in tomato sauce",
         "that looks like it is blushing");
S1_WORDS(kLikeGreen, "painted green", "all in green", "in green", "dyed deep green", "dyed green", "with a green tint",
         "with a green colour", "with a green color", "coloured in green", "colored in green", "in a shade of green", "in bright green",
         "green all over", "green from top to bottom", "covered in green paint", "that is green", "whose color is green",
         "the color of grass", "the colour of fresh grass", "as green as grass", "green like a frog", "green as a cucumber",
         "as green as spinach", "the color of spinach", "the colour of cucumbers", "the color of frogs", "the colour of spring leaves",
         "the color of peas", "the colour of limes", "the color of broccoli", "with the colour of emeralds", "with the color of moss",
         "coloured like a frog", "colored like a leaf", "coloured like kermit", "in the shade of a lime", "in the colour of clover",
         "in the color of fir trees", "that looks like a cucumber in colour", "that looks like fresh lettuce in color");
S1_WORDS(kLikeBlue, "painted blue", "all in blue", "in blue", "dyed deep blue", "dyed blue", "with a blue tint", "with a blue colour",
         "with a blue color", "coloured in blue", "colored in blue", "in a shade of blue", "in bright blue", "blue all over",
         "blue from top to bottom", "covered in blue paint", "that is blue", "whose color is blue", "as blue as a clear summer sky",
         "blue like a smurf", "as blue as sapphires", "blue as cornflowers", "the color of a cloudless day", "the colour of blueberries",
         "the color of jeans", "the colour of smurfs", "the color of sapphires", "the colour of cornflowers", "the color of forget-me-nots",
         "the colour of bluebells", "the color of swimming pools", "with the colour of a clear noon sky", "with the color of sapphires",
         "coloured like a smurf", "colored like denim", "coloured like a blueberry", "in the shade of a bluebell",
         "in the colour of forget-me-nots", "in the color of jeans", "that looks like a smurf in colour", "that looks dipped in blue ink");
S1_WORDS(kLikeYellow, "painted yellow", "all in yellow", "in yellow", "dyed deep yellow", "dyed yellow", "with a yellow tint",
         "with a yellow colour", "with a yellow color", "coloured in yellow", "colored in yellow", "in a shade of yellow",
         "in bright yellow", "yellow all over", "yellow from top to bottom", "covered in yellow paint", "that is yellow",
         "whose color is yellow", "in the shade of a lemon", "as yellow as a lemon", "yellow like a banana", "as yellow as a canary",
         "yellow as egg yolk", "yellow like butter", "the color of lemons", "the colour of bananas", "the color of egg yolk",
         "the colour of butter", "the color of sunflowers", "the colour of daffodils", "the color of baby chicks", "the colour of canaries",
         "with the colour of ripe bananas", "with the color of sweetcorn", "coloured like a banana", "colored like a lemon",
         "coloured like a baby chick", "in the colour of mustard", "in the color of custard", "that looks like pure gold",
         "that looks like a lemon in colour");
S1_WORDS(kLikePurple, "painted purple", "all in purple", "in purple", "dyed deep purple", "dyed purple", "with a purple tint",
         "with a purple colour", "with a purple color", "coloured in purple", "colored in purple", "in a shade of purple",
         "in bright purple", "purple all over", "purple from top to bottom", "covered in purple paint", "that is purple",
         "whose color is purple", "with the colour of ripe plums", "as purple as a plum", "purple like grapes", "as purple as an aubergine",
         "purple as lavender", "the color of plums", "the colour of lavender", "the color of violets", "the colour of eggplants",
         "the color of aubergines", "the colour of lilacs", "the color of amethysts", "the colour of grape juice",
         "the color of grape jelly", "with the color of lilacs", "coloured like a plum", "colored like an eggplant",
         "coloured like lavender", "in the shade of a violet", "in the colour of an aubergine", "in the color of amethyst",
         "that looks like a plum in colour", "that looks dipped in grape juice");
S1_WORDS(kLikeOrange, "painted orange", "all in orange", "in orange", "dyed deep orange", "dyed orange", "with an orange tint",
         "with an orange colour", "with an orange color", "coloured in orange", "colored in orange", "in a shade of orange",
         "in bright orange", "orange all over", "orange from top to bottom", "covered in orange paint", "that is orange",
         "whose color is orange", "coloured like a carrot", "as orange as a pumpkin", "orange like a carrot", "as orange as a tangerine",
         "orange as a traffic cone", "the color of carrots", "the colour of pumpkins", "the color of tangerines", "the colour of mandarins",
         "the color of apricots", "the colour of clementines", "the color of basketballs", "the colour of traffic cones",
         "the color of cheetos", "with the colour of tangerines", "with the color of ripe apricots", "colored like a pumpkin",
         "coloured like a mandarin", "in the shade of a tangerine", "in the colour of carrots", "in the color of marmalade",
         "that looks like a carrot in colour", "that looks dipped in carrot juice");
S1_WORDS(kLikeWhite, "painted white", "all in white", "in white", "dyed deep white", "dyed white", "with a white tint",
         "with a white colour", "with a white color", "coloured in white", "colored in white", "in a shade of white", "in bright white",
         "white all over", "white from top to bottom", "covered in white paint", "that is white", "whose color is white",
         "that looks like fresh snow", "as white as snow", "white like milk", "as white as a sheet", "white as chalk",
         "the color of fresh snow", "the colour of milk", "the color of polar bears", "the colour of swans", "the color of whipped cream",
         "the colour of a wedding dress", "the color of chalk", "the colour of cotton wool", "the color of salt", "with the colour of snow",
         "with the color of milk", "coloured like a polar bear", "colored like a swan", "coloured like a snowman",
         "in the shade of a wedding dress", "in the colour of flour", "in the color of lilies", "that looks dusted with flour");
S1_WORDS(kLikeBlack, "painted black", "all in black", "in black", "dyed deep black", "dyed black", "with a black tint",
         "with a black colour", "with a black color", "coloured in black", "colored in black", "in a shade of black", "in bright black",
         "black all over", "black from top to bottom", "covered in black paint", "that is black", "whose color is black", "black like coal",
         "as black as coal", "black as soot", "as black as a raven", "black as ink", "as black as tar", "the color of coal",
         "the colour of ravens", "the color of soot", "the colour of tar", "the color of burnt wood", "the colour of liquorice",
         "the color of crows", "the colour of a witch's cat", "the color of burnt toast", "with the colour of coal",
         "with the color of ravens", "coloured like a panther", "colored like a raven", "coloured like coal", "in the shade of soot",
         "in the colour of a chimney sweep", "that looks like a lump of coal");

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

Words likened(Color color) {
    constexpr std::array<Words, kCoreColors> kTable = {kLikeRed, kLikeGreen, kLikeBlue, kLikeYellow, kLikePurple, kLikeOrange, kLikeWhite, kLikeBlack};
    return color < Color::Pink ? kTable[static_cast<std::size_t>(color)] : Words{};
}

} // namespace s1::toyland::wording
