#include "weights/summary.h"

#include "weights/safetensors_header.h"
#include "weights/tensor_file.h"

namespace s1::weights {

namespace {

Result<Summary> summarize(Result<TensorFilePtr> opened) {
    S1_TRY(const auto file, std::move(opened));
    Summary summary{.metadata = file->metadata()};
    for (const auto& [name, info] : file->tensors()) {
        const auto elements = static_cast<std::uint64_t>(c10::multiply_integers(info.shape));
        const char* type = safetensorsDtype(info.dtype);
        ++summary.tensors[type ? type : c10::toString(info.dtype)];
        summary.parameters += elements;
        summary.storedBytes += elements * c10::elementSize(info.dtype);
        summary.f32Bytes += elements * sizeof(float);
    }
    return summary;
}

} // namespace

Result<Summary> summarizeFile(const std::filesystem::path& file) {
    return summarize(openTensorFile(file));
}

Result<Summary> summarizeComponent(const std::filesystem::path& folder) {
    return summarize(openComponentWeights(folder));
}

} // namespace s1::weights
