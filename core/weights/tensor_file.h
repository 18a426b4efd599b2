#pragma once

#include "base/result.h"

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace s1::weights {

struct TensorInfo {
    at::ScalarType dtype = at::kFloat;
    std::vector<std::int64_t> shape;
};

// Named tensors on disk, read one at a time. Untrusted input: sizes are checked against the file before anything is
// allocated, and nothing in a file is ever executed. Reading may be done from several threads at once; it notices a file
// that was replaced or written to since it was opened.
class TensorFile {
public:
    virtual ~TensorFile() = default;

    const std::string& name() const { return m_name; } // the path, for messages
    const std::map<std::string, TensorInfo>& tensors() const { return m_tensors; }
    const std::map<std::string, std::string>& metadata() const { return m_metadata; }

    // As stored (dtype, shape), contiguous, owning its memory. NotFound for an unknown name.
    virtual Result<at::Tensor> read(const std::string& name) const = 0;

protected:
    std::string m_name;
    std::map<std::string, TensorInfo> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

using TensorFilePtr = std::unique_ptr<TensorFile>;

Result<TensorFilePtr> openSafetensors(const std::filesystem::path& path);
// torch.save archives (.bin): a zip with a pickle, whose small grammar is interpreted as data.
Result<TensorFilePtr> openTorchZip(const std::filesystem::path& path);
// Either of them, told apart by content, or an *.index.json with its shards beside it.
Result<TensorFilePtr> openTensorFile(const std::filesystem::path& path);
// The weights of a diffusers or transformers component folder, in the order of show1.md 6: safetensors before .bin,
// plain before the fp16 variant, one file before shards.
Result<TensorFilePtr> openComponentWeights(const std::filesystem::path& folder);

// Every tensor of a file; for small files (golden cases, motions).
using TensorMap = std::map<std::string, at::Tensor>;
Result<TensorMap> readAll(const TensorFile& file);
Result<TensorMap> readSafetensors(const std::filesystem::path& path);

// Each tensor aligned to its elements, by temporary file, fsync and rename. InvalidArgument for what could not be read
// back: a name, rank or type the format lacks, or a second empty tensor.
Result<void> writeSafetensors(const std::filesystem::path& path, const TensorMap& tensors,
                              const std::map<std::string, std::string>& metadata = {});
// The same for more than memory holds: of tensors only shape and type count, value makes one at a time.
Result<void> writeSafetensors(const std::filesystem::path& path, const TensorMap& tensors,
                              const std::function<at::Tensor(const std::string& name)>& value,
                              const std::map<std::string, std::string>& metadata = {});

} // namespace s1::weights
