#include "text/special_tokens.h"

#include "text/unicode.h"

namespace s1::text {

namespace {

// The longest special token at the front of text.
SpecialTokens::const_iterator tokenAt(std::string_view text, const SpecialTokens& tokens) {
    auto best = tokens.end();
    for (auto token = tokens.begin(); token != tokens.end(); ++token)
        if (text.starts_with(token->first) && (best == tokens.end() || token->first.size() > best->first.size()))
            best = token;
    return best;
}

} // namespace

std::vector<TextPart> splitAtSpecialTokens(std::string_view text, const SpecialTokens& tokens, bool stripped) {
    std::string firstBytes;
    for (const auto& [name, id] : tokens)
        if (firstBytes.find(name[0]) == std::string::npos)
            firstBytes += name[0];

    std::vector<TextPart> parts;
    bool afterToken = false;
    const auto addText = [&](std::string_view part, bool beforeToken) {
        if (stripped && afterToken)
            part = stripLeft(part);
        if (stripped && beforeToken)
            part = stripRight(part);
        if (!part.empty())
            parts.push_back({part, -1});
    };
    std::size_t from = 0;
    for (std::size_t at = text.find_first_of(firstBytes); at != text.npos; at = text.find_first_of(firstBytes, at)) {
        const auto token = tokenAt(text.substr(at), tokens);
        if (token == tokens.end()) {
            ++at;
            continue;
        }
        addText(text.substr(from, at - from), true);
        parts.push_back({text.substr(at, token->first.size()), token->second});
        afterToken = true;
        from = at += token->first.size();
    }
    addText(text.substr(from), false);
    return parts;
}

} // namespace s1::text
