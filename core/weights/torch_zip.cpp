#include "weights/pickle.h"
#include "weights/tensor_file.h"
#include "weights/tensor_rules.h"
#include "weights/zip_directory.h"

#include <torch/torch.h>

#include <fmt/format.h>

namespace s1::weights {

namespace {

struct StorageType {
    const char* name;
    at::ScalarType type;
};
constexpr StorageType kStorages[] = {{"HalfStorage", at::kHalf},         {"FloatStorage", at::kFloat},
                                     {"BFloat16Storage", at::kBFloat16}, {"DoubleStorage", at::kDouble},
                                     {"LongStorage", at::kLong},         {"IntStorage", at::kInt},
                                     {"ShortStorage", at::kShort},       {"CharStorage", at::kChar},
                                     {"ByteStorage", at::kByte},         {"BoolStorage", at::kBool}};

class TorchZipFile final : public TensorFile {
public:
    static Result<TensorFilePtr> open(const std::filesystem::path& path) {
        auto file = std::make_unique<TorchZipFile>();
        S1_TRY(file->m_file, InputFile::open(path));
        file->m_name = path.string();
        char head[512] = {};
        S1_TRY(const std::size_t headSize, file->m_file.readUpTo(0, head, sizeof head));
        if (const auto foreign = foreignFormat({head, headSize}, file->m_name))
            return *foreign;
        S1_TRY(file->m_entries, readZipDirectory(file->m_file));
        S1_CHECK(file->readProgram());
        return TensorFilePtr(std::move(file));
    }

    Result<at::Tensor> read(const std::string& name) const override {
        const auto it = m_specs.find(name);
        if (it == m_specs.end())
            return Error{ErrorCode::NotFound, fmt::format("tensor {} is not in {}", name, m_name), name};
        const auto& [tensor, entry] = it->second;
        S1_TRY(const at::Tensor storage, allocate(name, {m_tensors.at(name).dtype, {tensor.storage.elements}}));
        S1_CHECK(readZipEntry(m_file, entry, "data/" + tensor.storage.key, storage.data_ptr()));
        S1_CHECK(m_file.checkUnchanged());
        S1_CHECK(checkBooleans(name, storage));
        return storage.as_strided(tensor.shape, tensor.stride, tensor.offset).contiguous().clone();
    }

private:
    Error corrupt(const std::string& why) const {
        return {ErrorCode::Corrupt, fmt::format("{} cannot be read as weights: {}; get the file again", m_name, why),
                m_name};
    }

    // The archive's folder has any name; data.pkl marks it.
    Result<std::string> findFolder() const {
        std::vector<std::string> folders;
        for (const auto& [name, entry] : m_entries)
            if (name == "data.pkl" || name.ends_with("/data.pkl"))
                folders.push_back(name.substr(0, name.size() - 8));
        if (folders.size() != 1)
            return corrupt(folders.empty() ? "it has no data.pkl" : "it has two data.pkl");
        for (const auto& [name, entry] : m_entries)
            if (name.starts_with(folders[0] + "code/"))
                return Error{
                    ErrorCode::Unsupported,
                    fmt::format("{} is a TorchScript program, which is never run; use the diffusers folder", m_name),
                    m_name};
        return folders[0];
    }

    Result<void> readProgram() {
        S1_TRY(const std::string folder, findFolder());
        const ZipEntry& entry = m_entries.at(folder + "data.pkl");
        if (entry.size == 0 || entry.size > kMostProgramBytes)
            return corrupt(fmt::format("its data.pkl has {} bytes, as no state dict has", entry.size));
        std::string program(entry.size, '\0');
        S1_CHECK(readZipEntry(m_file, entry, "data.pkl", program.data()));
        S1_TRY(const PicklePtr root, readPickle(program, m_name));
        const auto* dict = std::get_if<PickleDict>(&root->data);
        if (!dict)
            return corrupt("it is not a dictionary of tensors");
        for (const auto& [key, value] : dict->items) {
            const auto* name = std::get_if<std::string>(&key->data);
            const auto* tensor = std::get_if<PickleTensor>(&value->data);
            if (!name || !tensor)
                return corrupt("an entry is not a named tensor, as in checkpoints with more than weights");
            S1_CHECK(addTensor(folder, *name, *tensor));
        }
        return {};
    }

    Result<void> addTensor(const std::string& folder, const std::string& name, const PickleTensor& tensor) {
        if (const std::string why = whyNotAName(name); !why.empty())
            return corrupt(fmt::format("the tensor name \"{}\" {}", shownName(name), why));
        if (m_tensors.size() == kMostTensors)
            return corrupt(fmt::format("it has more than {} tensors", kMostTensors));
        const auto type = std::find_if(std::begin(kStorages), std::end(kStorages),
                                       [&](const StorageType& s) { return tensor.storage.type == s.name; });
        if (type == std::end(kStorages))
            return Error{
                ErrorCode::Unsupported,
                fmt::format("tensor {} of {} has storage {}, which is unknown", name, m_name, tensor.storage.type),
                name};
        const TensorInfo info{type->type, tensor.shape};
        const std::string why = whyOutside(info, tensor);
        if (!why.empty())
            return corrupt(fmt::format("tensor {} {}", name, why));
        const auto entry = m_entries.find(folder + "data/" + tensor.storage.key);
        if (entry == m_entries.end())
            return corrupt(fmt::format("the data of tensor {} is missing", name));
        const auto bytes = byteSize({type->type, {tensor.storage.elements}});
        if (bytes != entry->second.size)
            return corrupt(fmt::format("tensor {} needs a storage of {} {} elements, {} bytes are stored", name,
                                       tensor.storage.elements, type->name, entry->second.size));
        if (!m_tensors.emplace(name, info).second)
            return corrupt(fmt::format("tensor {} comes twice", name));
        m_specs[name] = {tensor, entry->second};
        return {};
    }

    // Whether the tensor's elements are among those of its storage.
    static std::string whyOutside(const TensorInfo& info, const PickleTensor& tensor) {
        const auto size = byteSize(info);
        const std::int64_t elements = tensor.storage.elements;
        if (!size || tensor.shape.size() != tensor.stride.size() || tensor.offset < 0 || elements < 0)
            return "contradicts itself";
        std::int64_t last = tensor.offset; // highest element touched
        for (std::size_t d = 0; d < tensor.shape.size(); ++d) {
            std::int64_t reach = 0;
            if (tensor.stride[d] < 0 || __builtin_mul_overflow(tensor.shape[d] - 1, tensor.stride[d], &reach) ||
                __builtin_add_overflow(last, reach, &last))
                return "has an impossible stride";
        }
        const std::uint64_t numel = *size / c10::elementSize(info.dtype);
        if (tensor.offset > elements || numel > static_cast<std::uint64_t>(elements) || (numel > 0 && last >= elements))
            return fmt::format("reaches past the {} elements of its storage", elements);
        return {};
    }

    static constexpr std::uint64_t kMostProgramBytes = 32u << 20; // the largest published one has 0.2 MiB

    struct Spec {
        PickleTensor tensor;
        ZipEntry entry;
    };

    InputFile m_file;
    ZipDirectory m_entries;
    std::map<std::string, Spec> m_specs;
};

} // namespace

Result<TensorFilePtr> openTorchZip(const std::filesystem::path& path) {
    return TorchZipFile::open(path);
}

} // namespace s1::weights
