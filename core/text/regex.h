#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace s1::text {

// A pattern over UTF-8 text with Unicode classes: \w, \d, \b and $ mean what they mean in Python's re. Write
// [S1_SPACE] (unicode.h) for \s. The pattern is part of the program: a mistake in it is a bug and ends the program.
// const use from several threads is safe.
class Regex {
public:
    explicit Regex(std::string_view pattern, bool ignoreCase = false);

    struct Match {
        std::size_t begin = 0, end = 0;           // bytes, half-open
        std::size_t groupBegin = 0, groupEnd = 0; // first group; equal where it took no part
    };
    // anchored: the match must begin at from. text must be valid UTF-8.
    std::optional<Match> search(std::string_view text, std::size_t from = 0, bool anchored = false) const;

    // Every match; $1 in the replacement is the first group. A text that is too hard stays as it is.
    std::string replaceAll(std::string_view text, std::string_view replacement) const;

private:
    std::shared_ptr<void> m_code;
};

} // namespace s1::text
