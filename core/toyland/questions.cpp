#include "toyland/questions.h"

#include "base/files.h"
#include "base/json.h"
#include "toyland/scene_json.h"

#include <fmt/format.h>

#include <sstream>

namespace s1::toyland {

Result<std::vector<Question>> readQuestions(const std::filesystem::path& path) {
    S1_TRY(const std::string text, readFile(path));
    std::vector<Question> questions;
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const std::string place = fmt::format("{} line {}", path.string(), number);
        S1_TRY(const nlohmann::json json, parseJson(line, place));
        if (!json.is_object() || !json.contains("prompt") || !json["prompt"].is_string())
            return Error{ErrorCode::Corrupt, fmt::format("{} has no \"prompt\"; give it one", place), place};
        auto expected = expectationFromJson(json.value("expect", nlohmann::json::object()));
        if (!expected)
            return Error{ErrorCode::Corrupt, fmt::format("{}: {}", place, expected.error().message),
                         expected.error().subject};
        questions.push_back({json["prompt"], *expected});
    }
    if (questions.empty())
        return Error{ErrorCode::Corrupt, fmt::format("{} holds no prompt; give a line for each", path.string()),
                     path.string()};
    return questions;
}

} // namespace s1::toyland
