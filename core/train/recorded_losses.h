#pragma once

#include "nn/gpu_layers.h"
#include "train/denoising.h"
#include "train/gradient.h"

#include <map>

namespace s1::train {

// Losses on a GPU and their gradients. Those of samples that differ in their numbers alone are recorded when they come for the
// second time: a step is thousands of small pieces of work, which take longer to start than to do.
class RecordedLosses {
public:
    using Loss = std::function<at::Tensor(const NoisySample&)>;
    RecordedLosses(std::vector<at::Tensor> parameters, at::Device device, Loss loss); // loss of a sample on the device

    // shown: pinned. Gradients that come along are good until the next call. A loss without is gone by then, or LibTorch, which
    // ties what its graph holds to a stream, cannot record.
    Cost operator()(const NoisySample& shown);

private:
    struct Recording {
        NoisySample shown;
        Cost cost;
        std::int64_t operations = 0;
        std::unique_ptr<nn::GpuRecording> work; // none yet: seen once
    };
    void record(Recording& recording, const NoisySample& shown);

    std::vector<at::Tensor> m_parameters;
    at::Device m_device;
    Loss m_loss;
    std::map<std::string, Recording> m_recordings; // by what kindOf says
};

} // namespace s1::train
