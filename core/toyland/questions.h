#pragma once

#include "base/result.h"
#include "toyland/values.h"

#include <filesystem>
#include <string>
#include <vector>

namespace s1::toyland {

struct Question {
    std::string prompt;
    Expectation expected; // what it says
};

// JSON lines {"prompt","expect"}, as exampleLine() writes them; expect may be left out. Corrupt names the line that is none, or a
// file without any.
Result<std::vector<Question>> readQuestions(const std::filesystem::path& path);

} // namespace s1::toyland
