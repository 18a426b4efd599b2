#include "weights/safetensors_header.h"

#include "base/json.h"
#include "weights/tensor_rules.h"

#include <torch/torch.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>

namespace s1::weights {

namespace {

using nlohmann::json;

struct DtypeName {
    const char* name;
    at::ScalarType type;
};
constexpr DtypeName kDtypes[] = {
    {"F64", at::kDouble}, {"F32", at::kFloat}, {"F16", at::kHalf}, {"BF16", at::kBFloat16}, {"I64", at::kLong},
    {"I32", at::kInt},    {"I16", at::kShort}, {"I8", at::kChar},  {"U8", at::kByte},       {"BOOL", at::kBool}};

constexpr int kMostLevels = 4;

// Takes the header's parts one by one and refuses the first that is out of place.
class HeaderReader final : public json::json_sax_t {
public:
    HeaderReader(std::uint64_t dataSize, const std::string& file) : m_dataSize(dataSize), m_file(file) {}

    SafetensorsHeader header;
    std::optional<Error> error;

    bool null() override { return outOfPlace(); }
    bool boolean(bool) override { return outOfPlace(); }
    bool number_integer(number_integer_t) override { return outOfPlace(); } // only negative ones come here
    bool number_float(number_float_t, const string_t&) override { return outOfPlace(); }
    bool binary(binary_t&) override { return outOfPlace(); }

    bool number_unsigned(number_unsigned_t value) override {
        if (m_at == At::ShapeItem && value <= std::uint64_t(std::numeric_limits<std::int64_t>::max()) &&
            entry().info.shape.size() < kMostRank) {
            entry().info.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (m_at == At::OffsetItem && m_offsets < 2) {
            (m_offsets++ == 0 ? entry().begin : entry().end) = value;
            return true;
        }
        return outOfPlace();
    }

    bool string(string_t& value) override {
        if (m_at == At::Dtype)
            return dtype(value);
        if (m_at != At::MetadataValue)
            return outOfPlace();
        m_metadataBytes += value.size();
        header.metadata[m_key] = std::move(value);
        m_at = At::Metadata;
        return m_metadataBytes <= kMostMetadataBytes ||
               fail(fmt::format("__metadata__ has more than {} bytes", kMostMetadataBytes));
    }

    bool start_object(std::size_t) override {
        if (m_at == At::Start)
            m_at = At::Top;
        else if (m_at == At::TensorStart)
            m_at = At::Tensor;
        else if (m_at == At::MetadataStart)
            m_at = At::Metadata;
        else
            return outOfPlace();
        return true;
    }

    bool key(string_t& value) override {
        if (m_at == At::Top)
            return topKey(value);
        if (m_at == At::Metadata) {
            m_key = value;
            m_metadataBytes += value.size();
            m_at = At::MetadataValue;
            return !header.metadata.contains(value) || fail("__metadata__ has a key twice");
        }
        for (const auto& [name, flag, next] :
             {std::tuple{"dtype", kHasDtype, At::Dtype}, std::tuple{"shape", kHasShape, At::ShapeStart},
              std::tuple{"data_offsets", kHasOffsets, At::OffsetStart}})
            if (value == name) {
                if (m_has & flag)
                    return fail(fmt::format("tensor {} has {} twice", shownName(entry().name), name));
                m_has |= flag;
                m_at = next;
                return true;
            }
        return fail(
            fmt::format("tensor {} has a field {}, which the format lacks", shownName(entry().name), shownName(value)));
    }

    bool end_object() override {
        if (m_at == At::Tensor)
            return finishTensor();
        m_at = m_at == At::Metadata ? At::Top : At::End;
        return true;
    }

    bool start_array(std::size_t) override {
        if (m_at != At::ShapeStart && m_at != At::OffsetStart)
            return outOfPlace();
        m_at = m_at == At::ShapeStart ? At::ShapeItem : At::OffsetItem;
        return true;
    }

    bool end_array() override {
        if (m_at == At::OffsetItem && m_offsets != 2)
            return outOfPlace();
        m_at = At::Tensor;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
        return fail(fmt::format("its header is not valid JSON at byte {}", position));
    }

    bool fail(const std::string& why) {
        error = Error{ErrorCode::Corrupt,
                      fmt::format("{} is not a usable safetensors file: {}; get the file again", m_file, why), m_file};
        return false;
    }

private:
    // What comes next.
    enum class At {
        Start,
        Top,
        TensorStart,
        Tensor,
        Dtype,
        ShapeStart,
        ShapeItem,
        OffsetStart,
        OffsetItem,
        MetadataStart,
        Metadata,
        MetadataValue,
        End
    };
    enum { kHasDtype = 1, kHasShape = 2, kHasOffsets = 4, kHasAll = 7 };

    SafetensorsHeader::Entry& entry() { return header.entries.back(); }

    bool outOfPlace() {
        if (m_at == At::Start)
            return fail("the header is not an object");
        if (m_at == At::MetadataStart || m_at == At::Metadata || m_at == At::MetadataValue)
            return fail("__metadata__ is not an object of strings");
        if (m_at == At::ShapeItem)
            return fail(fmt::format("tensor {} has an impossible shape", shownName(entry().name)));
        return fail(
            fmt::format("tensor {} has a dtype, shape or data_offsets of the wrong kind", shownName(entry().name)));
    }

    bool topKey(const std::string& name) {
        if (!m_names.insert(name).second)
            return fail(fmt::format("tensor {} comes twice", shownName(name)));
        if (name == "__metadata__") {
            m_at = At::MetadataStart;
            return true;
        }
        if (const std::string why = whyNotAName(name); !why.empty())
            return fail(fmt::format("the tensor name \"{}\" {}", shownName(name), why));
        if (header.entries.size() == kMostTensors)
            return fail(fmt::format("it has more than {} tensors", kMostTensors));
        header.entries.emplace_back().name = name;
        m_has = 0;
        m_offsets = 0;
        m_at = At::TensorStart;
        return true;
    }

    bool dtype(const std::string& value) {
        const auto known =
            std::find_if(std::begin(kDtypes), std::end(kDtypes), [&](const DtypeName& d) { return value == d.name; });
        if (known == std::end(kDtypes)) {
            error =
                Error{ErrorCode::Unsupported,
                      fmt::format("tensor {} of {} has dtype \"{}\"; known are F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL",
                                  entry().name, m_file, shownName(value)),
                      entry().name};
            return false;
        }
        entry().info.dtype = known->type;
        m_at = At::Tensor;
        return true;
    }

    bool finishTensor() {
        const auto& [name, info, begin, end] = entry();
        if (m_has != kHasAll)
            return fail(fmt::format("tensor {} lacks dtype, shape or data_offsets", name));
        const auto size = byteSize(info);
        if (!size)
            return fail(fmt::format("tensor {} has an impossible shape [{}]", name, fmt::join(info.shape, ",")));
        if (begin > end || end > m_dataSize || end - begin != *size)
            return fail(fmt::format("tensor {} of shape [{}] needs {} bytes, its offsets are {} and {} of {}", name,
                                    fmt::join(info.shape, ","), *size, begin, end, m_dataSize));
        m_at = At::Top;
        return true;
    }

    const std::uint64_t m_dataSize;
    const std::string& m_file;
    At m_at = At::Start;
    int m_has = 0;
    int m_offsets = 0;
    std::string m_key;
    std::size_t m_metadataBytes = 0;
    std::unordered_set<std::string> m_names;
};

// Every byte belongs to one tensor: no holes, no overlaps, nothing behind. The format's own rule lets an empty tensor
// begin where another does; readers differ in what that means, so here it does not.
std::string whyNotOneAfterTheOther(const std::vector<SafetensorsHeader::Entry>& entries, std::uint64_t dataSize) {
    std::uint64_t at = 0;
    const SafetensorsHeader::Entry* before = nullptr;
    for (const auto& entry : entries) {
        if (entry.begin != at)
            return fmt::format("tensor {} begins at {}, the one before ends at {}", entry.name, entry.begin, at);
        if (before && before->begin == entry.begin)
            return fmt::format("the empty tensor {} begins where {} does", before->name, entry.name);
        at = entry.end;
        before = &entry;
    }
    return at == dataSize ? "" : fmt::format("its tensors end at {}, the data at {}", at, dataSize);
}

} // namespace

Result<SafetensorsHeader> readSafetensorsHeader(std::string_view text, std::uint64_t dataSize,
                                                const std::string& file) {
    HeaderReader reader(dataSize, file);
    if (nestsDeeperThan(kMostLevels, text)) {
        reader.fail(fmt::format("its header nests deeper than {} levels", kMostLevels));
        return *reader.error;
    }
    if (!json::sax_parse(text, &reader))
        return *reader.error;
    auto& entries = reader.header.entries;
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); });
    if (const std::string why = whyNotOneAfterTheOther(entries, dataSize); !why.empty()) {
        reader.fail(why);
        return *reader.error;
    }
    return std::move(reader.header);
}

const char* safetensorsDtype(at::ScalarType type) {
    for (const DtypeName& d : kDtypes)
        if (d.type == type)
            return d.name;
    return nullptr;
}

} // namespace s1::weights
