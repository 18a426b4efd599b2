#include "nn/cuda/recording.h"

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>

namespace s1::nn {

namespace {

// All take turns in one pool: of what a recording needs in between nothing is left when another one plays.
at::cuda::MempoolId_t sharedPool() {
    static const at::cuda::MempoolId_t pool = at::cuda::graph_pool_handle();
    return pool;
}

class Graph final : public GpuRecording {
public:
    explicit Graph(const std::function<void()>& work) {
        C10_CUDA_CHECK(cudaDeviceSynchronize());
        c10::cuda::CUDACachingAllocator::emptyCache(); // the pool takes its own
        const c10::cuda::CUDAStreamGuard aside(c10::cuda::getStreamFromPool());
        m_graph.capture_begin(sharedPool(), cudaStreamCaptureModeThreadLocal); // threads that prepare steps go on
        work();
        m_graph.capture_end();
    }
    void play() override { m_graph.replay(); }

private:
    at::cuda::CUDAGraph m_graph;
};

} // namespace

cudaStream_t currentStream() { return c10::cuda::getCurrentCUDAStream().stream(); }

std::unique_ptr<GpuRecording> record(const std::function<void()>& work) { return std::make_unique<Graph>(work); }

} // namespace s1::nn
