#include "text/clip_tokenizer.h"

#include "base/files.h"
#include "base/json.h"
#include "text/text_repair.h"
#include "text/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace s1::text {

namespace {

constexpr const char* kStartToken = "<|startoftext|>";
constexpr const char* kEndToken = "<|endoftext|>";
constexpr int kMerges = 49152 - 256 - 2;  // lines of merges.txt that count
constexpr std::int64_t kMostIds = 1 << 18;
constexpr std::size_t kWordBytes = 16384; // of a longer word; 75 tokens are kept, so the rest could not matter

// GPT-2's printable alphabet: each byte as one character, so that no byte is white space.
std::array<std::string, 256> byteAlphabet() {
    std::array<std::string, 256> alphabet;
    char32_t next = 256;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool printable = (byte >= '!' && byte <= '~') || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
        appendUtf8(alphabet[byte], printable ? byte : next++);
    }
    return alphabet;
}

Error corrupt(const std::filesystem::path& file, const std::string& why) {
    return {ErrorCode::Corrupt, fmt::format("{}: {}; get the file again", file.string(), why), file.string()};
}

// Token names in JSON are a string or {"content": string}.
std::string tokenName(const nlohmann::json& value) {
    const nlohmann::json name = value.is_object() ? value.value("content", nlohmann::json()) : value;
    return name.is_string() ? name.get<std::string>() : std::string();
}

Result<std::unordered_map<std::string, int>> readMerges(const std::filesystem::path& file) {
    S1_TRY(const std::string text, readFile(file, kLargestTokenizer));
    std::unordered_map<std::string, int> ranks;
    std::size_t from = text.find('\n'); // the first line is a header
    while (from != std::string::npos && static_cast<int>(ranks.size()) < kMerges) {
        const std::size_t end = text.find('\n', ++from);
        std::string line = text.substr(from, end == std::string::npos ? end : end - from);
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (std::count(line.begin(), line.end(), ' ') == 1)
            ranks.emplace(line, static_cast<int>(ranks.size()));
        else if (!line.empty())
            return corrupt(file, fmt::format("line {} is not a pair", ranks.size() + 2));
        from = end;
    }
    return ranks;
}

} // namespace

ClipTokenizer::ClipTokenizer()
    : m_words("<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^" S1_SPACE
              "\\p{L}\\p{N}]+",
              true) {}

Result<ClipTokenizer> ClipTokenizer::create(const std::filesystem::path& folder, std::optional<std::string> padToken) {
    ClipTokenizer tokenizer;
    const std::filesystem::path vocabulary = folder / "vocab.json";
    S1_TRY(const nlohmann::json ids, readJson(vocabulary));
    if (!ids.is_object())
        return corrupt(vocabulary, "it is not an object of tokens");
    for (const auto& [token, id] : ids.items()) {
        const std::int64_t number = id.is_number_integer() ? id.get<std::int64_t>() : -1;
        if (number < 0 || number >= kMostIds)
            return corrupt(vocabulary, fmt::format("the id of \"{}\" is {}, not a number from 0 to {}", token, id.dump(), kMostIds - 1));
        tokenizer.m_ids.emplace(token, number);
        tokenizer.m_vocabulary = std::max(tokenizer.m_vocabulary, number + 1);
    }
    S1_TRY(tokenizer.m_ranks, readMerges(folder / "merges.txt"));

    std::string pad = kEndToken;
    const std::filesystem::path special = folder / "special_tokens_map.json";
    if (padToken) {
        pad = *padToken;
    } else if (std::error_code ec; std::filesystem::exists(special, ec)) {
        S1_TRY(const nlohmann::json map, readJson(special));
        if (map.is_object() && map.contains("pad_token"))
            pad = tokenName(map["pad_token"]);
    }
    for (const std::string& name : {std::string(kStartToken), std::string(kEndToken), pad}) {
        const auto id = tokenizer.m_ids.find(name);
        if (id == tokenizer.m_ids.end())
            return corrupt(vocabulary, fmt::format("it lacks the token \"{}\"", name));
        tokenizer.m_special[name] = id->second;
    }
    tokenizer.m_start = tokenizer.m_special[kStartToken];
    tokenizer.m_end = tokenizer.m_special[kEndToken];
    tokenizer.m_pad = tokenizer.m_special[pad];
    return tokenizer;
}

TokenIds ClipTokenizer::encode(std::string_view prompt, int maxLength) const {
    const auto length = static_cast<std::size_t>(std::max(maxLength, 2));
    // Counting further than anybody reads would make a book of a prompt slow.
    const std::size_t limit = length + 4096;
    const std::string text = validUtf8(prompt);
    std::vector<std::int64_t> ids{m_start};
    for (const TextPart& part : splitAtSpecialTokens(text, m_special, true)) {
        if (ids.size() >= limit)
            break;
        if (part.id >= 0)
            ids.push_back(part.id);
        else
            appendText(part.text, limit, ids);
    }
    TokenIds out;
    out.used = static_cast<int>(ids.size()) + 1;
    ids.resize(std::min(ids.size(), length - 1));
    ids.push_back(m_end);
    out.mask.assign(ids.size(), 1);
    out.mask.resize(length, 0);
    ids.resize(length, m_pad);
    out.ids = std::move(ids);
    return out;
}

void ClipTokenizer::appendText(std::string_view part, std::size_t limit, std::vector<std::int64_t>& ids) const {
    const std::string text = lower(strip(fixText(part)));
    std::size_t from = 0;
    while (ids.size() < limit) {
        const auto word = m_words.search(text, from);
        if (!word)
            break;
        appendWord(std::string_view(text).substr(word->begin, word->end - word->begin), ids);
        from = word->end;
    }
}

void ClipTokenizer::appendWord(std::string_view word, std::vector<std::int64_t>& ids) const {
    static const std::array<std::string, 256> kAlphabet = byteAlphabet();
    if (word == kStartToken || word == kEndToken) { // an upper-case spelling, found after lower-casing
        ids.push_back(word == kStartToken ? m_start : m_end);
        return;
    }
    std::vector<std::string> symbols;
    for (const char byte : word.substr(0, kWordBytes))
        symbols.push_back(kAlphabet[static_cast<unsigned char>(byte)]);
    symbols.back() += "</w>";

    while (symbols.size() > 1) {
        int best = kMerges;
        std::size_t at = 0;
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto rank = m_ranks.find(symbols[i] + ' ' + symbols[i + 1]);
            if (rank != m_ranks.end() && rank->second < best) {
                best = rank->second;
                at = i;
            }
        }
        if (best == kMerges)
            break;
        const std::string left = symbols[at], right = symbols[at + 1];
        std::vector<std::string> merged;
        merged.reserve(symbols.size());
        for (std::size_t i = 0; i < symbols.size(); ++i) {
            const bool pair = i + 1 < symbols.size() && symbols[i] == left && symbols[i + 1] == right;
            merged.push_back(pair ? left + right : symbols[i]);
            i += pair ? 1 : 0;
        }
        symbols = std::move(merged);
    }
    for (const std::string& symbol : symbols) {
        const auto id = m_ids.find(symbol);
        ids.push_back(id == m_ids.end() ? m_end : id->second); // <|endoftext|> is CLIP's unknown token
    }
}

} // namespace s1::text
