#include "text/prompt_cleaning.h"

#include "text/html_entities.h"
#include "text/html_text.h"
#include "text/regex.h"
#include "text/text_repair.h"
#include "text/unicode.h"

#include <algorithm>
#include <vector>

namespace s1::text {

namespace {

#define S "[" S1_SPACE "]"
#define NOT_S "[^" S1_SPACE "]"

struct Replacement {
    Regex pattern;
    const char* by;
};
using Steps = std::vector<Replacement>;

std::string apply(const Steps& steps, std::string text) {
    for (const Replacement& step : steps)
        text = step.pattern.replaceAll(text, step.by);
    return text;
}

#define DOMAIN "(?:\\/{1,3}|[a-zA-Z0-9%])|[a-zA-Z0-9.\\-]+[.](?:com|co|ru|net|org|edu|gov|it)[\\w/-]*\\b\\/?(?!@)))"

// Numbers: the steps of show1.md 2.1.1.
const Steps& beforeHtml() {
    static const Steps kSteps{
        {Regex("<person>"), "person"},        // 2
        {Regex("\\b((?:https?:" DOMAIN), ""}, // 3
        {Regex("\\b((?:www:" DOMAIN), ""},
    };
    return kSteps;
}

const Steps& afterHtml() {
    static const Steps kSteps{
        {Regex("@[\\w\\d]+\\b"), ""},          // 5
        {Regex("[\\x{31c0}-\\x{31ef}]+"), ""}, // 6
        {Regex("[\\x{31f0}-\\x{31ff}]+"), ""},
        {Regex("[\\x{3200}-\\x{32ff}]+"), ""},
        {Regex("[\\x{3300}-\\x{33ff}]+"), ""},
        {Regex("[\\x{3400}-\\x{4dbf}]+"), ""},
        {Regex("[\\x{4dc0}-\\x{4dff}]+"), ""},
        {Regex("[\\x{4e00}-\\x{9fff}]+"), ""},
        {Regex("[\\x2d\\x{58a}\\x{5be}\\x{1400}\\x{1806}\\x{2010}-\\x{2015}\\x{2e17}\\x{2e1a}\\x{2e3a}\\x{2e3b}"
               "\\x{2e40}\\x{301c}\\x{3030}\\x{30a0}\\x{fe31}\\x{fe32}\\x{fe58}\\x{fe63}\\x{ff0d}]+"),
         "-"},                      // 7
        {Regex("[`´«»“”¨]"), "\""}, // 8
        {Regex("[‘’]"), "'"},
        {Regex("&quot;?"), ""}, // 9
        {Regex("&amp"), ""},
        {Regex("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}"), " "}, // 10
        {Regex("\\d:\\d\\d" S "+$"), ""},                          // 11
        {Regex("\\\\n"), " "},                                     // 12
        {Regex("#\\d{1,3}\\b"), ""},                               // 13
        {Regex("#\\d{5,}\\b"), ""},
        {Regex("\\b\\d{6,}\\b"), ""},
        {Regex(NOT_S "+\\.(?:png|jpg|jpeg|bmp|webp|eps|pdf|apk|mp4)"), ""},
        {Regex("[\"']{2,}"), "\""}, // 14
        {Regex("[\\.]{2,}"), " "},
        {Regex("[#®•©™&@·º½¾¿¡§~\\)\\(\\]\\[\\}\\{\\|\\\\/\\*]+"), " "}, // 15
        {Regex(S "+\\." S "+"), " "},                                    // 16
    };
    return kSteps;
}

const Steps& afterRepair() {
    static const Steps kSteps{
        {Regex("\\b[a-zA-Z]{1,3}\\d{3,15}\\b"), ""}, // 19
        {Regex("\\b[a-zA-Z]+\\d+[a-zA-Z]+\\b"), ""},
        {Regex("\\b\\d+[a-zA-Z]+\\d+\\b"), ""},
        {Regex("(worldwide" S "+)?(free" S "+)?shipping"), ""}, // 20
        {Regex("(free" S ")?download(" S "free)?"), ""},
        {Regex("\\bclick\\b" S "(?:for|on)" S "\\w+"), ""},
        {Regex("\\b(?:png|jpg|jpeg|bmp|webp|eps|pdf|apk|mp4)(" S "image[s]?)?"), ""},
        {Regex("\\bpage" S "+\\d+\\b"), ""},
        {Regex("\\b\\d*[a-zA-Z]+\\d+[a-zA-Z]+\\d+[a-zA-Z\\d]*\\b"), " "}, // 21
        {Regex("\\b\\d+\\.?\\d*[xх×]\\d+\\.?\\d*\\b"), ""},
        {Regex("\\b" S "+\\:" S "+"), ": "}, // 22
        {Regex("(\\D[,\\./])\\b"), "$1 "},
        {Regex(S "+"), " "},
        {Regex("^[\"']([\\w\\W]+)[\"']$"), "$1"}, // 23
        {Regex("^['\\_,\\-\\:;]"), ""},
        {Regex("['\\_,\\-\\:\\-\\+]$"), ""},
        {Regex("^\\." NOT_S "+$"), ""},
    };
    return kSteps;
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c = static_cast<char>(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string unquotePlus(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            out += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return validUtf8(out);
}

// Step 17: many hyphens are separators, few belong to words.
std::string splitHyphenated(std::string text) {
    if (std::count_if(text.begin(), text.end(), [](char c) { return c == '-' || c == '_'; }) > 3)
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
    return text;
}

std::string cleanOnce(const std::string& prompt) {
    std::string text = apply(beforeHtml(), lower(strip(unquotePlus(prompt))));
    text = splitHyphenated(apply(afterHtml(), htmlText(text)));
    text = unescapeHtml(unescapeHtml(fixText(text)));
    return strip(apply(afterRepair(), std::move(text)));
}

// The cleaning takes quadratic time, as the original's; the tokenizer keeps 77 tokens, some hundred letters.
constexpr std::size_t kCleanedCharacters = 8192;

} // namespace

std::string prepareT5Prompt(std::string_view prompt, bool cleanCaption) {
    if (!cleanCaption)
        return strip(lower(prompt));
    const std::u32string front = toUtf32(prompt.substr(0, kCleanedCharacters * 4));
    const std::string text = toUtf8(std::u32string_view(front).substr(0, kCleanedCharacters));
    return cleanOnce(cleanOnce(text));
}

} // namespace s1::text
