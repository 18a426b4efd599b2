#include "text/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstdio>
#include <cstdlib>

namespace s1::text {

namespace {

struct MatchData {
    pcre2_match_data* data;
    explicit MatchData(const pcre2_code* code) : data(pcre2_match_data_create_from_pattern(code, nullptr)) {}
    ~MatchData() { pcre2_match_data_free(data); }
    MatchData(const MatchData&) = delete;
    MatchData& operator=(const MatchData&) = delete;
};

PCRE2_SPTR units(std::string_view text) {
    return reinterpret_cast<PCRE2_SPTR>(text.data() ? text.data() : "");
}

const pcre2_code* code(const std::shared_ptr<void>& handle) {
    return static_cast<const pcre2_code*>(handle.get());
}

} // namespace

Regex::Regex(std::string_view pattern, bool ignoreCase) {
    int error = 0;
    PCRE2_SIZE offset = 0;
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | (ignoreCase ? PCRE2_CASELESS : 0);
    pcre2_code* compiled = pcre2_compile(units(pattern), pattern.size(), options, &error, &offset, nullptr);
    if (!compiled) {
        std::fprintf(stderr, "bad pattern at %zu: %.*s\n", offset, static_cast<int>(pattern.size()), pattern.data());
        std::abort();
    }
    pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE); // optional: without it the interpreter runs
    m_code = std::shared_ptr<void>(compiled, [](void* p) { pcre2_code_free(static_cast<pcre2_code*>(p)); });
}

std::optional<Regex::Match> Regex::search(std::string_view text, std::size_t from, bool anchored) const {
    const MatchData match(code(m_code));
    const uint32_t options = PCRE2_NO_UTF_CHECK | (anchored ? PCRE2_ANCHORED : 0);
    const int count = pcre2_match(code(m_code), units(text), text.size(), from, options, match.data, nullptr);
    if (count < 1)
        return std::nullopt;
    const PCRE2_SIZE* where = pcre2_get_ovector_pointer(match.data);
    Match found{where[0], where[1], 0, 0};
    if (count > 1 && where[2] != PCRE2_UNSET) {
        found.groupBegin = where[2];
        found.groupEnd = where[3];
    }
    return found;
}

std::string Regex::replaceAll(std::string_view text, std::string_view replacement) const {
    std::string out(text.size() + text.size() / 4 + 64, '\0');
    const uint32_t options =
        PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_UNSET_EMPTY | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH | PCRE2_NO_UTF_CHECK;
    for (int attempt = 0; attempt < 2; ++attempt) {
        PCRE2_SIZE size = out.size();
        const int count =
            pcre2_substitute(code(m_code), units(text), text.size(), 0, options, nullptr, nullptr, units(replacement),
                             replacement.size(), reinterpret_cast<PCRE2_UCHAR*>(out.data()), &size);
        if (count >= 0) {
            out.resize(size);
            return out;
        }
        if (count != PCRE2_ERROR_NOMEMORY)
            break;
        out.resize(size);
    }
    return std::string(text);
}

} // namespace s1::text
