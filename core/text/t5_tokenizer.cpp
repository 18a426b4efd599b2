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

// The pieces of a SentencePiece file by its outermost protobuf fields: SentencePiece itself takes seconds for a million.
// What is no protobuf ends the count; saying so is left to it.
int countPieces(std::string_view model) {
    const auto varint = [&] {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !model.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(model.front());
            model.remove_prefix(1);
            value |= std::uint64_t(byte & 0x7f) << shift;
            if (byte < 0x80)
                break;
        }
        return value;
    };
    constexpr std::uint64_t kPiece = 1 << 3 | 2, kBytes = 2; // field 1; a field of counted bytes
    int pieces = 0;
    while (!model.empty()) {
        const std::uint64_t tag = varint();
        if ((tag & 7) != kBytes)
            break;
        pieces += tag == kPiece;
        model.remove_prefix(std::min<std::uint64_t>(varint(), model.size()));
    }
    return pieces;
}
} // namespace

Result<T5Tokenizer> T5Tokenizer::create(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "spiece.model";
    S1_TRY(const std::string model, readFile(file, kLargestTokenizer));
    if (const int count = countPieces(model); count > kMostPieces)
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} has {} pieces, more than {}; it is no tokenizer of T5", file.string(), count, kMostPieces), file.string()};
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
                     fmt::format("{} has {} pieces, with <pad>, </s> and <unk> at {}, {} and {}; T5 has them at 0, 1 and 2",
                                 file.string(), size, pieces->pad_id(), pieces->eos_id(), pieces->unk_id()),
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
