#include "base/json.h"

#include "base/files.h"

#include <fmt/format.h>

#include <optional>
#include <unordered_set>
#include <vector>

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

constexpr int kMostLevels = 32; // no config comes near; the stack of a recursive reader would overflow far above

// Discarded where the text is not JSON. twice: a key that an object has two of.
nlohmann::json parseOnce(std::string_view text, std::optional<std::string>& twice) {
    std::vector<std::unordered_set<std::string>> open; // the keys of the objects around the place that is read
    const auto watch = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        if (event == nlohmann::json::parse_event_t::object_start)
            open.emplace_back();
        else if (event == nlohmann::json::parse_event_t::object_end)
            open.pop_back();
        else if (event == nlohmann::json::parse_event_t::key && !open.back().insert(value.get<std::string>()).second)
            twice = value.get<std::string>();
        return true;
    };
    return nlohmann::json::parse(text, watch, false);
}

} // namespace

bool nestsDeeperThan(int levels, std::string_view text) {
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
            if (++depth > levels)
                return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

Result<nlohmann::json> parseJson(std::string_view text, std::string_view name) {
    const auto corrupt = [&](const std::string& why) {
        return Error{ErrorCode::Corrupt, fmt::format("{} {}; get the file again", name, why), std::string(name)};
    };
    if (nestsDeeperThan(kMostLevels, text))
        return corrupt(fmt::format("nests deeper than {} levels", kMostLevels));
    std::optional<std::string> twice;
    nlohmann::json json = parseOnce(text, twice);
    if (json.is_discarded()) {
        json = parseOnce(replaceBareWords(text), twice);
        if (json.is_discarded())
            return corrupt("is not valid JSON");
        restoreNumbers(json);
    }
    if (twice)
        return corrupt(fmt::format("has the key \"{}\" twice", *twice));
    return json;
}

Result<nlohmann::json> readJson(const std::filesystem::path& path) {
    S1_TRY(const std::string text, readFile(path, kLargestJson));
    return parseJson(text, path.string());
}

} // namespace s1
