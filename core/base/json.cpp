#include "base/json.h"

#include "base/files.h"

#include <fmt/format.h>

namespace s1 {

namespace {

// nlohmann has no token for infinity, but reads an overflowing number as one; so the bare words are replaced by
// numbers that overflow. Words inside strings stay.
std::string replaceBareWords(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool inString = false;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (inString) {
            out += c;
            if (c == '\\' && i + 1 < text.size())
                out += text[++i];
            else if (c == '"')
                inString = false;
            ++i;
        } else if (text.substr(i, 8) == "Infinity") {
            out += R"("@Infinity@")";
            i += 8;
        } else if (text.substr(i, 9) == "-Infinity") {
            out += R"("@-Infinity@")";
            i += 9;
        } else if (text.substr(i, 3) == "NaN") {
            out += R"("@NaN@")";
            i += 3;
        } else {
            inString = c == '"';
            out += c;
            ++i;
        }
    }
    return out;
}

void restoreNumbers(nlohmann::json& node) {
    if (node.is_structured()) {
        for (auto& child : node)
            restoreNumbers(child);
    } else if (node.is_string()) {
        const auto& word = node.get_ref<const std::string&>();
        if (word == "@Infinity@")
            node = std::numeric_limits<double>::infinity();
        else if (word == "@-Infinity@")
            node = -std::numeric_limits<double>::infinity();
        else if (word == "@NaN@")
            node = std::numeric_limits<double>::quiet_NaN();
    }
}

// Deep nesting would overflow the stack of the recursive walk (and of most readers); no config comes near.
bool tooDeep(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > 200)
                return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

} // namespace

Result<nlohmann::json> parseJson(std::string_view text, std::string_view name) {
    if (tooDeep(text))
        return Error{ErrorCode::Corrupt, fmt::format("{} nests deeper than 200 levels; the file is not one of ours", name),
                     std::string(name)};
    nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) {
        const auto fixed = replaceBareWords(text);
        json = nlohmann::json::parse(fixed, nullptr, false);
        if (json.is_discarded())
            return Error{ErrorCode::Corrupt, fmt::format("{} is not valid JSON; get the file again", name),
                         std::string(name)};
        restoreNumbers(json);
    }
    return json;
}

Result<nlohmann::json> readJson(const std::filesystem::path& path) {
    S1_TRY(const std::string text, readFile(path));
    return parseJson(text, path.string());
}

} // namespace s1
