#include "weights/pickle.h"
#include "weights/tensor_file.h"

#include <torch/torch.h>

#include <fmt/format.h>
#include <zip.h>

namespace s1::weights {

namespace {

struct ZipCloser {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct EntryCloser {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

struct StorageType {
    const char* name;
    at::ScalarType type;
};
constexpr StorageType kStorages[] = {
    {"HalfStorage", at::kHalf}, {"FloatStorage", at::kFloat}, {"BFloat16Storage", at::kBFloat16},
    {"DoubleStorage", at::kDouble}, {"LongStorage", at::kLong}, {"IntStorage", at::kInt},
    {"ShortStorage", at::kShort}, {"CharStorage", at::kChar}, {"ByteStorage", at::kByte}, {"BoolStorage", at::kBool}};

class TorchZipFile final : public TensorFile {
public:
    static Result<TensorFilePtr> open(const std::filesystem::path& path) {
        auto file = std::make_unique<TorchZipFile>();
        file->m_path = path.string();
        std::error_code ec;
        file->m_size = std::filesystem::file_size(path, ec);
        int code = 0;
        file->m_zip.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
        if (!file->m_zip) {
            if (code == ZIP_ER_NOENT)
                return Error{ErrorCode::NotFound, fmt::format("cannot open {}; check the path", file->m_path), file->m_path};
            return file->corrupt("it is not a torch zip archive");
        }
        S1_CHECK(file->readIndex());
        return TensorFilePtr(std::move(file));
    }

    Result<at::Tensor> read(const std::string& name) const override {
        const auto it = m_specs.find(name);
        if (it == m_specs.end())
            return Error{ErrorCode::NotFound, fmt::format("tensor {} is not in {}", name, m_path), name};
        const PickleTensor& spec = it->second;
        const auto dtype = m_tensors.at(name).dtype;
        at::Tensor storage = at::empty({spec.storage.elements}, at::TensorOptions().dtype(dtype));
        const std::string entry = m_prefix + "data/" + spec.storage.key;
        std::unique_ptr<zip_file_t, EntryCloser> stream(zip_fopen(m_zip.get(), entry.c_str(), 0));
        const auto size = static_cast<zip_int64_t>(storage.nbytes());
        if (!stream || zip_fread(stream.get(), storage.data_ptr(), storage.nbytes()) != size)
            return corrupt(fmt::format("storage {} of tensor {} is cut short", spec.storage.key, name));
        return storage.as_strided(spec.shape, spec.stride, spec.offset).contiguous().clone();
    }

private:
    Error corrupt(const std::string& why) const {
        return {ErrorCode::Corrupt, fmt::format("{} cannot be read as weights: {}; get the file again", m_path, why), m_path};
    }

    Result<void> readIndex() {
        // The archive's folder has any name; data.pkl marks it.
        const auto count = zip_get_num_entries(m_zip.get(), 0);
        std::string program;
        for (zip_int64_t i = 0; i < count && program.empty(); ++i) {
            const char* raw = zip_get_name(m_zip.get(), static_cast<zip_uint64_t>(i), 0);
            const std::string name = raw ? raw : "";
            if (name != "data.pkl" && !name.ends_with("/data.pkl"))
                continue;
            m_prefix = name.substr(0, name.size() - 8);
            zip_stat_t stat;
            if (zip_stat_index(m_zip.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0 || stat.size > kMaxPickle ||
                stat.comp_method != ZIP_CM_STORE)
                return corrupt("its data.pkl has an impossible size");
            program.resize(stat.size);
            std::unique_ptr<zip_file_t, EntryCloser> stream(zip_fopen_index(m_zip.get(), static_cast<zip_uint64_t>(i), 0));
            if (!stream || zip_fread(stream.get(), program.data(), stat.size) != static_cast<zip_int64_t>(stat.size))
                return corrupt("its data.pkl is cut short");
        }
        if (program.empty())
            return corrupt("it has no data.pkl");
        S1_TRY(const PicklePtr root, readPickle(program, m_path));
        const auto* dict = std::get_if<PickleDict>(&root->data);
        if (!dict)
            return corrupt("it is not a dictionary of tensors");
        for (const auto& [key, value] : dict->items) {
            const auto* name = std::get_if<std::string>(&key->data);
            const auto* tensor = std::get_if<PickleTensor>(&value->data);
            if (!name || !tensor)
                return corrupt("an entry is not a named tensor");
            S1_CHECK(addTensor(*name, *tensor));
        }
        return {};
    }

    Result<void> addTensor(const std::string& name, const PickleTensor& tensor) {
        const auto type = std::find_if(std::begin(kStorages), std::end(kStorages),
                                       [&](const StorageType& s) { return tensor.storage.type == s.name; });
        if (type == std::end(kStorages))
            return Error{ErrorCode::Unsupported,
                         fmt::format("tensor {} of {} has storage {}, which is unknown", name, m_path, tensor.storage.type),
                         name};
        if (tensor.shape.size() != tensor.stride.size() || tensor.offset < 0 || tensor.storage.elements < 0)
            return corrupt(fmt::format("tensor {} contradicts itself", name));
        std::int64_t last = tensor.offset; // highest element touched
        bool empty = false;
        std::int64_t numel = 1, bound = 1; // bound counts empty axes as 1
        for (std::size_t d = 0; d < tensor.shape.size(); ++d) {
            std::int64_t reach = 0;
            if (tensor.shape[d] < 0 || tensor.stride[d] < 0 ||
                __builtin_mul_overflow(tensor.shape[d] - 1, tensor.stride[d], &reach) ||
                __builtin_add_overflow(last, reach, &last) ||
                __builtin_mul_overflow(bound, std::max<std::int64_t>(tensor.shape[d], 1), &bound))
                return corrupt(fmt::format("tensor {} has an impossible shape", name));
            empty = empty || tensor.shape[d] == 0;
            numel *= tensor.shape[d];
        }
        zip_stat_t stat;
        const std::string entry = m_prefix + "data/" + tensor.storage.key;
        if (zip_stat(m_zip.get(), entry.c_str(), 0, &stat) != 0)
            return corrupt(fmt::format("the data of tensor {} is missing", name));
        if (stat.comp_method != ZIP_CM_STORE || stat.comp_size != stat.size || stat.size > m_size)
            return corrupt(fmt::format("the data of tensor {} is compressed", name));
        std::uint64_t bytes = 0;
        if (__builtin_mul_overflow(static_cast<std::uint64_t>(tensor.storage.elements),
                                   static_cast<std::uint64_t>(c10::elementSize(type->type)), &bytes) ||
            bytes > stat.size || numel > tensor.storage.elements ||
            (!empty && last >= tensor.storage.elements))
            return corrupt(fmt::format("tensor {} reaches past its {} stored bytes", name, stat.size));
        m_tensors[name] = TensorInfo{type->type, tensor.shape};
        m_specs[name] = tensor;
        return {};
    }

    static constexpr zip_uint64_t kMaxPickle = 256u << 20;

    std::string m_path;
    std::uintmax_t m_size = 0;
    std::string m_prefix; // "archive/"
    std::unique_ptr<zip_t, ZipCloser> m_zip;
    std::map<std::string, PickleTensor> m_specs;
};

} // namespace

Result<TensorFilePtr> openTorchZip(const std::filesystem::path& path) { return TorchZipFile::open(path); }

} // namespace s1::weights
