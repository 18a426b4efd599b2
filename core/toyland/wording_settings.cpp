#include "toyland/wording.h"

#include <array>

namespace s1::toyland::wording {
namespace {

// A table row: a name for the list that follows.
#define S1_WORDS(identifier, ...) constexpr std::string_view identifier[] = {__VA_ARGS__}

S1_WORDS(kPlain, "a @ background", "a plain @ background", "a @ backdrop", "a solid @ background", "@", "a plain @ backdrop", "a @ wall",
         "a flat @ background", "a uniform @ background", "a @ surface", "a background of @", "a @ canvas", "a @ screen",
         "a simple @ background", "an empty @ background", "an all @ background", "a solid @ wall", "a clean @ backdrop", "a @ page",
         "a plain @ surface", "a plain @ wall", "an all-@ screen", "@ paper", "a sheet of @ paper", "a piece of @ paper",
         "a single @ color", "an empty @ space", "a sheet of @", "a @ nothing", "@ fabric", "solid @", "plain @", "pure @", "nothing but @",
         "an otherwise @ picture", "a flat @ surface", "a blank @ canvas", "a blank @ page", "a blank @ screen", "one solid @ colour",
         "an even @ background", "a clean @ background", "a @ void", "an empty @ room", "a @ room", "a @ curtain", "a @ board",
         "a @ poster with nothing on it", "a plain @ floor", "a wall painted @", "a background that is all @", "a background in plain @",
         "a background of solid @", "a completely @ background", "a fully @ screen", "an entirely @ scene", "a plain @ cloth",
         "a @ bedsheet", "a @ blanket", "a plain @ panel", "a @ tabletop", "a plain @ carpet", "a monochrome @ background",
         "a @ studio backdrop", "a @ background with no pattern", "a @ background with nothing on it", "a @ area", "a piece of @ cardboard",
         "a smooth @ wall", "a bare @ wall", "a plain @ color", "the plain @ background", "the @ background", "a one-color @ background",
         "a big @ rectangle", "a large @ sheet", "an empty @ slide", "a normal @ background", "just @", "all @", "only @", "@ only",
         "nothing else but @", "a @ ground", "a @ bg", "flat @", "a @ backing", "one flat @", "@ all over", "a @ color", "@ color",
         "@ colour", "a background that is @", "a background in @", "a background colored @", "a background which is all @",
         "a background of just @", "everything in @", "a single @", "a @ sheet", "a plain old @ background", "an @ everything",
         "a simple @ wall", "a uniform @");
S1_WORDS(kCheckered, "a @ checkered background", "a @ checkerboard", "a @ chessboard", "a checkered @ background", "@ checks",
         "a @ chequered backdrop", "@ tiles", "a @ chessboard pattern", "a @ checked background", "a @ checkered pattern",
         "a @ checkered floor", "a @ check pattern", "a @ checker pattern", "a @ checkered wall", "a @ chessboard floor", "a @ tiled floor",
         "a @ tiled wall", "checkered @ tiles", "a @ chess board", "a @ checker board", "a @ chequered pattern", "a checked @ backdrop",
         "a background of @ checks", "a @ chess board pattern", "a @ checked tablecloth", "a @ plaid-like pattern", "a grid of @ squares",
         "a @ gingham cloth", "a @ checkered flag", "a @ checkered tablecloth", "@ squares", "a background of @ squares",
         "a background with @ squares", "a @ checkerboard background", "a @ checkerboard pattern", "a checkerboard of @",
         "a chessboard in @", "a @ grid of squares", "a @ square pattern", "a pattern of @ squares", "@ bathroom tiles", "a @ tile pattern",
         "a @ tiled background", "a @ mosaic of squares", "a @ checkers board", "a @ draughts board", "a @ game board with squares",
         "alternating @ squares", "light and dark @ squares", "two shades of @ in squares", "a @ checked cloth", "a @ checked wall",
         "a checked pattern in @", "a checkered pattern in @", "a @ plaid background", "@ plaid", "@ gingham", "a @ gingham tablecloth",
         "a @ chequered background", "a @ chequered floor", "a @ chess pattern", "a chess-like @ pattern", "a @ quilt of squares",
         "a @ patchwork of squares", "a kitchen floor with @ tiles", "a floor of @ tiles", "a wall of @ tiles", "@ checkered wallpaper",
         "@ checkered paper", "@ checked fabric", "a @ checkered blanket", "a checked @ picnic blanket", "a @ background with checks",
         "a @ background with a checkerboard pattern", "a @ backdrop made of squares", "a @ checkered backdrop", "rows of @ squares",
         "lots of little @ squares", "a racing flag pattern in @", "a @ background full of squares", "a pattern of @ checks", "checks in @",
         "a @ pattern like a chess board", "squares of @", "@ checkers", "a @ picnic blanket", "a checkerboard in @",
         "a check pattern in @", "a chessboard of @", "@ chequers", "a @ race flag", "a wall that has @ checks", "@ checks all over",
         "a @ check background", "@ with a pattern of a chess board", "a @ checker cloth", "a @ tea towel with checks",
         "@ squares like on a chess board");
S1_WORDS(kStriped, "a @ striped background", "@ stripes", "a striped @ background", "diagonal @ stripes", "a @ background with stripes",
         "a @ striped backdrop", "a @ stripe pattern", "a @ striped wall", "@ bands", "a @ striped pattern", "a stripy @ background",
         "a @ stripy backdrop", "a backdrop of @ stripes", "a wall with @ stripes", "@ diagonal stripes", "striped @ wallpaper",
         "a background of @ stripes", "a @ striped surface", "slanted @ stripes", "a background with @ lines", "@ striped wallpaper",
         "diagonal @ bands", "a @ pinstripe pattern", "a candy-striped @ backdrop", "a background with @ stripes", "a pattern of @ stripes",
         "@ lines", "vertical @ stripes", "horizontal @ stripes", "wide @ stripes", "thin @ stripes", "bold @ stripes", "thick @ lines",
         "slanted @ lines", "parallel @ lines", "a @ striped curtain", "a @ striped cloth", "@ striped fabric", "@ striped paper",
         "a @ zebra pattern", "zebra stripes in @", "a @ striped flag", "a @ stripy background", "a stripy @ wall",
         "a @ stripey background", "stripes of @", "bands of @", "bars of @", "@ bars", "a row of @ bars", "a @ lined background",
         "a @ background with lines", "a @ banded background", "rows of @ stripes", "alternating @ stripes", "light and dark @ stripes",
         "two-tone @ stripes", "a @ barcode pattern", "a @ striped towel", "a @ striped blanket", "a @ striped rug", "a @ striped awning",
         "a @ striped tent", "@ pinstripes", "a striped wall in @", "a striped pattern in @", "a wall of @ stripes", "a @ striped carpet",
         "a @ striped screen", "a @ background covered in stripes", "a screen full of @ stripes", "lots of @ stripes", "many @ lines",
         "@ ribbons side by side", "strips of @", "a @ striped tablecloth", "@ stripes all over", "lines of @", "stripes in @",
         "stripes that are @", "stripes of @ color", "@ zebra stripes", "a curtain striped in @", "a wall that has @ stripes",
         "a pattern of stripes in @", "a @ stripe pattern all over", "@ and light stripes", "a @ stripe background");
S1_WORDS(kGradient, "a @ gradient background", "a @ gradient", "a smooth @ gradient", "a @ shaded background", "a fading @ background",
         "a @ gradient backdrop", "a background fading from @", "a @ color gradient", "a soft @ gradient", "a gentle @ gradient",
         "a @ fade", "a gradient of @", "a @ gradation", "a background that fades from @", "a background shading from @",
         "a @ gradient wall", "a @ ombre background", "a @ gradient screen", "a soft @ fade", "a @ color transition",
         "a background that fades from @ to dark", "a smoothly shaded @ background", "@ shading from light to dark", "a blurry @ glow",
         "a @ ombre", "a @ fading background", "a @ background that fades", "a background fading from @ to black",
         "a background fading from @ to white", "a background going from light to dark @", "light to dark @", "dark to light @",
         "@ fading to dark", "@ fading into white", "@ that gets darker and darker", "a @ background that gets darker",
         "a @ background that gets lighter", "a @ background that is darker at the bottom", "a @ blend", "a smooth @ blend",
         "a @ color fade", "a @ colour gradient", "a shaded @ wall", "a softly shaded @ backdrop", "@ shading", "soft @ shading",
         "a @ haze", "a soft @ glow", "a @ glow", "a @ watercolor wash", "a gradient in @", "a gradient from @ to black",
         "a gradient from light to dark @", "shades of @", "different shades of @", "many shades of @ blending together", "a @ ombre wall",
         "@ ombre", "a graduated @ background", "a @ backdrop that slowly changes shade", "a @ backdrop with a gradient",
         "@ gradient wallpaper", "a @ blur", "a blurred @ background", "a gentle @ transition", "a slow fade of @", "a fade from @ to dark",
         "a two-tone @ fade", "a @ color that changes from top to bottom", "@ that slowly fades away",
         "a background that starts @ and then fades", "a fading @ wall", "a @ background with smooth shading",
         "a background of softly blended @", "a gradual change from @ to dark", "@ going from dark to light",
         "light @ that turns into dark @", "pale @ to deep @", "a @ that melts from pale to deep",
         "@ that gets lighter and lighter toward the top", "@, dark at the bottom and light at the top", "dark @ fading to light @",
         "light @ to dark @", "dark @ to light @", "@ fading out", "@ that fades to a lighter shade", "@ turning darker",
         "a mix of light and dark @", "@ getting darker to the bottom", "a blend of light and dark @", "a @ ombré", "an ombré of @",
         "a wall that goes from light @ to dark @", "light @ and then dark @", "@ in a gradient", "a @ background with a gradient",
         "@, lighter on one side", "a smooth blend of @ tones", "a @ glow that fades", "@ that turns from pale to strong", "@ with gradient");
S1_WORDS(kNight, "the night sky", "a starry night", "a starry sky", "the night", "a night sky full of stars", "a dark sky with stars",
         "a starry night sky", "outer space", "the stars", "a night scene", "a starlit sky", "a starlit night", "the dark night",
         "a sky full of stars", "a night sky with stars", "a moonlit night", "the midnight sky", "a clear night sky", "space", "deep space",
         "the universe", "the galaxy", "the cosmos", "a dark starry sky", "twinkling stars", "the dark sky", "a night sky",
         "the starry sky", "the starry night", "the dark universe", "the moonlit night", "the milky way", "the heavens at night",
         "a galaxy", "a dark sky", "a dark night", "a black sky with stars", "a dark blue sky with stars", "the sky at night",
         "a dark starry background", "a starry background", "a starry backdrop", "a space background", "a night background",
         "a nighttime scene", "the nighttime sky", "the twinkling stars", "shining stars", "bright stars", "tiny white stars",
         "thousands of stars", "a million stars", "a blanket of stars", "the moon and the stars", "a moonlit sky", "the moonlight",
         "the starlight", "the constellations", "a night full of stars", "a black night", "the black sky", "the depths of space",
         "the vastness of space", "the darkness of space", "a cosmic background", "the night with its stars", "stars in the dark",
         "a peaceful night sky", "a summer night sky", "the glittering night sky", "a sparkling night sky", "the infinite universe",
         "an endless starry sky", "the planets and the stars", "a dark night with little stars", "the solar system", "a sea of stars");
S1_WORDS(kSea, "the sea", "the ocean", "the water", "the waves", "a calm sea", "the blue sea", "the open sea", "a seascape",
         "the blue ocean", "the blue water", "the deep sea", "a wavy sea", "the ocean waves", "blue waves", "the rolling waves",
         "a wide ocean", "the sparkling sea", "a stormy sea", "a lake", "the beach", "a sandy beach", "the shore", "the coast", "the bay",
         "the seaside", "a sea view", "the horizon of the ocean", "the pacific", "a bay", "the waterfront", "a beach", "the deep blue sea",
         "water", "blue water", "ocean waves", "sea waves", "rolling waves", "gentle waves", "crashing waves", "the open ocean",
         "the open water", "the wide ocean", "the calm sea", "the atlantic", "the mediterranean", "the seven seas", "the lake",
         "the coastline", "the seashore", "the sandy shore", "a lagoon", "the harbour", "sea water", "an ocean", "an ocean view",
         "an ocean background", "a sea background", "a beach scene", "an ocean scene", "a view of the sea", "a view of the ocean",
         "the surface of the sea", "the surface of the water", "the surf", "a body of water", "a big blue lake", "the sparkling water",
         "the salty sea", "the endless ocean", "the foamy waves", "the sea and the sky", "a quiet bay", "the tide", "the sea horizon",
         "the water's edge", "a tropical beach");
S1_WORDS(kHills, "hills", "green hills", "rolling hills", "the hills", "grassy hills", "a hilly landscape", "the green hills",
         "a green landscape", "the countryside", "meadows", "a green meadow", "green fields", "a green field", "a grassy field",
         "a field of grass", "a green valley", "grassland", "the grass", "a lawn", "the mountains", "green mountains", "a pasture",
         "the meadow", "a grassy meadow", "fields", "a valley", "the green countryside", "grassy land", "grassy fields", "a meadow",
         "pastures", "farmland", "the hillside", "grassy slopes", "some hills", "some green hills", "rolling green hills", "a hill",
         "a green hill", "a grassy hill", "the rolling hills", "green meadows", "the fields", "a field", "an open field", "green grass",
         "grass", "tall grass", "the grasslands", "a country landscape", "a landscape with hills", "a rural landscape",
         "a mountain landscape", "mountains", "distant mountains", "the highlands", "the foothills", "a hillside", "a grassy hillside",
         "the valley", "a green pasture", "farm fields", "a farm", "a park", "the prairie", "the green slopes", "the hilltops",
         "a background of hills", "a nature scene with hills", "nature", "hilly country", "the alps", "gentle green hills",
         "the great outdoors", "a blue sky and green hills");
S1_WORDS(kSunset, "the sunset", "a sunset", "the setting sun", "a sunset sky", "an evening sky", "the evening sun", "a glowing sunset",
         "a red evening sky", "an orange sunset", "the dusk", "twilight", "the twilight sky", "a golden sunset", "a warm sunset",
         "a sky at sunset", "the evening light", "an orange evening sky", "a sunset glow", "the sunrise", "a sunrise", "the low sun",
         "a dusky sky", "the last light of the day", "the sundown", "the golden hour", "the evening sky", "the glowing horizon at dusk",
         "a sky on fire", "the last rays of the sun", "sunrise", "the twilight", "the golden evening light", "an orange sky",
         "the orange sky", "the sunset sky", "a beautiful sunset", "a red sunset", "a pink sunset", "a colorful sunset", "the sinking sun",
         "the rising sun", "dusk", "the dusk sky", "the dawn", "the dawn sky", "an orange and pink sky", "a red and orange sky",
         "a pink evening sky", "a fiery sky", "a burning sky", "a glowing sky", "a golden sky", "the golden light", "the evening glow",
         "the afterglow", "the end of the day", "the evening", "sundown", "the horizon at sunset", "the sky at sunset", "the sky at dusk",
         "the sun going down", "the sun on the horizon", "a big orange sun", "a large setting sun", "a sunset background",
         "an evening background", "a sunset scene", "an evening scene", "a sky turning orange", "a sky painted red and gold",
         "the warm evening glow", "the fading daylight", "the crimson sky", "the sun sinking below the horizon",
         "a sun that is about to set");
S1_WORDS(kDotted, "a @ dotted background", "@ polka dots");

S1_WORDS(kAtNight, "at night", "by night", "under the stars", "in the night", "at midnight", "in space", "in outer space",
         "in the night sky", "in the moonlight", "among the stars", "beneath the stars", "late at night", "through space",
         "in the starry sky", "in the dark of night", "during the night", "after dark", "in the dark", "under a starry sky", "by moonlight",
         "by starlight", "in the middle of the night", "when it is dark", "on a starry night", "on a dark night", "up among the stars",
         "between the stars", "out in space", "far out in space", "deep in space", "in the universe", "across the night sky",
         "past the stars", "under the moon", "under the night sky", "with stars all around", "with stars in the background",
         "surrounded by stars", "on a clear night", "in the galaxy", "while the stars are shining", "while everyone is asleep",
         "with the stars behind it", "under a dark sky full of stars", "at nighttime", "in the darkness of space", "when the stars come out");
S1_WORDS(kAtSea, "at sea", "by the sea", "on the beach", "at the seaside", "in the sea", "in the ocean", "in the water", "on the water",
         "on the waves", "under water", "underwater", "at the beach", "by the ocean", "near the shore", "on the shore", "along the coast",
         "out at sea", "on the sea", "by the water", "out on the ocean", "out on the water", "over the waves", "above the water",
         "near the sea", "near the water", "near the ocean", "by the shore", "along the shore", "on the coast", "at the lake",
         "on the lake", "by the lake", "across the water", "beside the sea", "off the coast", "in the waves", "among the waves",
         "on the open sea", "at the ocean", "with the sea behind it", "with waves in the background", "with the ocean in the background",
         "in the deep blue sea", "down by the sea", "far out at sea", "next to the water", "under the sea");
S1_WORDS(kAtHills, "in the hills", "in the countryside", "on the grass", "in the meadow", "on a hill", "on a green hill", "in the fields",
         "in the mountains", "in the grass", "out in the country", "across the meadow", "through the fields", "among the hills",
         "up in the hills", "out in the fields", "over the hills", "in a field", "in a meadow", "on the hills", "on the hillside",
         "up in the mountains", "in the country", "outside in the green hills", "in nature", "out in nature", "in the valley",
         "down in the valley", "across the fields", "in the park", "on the lawn", "on a farm", "between the hills", "near the hills",
         "above the hills", "on a grassy hill", "in green fields", "in the great outdoors", "out on the grass", "in the pasture",
         "with hills in the background", "with green hills behind it", "through the countryside", "in a green valley", "high in the hills",
         "on the prairie", "in the grassy hills", "out on the hillside");
S1_WORDS(kAtSunset, "at sunset", "at dusk", "in the evening", "at sundown", "at twilight", "at sunrise", "as the sun sets",
         "as the sun goes down", "while the sun sets", "when the sun goes down", "during the sunset", "in the evening light",
         "at the end of the day", "in the evening sky", "while the sun is setting", "at dawn", "during sunset", "in the sunset",
         "when the sun sets", "while the sun goes down", "as evening falls", "in the evening sun", "in the golden light",
         "in the last light of day", "just before dark", "in the twilight", "during the golden hour", "at golden hour",
         "under an orange sky", "under a red sky", "under the setting sun", "into the sunset", "toward the sunset",
         "with the sun setting behind it", "with a sunset in the background", "while the sun sinks", "when the sky turns orange",
         "as the sky turns red", "early in the evening", "late in the day", "as the day ends", "at the close of day",
         "in the glow of the sunset", "while the sky glows orange", "when the sun is low", "with the sun low in the sky",
         "as the last rays of sun fade");

S1_WORDS(kPrepositions, "over", "on", "in front of", "against", "above", "before", "on top of", "across", "under", "past", "through",
         "along", "near", "by", "high above", "close to", "set against", "in the middle of", "somewhere over", "placed on", "floating over",
         "up against", "with a backdrop of", "against the backdrop of", "in a scene with", "with a background of",
         "against a background of", "on a background of", "on the background of", "over a background of", "in front of a background of",
         "in", "inside", "within", "upon", "amid", "just above", "somewhere above", "right over", "right in front of",
         "somewhere in front of", "directly in front of", "out over", "up over", "all over", "with a view of", "surrounded by", "framed by",
         "backed by", "shown on", "shown over", "shown against", "seen against", "seen in front of", "standing out against", "drawn on",
         "painted over", "pictured against", "with the background being", "where the background is", "where behind it you see",
         "with nothing behind it but", "with nothing around it but", "in a picture of", "in a world of", "in a place with");

#undef S1_WORDS

} // namespace

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

} // namespace s1::toyland::wording
