#include "text/t5_tokenizer.h"

#include "base/files.h"

#include <sentencepiece_processor.h>

#include <fmt/format.h>

#include <algorithm>

namespace s1::text {

namespace {
constexpr int kExtraIds = 100;
constexpr int kMostPieces = 1 << 18; // the published ones have 32 000
constexpr std::int64_t kPad = 0, kEnd = 1, kUnknown = 2;

// SentencePiece takes quadratic time for runs of one sign. 77 tokens are a few hundred letters: what comes after this
// many bytes cannot be among them.
constexpr std::size_t kTextBytes = 32768;
} // namespace

Result<T5Tokenizer> T5Tokenizer::create(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "spiece.model";
    S1_TRY(const std::string model, readFile(file, kLargestTokenizer));
    auto pieces = std::make_shared<sentencepiece::SentencePieceProcessor>();
    if (const auto status = pieces->LoadFromSerializedProto(model); !status.ok())
        return Error{
            ErrorCode::Corrupt,
            fmt::format("{} is not a SentencePiece model ({}); get the file again", file.string(), status.ToString()),
            file.string()};
    // The network was trained with these three in these places.
    const int size = pieces->GetPieceSize();
    if (size < 3 || size > kMostPieces || pieces->pad_id() != kPad || pieces->eos_id() != kEnd || pieces->unk_id() != kUnknown)
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} has {} pieces, with <pad>, </s> and <unk> at {}, {} and {}; T5 has at most {}, with 0, 1 and 2",
                                 file.string(), size, pieces->pad_id(), pieces->eos_id(), pieces->unk_id(), kMostPieces),
                     file.string()};
    T5Tokenizer tokenizer;
    tokenizer.m_vocabulary = size + kExtraIds;
    tokenizer.m_special = {{"<pad>", kPad}, {"</s>", kEnd}, {"<unk>", kUnknown}};
    for (int i = 0; i < kExtraIds; ++i)
        tokenizer.m_special[fmt::format("<extra_id_{}>", i)] = tokenizer.m_vocabulary - 1 - i;
    tokenizer.m_pieces = std::move(pieces);
    return tokenizer;
}

TokenIds T5Tokenizer::encode(std::string_view preparedPrompt, int maxLength) const {
    std::vector<std::int64_t> ids;
    for (const TextPart& part : splitAtSpecialTokens(preparedPrompt, m_special, true)) {
        if (ids.size() >= kTextBytes)
            break;
        if (part.id >= 0) {
            ids.push_back(part.id);
            continue;
        }
        std::vector<int> pieces;
        if (m_pieces->Encode(part.text.substr(0, kTextBytes), &pieces).ok())
            ids.insert(ids.end(), pieces.begin(), pieces.end());
    }
    TokenIds out;
    out.used = static_cast<int>(ids.size()) + 1;
    const auto length = static_cast<std::size_t>(std::max(maxLength, 1));
    ids.resize(std::min(ids.size(), length - 1));
    if (ids.empty() || ids.back() != kEnd)
        ids.push_back(kEnd);
    out.mask.assign(ids.size(), 1);
    out.mask.resize(length, 0);
    ids.resize(length, kPad);
    out.ids = std::move(ids);
    return out;
}

} // namespace s1::text
