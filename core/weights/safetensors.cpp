#include "weights/tensor_file.h"

#include "base/files.h"
#include "base/json.h"
#include "weights/mapped_file.h"

#include <torch/torch.h>

#include <fmt/format.h>

#include <cstring>
#include <fstream>

namespace s1::weights {

namespace {

using nlohmann::json;

struct DtypeName {
    const char* name;
    at::ScalarType type;
};
constexpr DtypeName kDtypes[] = {{"F64", at::kDouble}, {"F32", at::kFloat},  {"F16", at::kHalf},  {"BF16", at::kBFloat16},
                                 {"I64", at::kLong},   {"I32", at::kInt},    {"I16", at::kShort}, {"I8", at::kChar},
                                 {"U8", at::kByte},    {"BOOL", at::kBool}};

Error corrupt(const std::string& file, const std::string& why) {
    return {ErrorCode::Corrupt, fmt::format("{} is not a usable safetensors file: {}; get the file again", file, why), file};
}

class SafetensorsFile final : public TensorFile {
public:
    static Result<TensorFilePtr> open(const std::filesystem::path& path) {
        auto file = std::make_unique<SafetensorsFile>();
        S1_TRY(file->m_map, MappedFile::open(path));
        S1_CHECK(file->readHeader(path.string()));
        return TensorFilePtr(std::move(file));
    }

    Result<at::Tensor> read(const std::string& name) const override {
        const auto offset = m_offsets.find(name);
        if (offset == m_offsets.end())
            return Error{ErrorCode::NotFound, fmt::format("tensor {} is not in {}", name, m_map.path().string()), name};
        const TensorInfo& info = m_tensors.at(name);
        at::Tensor tensor = at::empty(info.shape, at::TensorOptions().dtype(info.dtype));
        if (tensor.nbytes() > 0)
            std::memcpy(tensor.data_ptr(), m_map.bytes().data() + offset->second, tensor.nbytes());
        return tensor;
    }

private:
    Result<void> readHeader(const std::string& name) {
        const std::string_view bytes = m_map.bytes();
        if (bytes.size() < 8)
            return corrupt(name, fmt::format("{} bytes are too few for a header", bytes.size()));
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), 8);
        if (length > bytes.size() - 8)
            return corrupt(name, fmt::format("the header says {} bytes, the file has {}", length, bytes.size()));
        if (length > kMaxHeader)
            return corrupt(name, fmt::format("a header of {} bytes is more than the format's {}", length, kMaxHeader));
        S1_TRY(const json header, parseJson(bytes.substr(8, length), name));
        if (!header.is_object())
            return corrupt(name, "the header is not an object");
        const std::uint64_t dataStart = 8 + length;
        const std::uint64_t dataSize = bytes.size() - dataStart;
        for (const auto& [key, entry] : header.items()) {
            if (key == "__metadata__") {
                if (!entry.is_object())
                    return corrupt(name, "__metadata__ is not an object");
                for (const auto& [k, v] : entry.items())
                    m_metadata[k] = v.is_string() ? v.get<std::string>() : v.dump();
                continue;
            }
            S1_CHECK(readEntry(name, key, entry, dataStart, dataSize));
        }
        // Every byte belongs to one tensor: no holes, no overlaps, nothing behind (the format's own rule).
        std::sort(m_spans.begin(), m_spans.end());
        std::uint64_t at = 0;
        for (const auto& [begin, end, key] : m_spans) {
            if (begin != at)
                return corrupt(name, fmt::format("tensor {} begins at {}, the one before ends at {}", key, begin, at));
            at = end;
        }
        if (at != dataSize)
            return corrupt(name, fmt::format("its tensors end at {}, the data at {}", at, dataSize));
        return {};
    }

    Result<void> readEntry(const std::string& name, const std::string& key, const json& entry, std::uint64_t dataStart,
                           std::uint64_t dataSize) {
        if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() || !entry.contains("shape") ||
            !entry["shape"].is_array() || !entry.contains("data_offsets") || !entry["data_offsets"].is_array() ||
            entry["data_offsets"].size() != 2)
            return corrupt(name, fmt::format("tensor {} lacks dtype, shape or data_offsets", key));
        const auto dtype = std::find_if(std::begin(kDtypes), std::end(kDtypes),
                                        [&](const DtypeName& d) { return entry["dtype"] == d.name; });
        if (dtype == std::end(kDtypes))
            return Error{ErrorCode::Unsupported,
                         fmt::format("tensor {} of {} has dtype {}; known are F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL",
                                     key, name, entry["dtype"].dump()),
                         key};
        TensorInfo info{dtype->type, {}};
        std::uint64_t size = c10::elementSize(dtype->type);
        std::int64_t bound = static_cast<std::int64_t>(size); // empty axes counted as 1, for the strides
        for (const json& n : entry["shape"]) {
            if (!n.is_number_unsigned() || __builtin_mul_overflow(size, n.get<std::uint64_t>(), &size) ||
                __builtin_mul_overflow(bound, std::max<std::uint64_t>(n.get<std::uint64_t>(), 1), &bound))
                return corrupt(name, fmt::format("tensor {} has an impossible shape {}", key, entry["shape"].dump()));
            info.shape.push_back(n.get<std::int64_t>());
        }
        const json &begin = entry["data_offsets"][0], &end = entry["data_offsets"][1];
        if (!begin.is_number_unsigned() || !end.is_number_unsigned() || begin > end || end > dataSize ||
            end.get<std::uint64_t>() - begin.get<std::uint64_t>() != size)
            return corrupt(name, fmt::format("tensor {} of shape {} needs {} bytes, offsets are {} of {}", key,
                                             entry["shape"].dump(), size, entry["data_offsets"].dump(), dataSize));
        m_offsets[key] = dataStart + begin.get<std::uint64_t>();
        m_spans.emplace_back(begin.get<std::uint64_t>(), end.get<std::uint64_t>(), key);
        m_tensors[key] = std::move(info);
        return {};
    }

    static constexpr std::uint64_t kMaxHeader = 100'000'000; // the reference implementation's cap

    MappedFile m_map;
    std::vector<std::tuple<std::uint64_t, std::uint64_t, std::string>> m_spans; // begin, end in the data
    std::map<std::string, std::uint64_t> m_offsets; // from the start of the file
};

const char* dtypeName(at::ScalarType type) {
    for (const DtypeName& d : kDtypes)
        if (d.type == type)
            return d.name;
    return nullptr;
}

} // namespace

Result<TensorFilePtr> openSafetensors(const std::filesystem::path& path) { return SafetensorsFile::open(path); }

Result<void> writeSafetensors(const std::filesystem::path& path, const TensorMap& tensors,
                              const std::map<std::string, std::string>& metadata) {
    json header = json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : tensors) {
        const char* dtype = dtypeName(tensor.scalar_type());
        if (!dtype)
            return Error{ErrorCode::InvalidArgument, fmt::format("tensor {} has a type safetensors lacks", name), name};
        header[name] = {{"dtype", dtype}, {"shape", tensor.sizes().vec()}, {"data_offsets", {offset, offset + tensor.nbytes()}}};
        offset += tensor.nbytes();
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' '); // tensors start aligned
    TemporaryFile temporary(path);
    std::ofstream out(temporary.path(), std::ios::binary);
    if (!out)
        return Error{ErrorCode::CannotCreate, fmt::format("cannot write {}; choose another place", path.string()),
                     path.string()};
    const std::uint64_t length = text.size();
    out.write(reinterpret_cast<const char*>(&length), 8);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    for (const auto& [name, tensor] : tensors) {
        const at::Tensor flat = tensor.cpu().contiguous();
        out.write(static_cast<const char*>(flat.data_ptr()), static_cast<std::streamsize>(flat.nbytes()));
    }
    out.close();
    if (!out)
        return Error{ErrorCode::Io, fmt::format("writing {} failed; free some space", path.string()), path.string()};
    return temporary.commit();
}

} // namespace s1::weights
