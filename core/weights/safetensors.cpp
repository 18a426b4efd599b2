#include "weights/tensor_file.h"

#include "base/files.h"
#include "base/input_file.h"
#include "base/json.h"
#include "weights/safetensors_header.h"
#include "weights/tensor_rules.h"

#include <torch/torch.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>

namespace s1::weights {

namespace {

using nlohmann::json;

class SafetensorsFile final : public TensorFile {
public:
    static Result<TensorFilePtr> open(const std::filesystem::path& path) {
        auto file = std::make_unique<SafetensorsFile>();
        S1_TRY(file->m_file, InputFile::open(path));
        file->m_name = path.string();
        S1_CHECK(file->readHeader());
        return TensorFilePtr(std::move(file));
    }

    Result<at::Tensor> read(const std::string& name) const override {
        const auto offset = m_offsets.find(name);
        if (offset == m_offsets.end())
            return Error{ErrorCode::NotFound, fmt::format("tensor {} is not in {}", name, m_name), name};
        S1_TRY(const at::Tensor tensor, allocate(name, m_tensors.at(name)));
        S1_CHECK(m_file.read(offset->second, tensor.data_ptr(), tensor.nbytes()));
        S1_CHECK(m_file.checkUnchanged());
        S1_CHECK(checkBooleans(name, tensor));
        return tensor;
    }

private:
    Error corrupt(const std::string& why) const {
        return {ErrorCode::Corrupt,
                fmt::format("{} is not a usable safetensors file: {}; get the file again", m_name, why), m_name};
    }

    Result<void> readHeader() {
        char head[512] = {};
        S1_TRY(const std::size_t headSize, m_file.readUpTo(0, head, sizeof head));
        std::uint64_t length = 0;
        std::memcpy(&length, head, sizeof length);
        const bool fits = headSize >= sizeof length && length <= kMaxHeader && length <= m_file.size() - sizeof length;
        if (const auto foreign = fits ? std::nullopt : foreignFormat({head, headSize}, m_name))
            return *foreign;
        if (headSize < sizeof length)
            return corrupt(fmt::format("{} bytes are too few for a header", headSize));
        if (length > kMaxHeader)
            return corrupt(fmt::format("a header of {} bytes is more than the format's {}", length, kMaxHeader));
        if (!fits)
            return corrupt(fmt::format("the header says {} bytes, the file has {}", length, m_file.size()));
        std::string text(length, '\0');
        S1_CHECK(m_file.read(sizeof length, text.data(), length));
        const std::uint64_t dataStart = sizeof length + length;
        S1_TRY(SafetensorsHeader header, readSafetensorsHeader(text, m_file.size() - dataStart, m_name));
        for (auto& entry : header.entries) {
            m_offsets[entry.name] = dataStart + entry.begin;
            m_tensors[entry.name] = std::move(entry.info);
        }
        m_metadata = std::move(header.metadata);
        return {};
    }

    static constexpr std::uint64_t kMaxHeader = 100'000'000; // the reference implementation's cap

    InputFile m_file;
    std::map<std::string, std::uint64_t> m_offsets; // from the start of the file
};

// Large elements first, so that each tensor is aligned to its own; an empty one last, where it shares no place.
std::vector<std::pair<std::string, at::Tensor>> inDataOrder(const TensorMap& tensors) {
    std::vector<std::pair<std::string, at::Tensor>> order(tensors.begin(), tensors.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        const auto rank = [](const at::Tensor& t) { return t.numel() == 0 ? 0 : t.element_size(); };
        return rank(a.second) > rank(b.second);
    });
    return order;
}

// The same rules as for reading: what is written can be read.
Result<void> checkWritable(const TensorMap& tensors, const std::map<std::string, std::string>& metadata) {
    const auto invalid = [](const std::string& message, const std::string& name) {
        return Error{ErrorCode::InvalidArgument, message, name};
    };
    std::string empty;
    for (const auto& [name, tensor] : tensors) {
        if (!safetensorsDtype(tensor.scalar_type()))
            return invalid(fmt::format("tensor {} has a type safetensors lacks", name), name);
        if (const std::string why = whyNotAName(name); !why.empty() || name == "__metadata__")
            return invalid(fmt::format("the tensor name \"{}\" {}", shownName(name), why.empty() ? "is taken" : why),
                           name);
        if (tensor.dim() > static_cast<std::int64_t>(kMostRank))
            return invalid(
                fmt::format("tensor {} has {} axes, at most {} can be stored", name, tensor.dim(), kMostRank), name);
        if (tensor.numel() == 0 && !std::exchange(empty, name).empty())
            return invalid(fmt::format("tensor {} is empty like another, and only one can be stored", name), name);
    }
    std::size_t bytes = 0;
    for (const auto& [key, value] : metadata)
        bytes += key.size() + value.size();
    if (bytes > kMostMetadataBytes || tensors.size() > kMostTensors)
        return invalid(fmt::format("{} tensors and {} bytes of metadata are more than the {} and {} that can be stored",
                                   tensors.size(), bytes, kMostTensors, kMostMetadataBytes),
                       "metadata");
    return {};
}

} // namespace

Result<TensorFilePtr> openSafetensors(const std::filesystem::path& path) {
    return SafetensorsFile::open(path);
}

Result<void> writeSafetensors(const std::filesystem::path& path, const TensorMap& tensors,
                              const std::map<std::string, std::string>& metadata) {
    return writeSafetensors(path, tensors, [&](const std::string& name) { return tensors.at(name); }, metadata);
}

Result<void> writeSafetensors(const std::filesystem::path& path, const TensorMap& tensors,
                              const std::function<at::Tensor(const std::string& name)>& value,
                              const std::map<std::string, std::string>& metadata) {
    S1_CHECK(checkWritable(tensors, metadata));
    const auto order = inDataOrder(tensors);
    json header = json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : order) {
        header[name] = {{"dtype", safetensorsDtype(tensor.scalar_type())},
                        {"shape", tensor.sizes().vec()},
                        {"data_offsets", {offset, offset + tensor.nbytes()}}};
        offset += tensor.nbytes();
    }
    std::string text = header.dump(-1, ' ', false, json::error_handler_t::replace); // metadata may be any bytes
    text.append((8 - text.size() % 8) % 8, ' ');                                    // tensors start aligned
    TemporaryFile temporary(path);
    std::ofstream out(temporary.path(), std::ios::binary);
    if (!out)
        return Error{ErrorCode::CannotCreate, fmt::format("cannot write {}; choose another place", path.string()),
                     path.string()};
    const std::uint64_t length = text.size();
    out.write(reinterpret_cast<const char*>(&length), sizeof length);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    for (const auto& [name, tensor] : order) {
        const at::Tensor flat = value(name).cpu().contiguous();
        TORCH_CHECK(flat.sizes() == tensor.sizes() && flat.scalar_type() == tensor.scalar_type(), name, " is another tensor than was said");
        out.write(static_cast<const char*>(flat.data_ptr()), static_cast<std::streamsize>(flat.nbytes()));
    }
    out.close();
    if (!out)
        return Error{ErrorCode::Io, fmt::format("writing {} failed; free some space", path.string()), path.string()};
    return temporary.commitDurably();
}

} // namespace s1::weights
