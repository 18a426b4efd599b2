#include "nn/parallel.h"

#include "base/stop.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <future>
#include <vector>

namespace s1::nn {

namespace {

struct ThreadCount {
    explicit ThreadCount(int wanted) { at::set_num_threads(wanted); }
    ~ThreadCount() { at::set_num_threads(before); }
    ThreadCount(const ThreadCount&) = delete;
    ThreadCount& operator=(const ThreadCount&) = delete;
    const int before = at::get_num_threads();
};

} // namespace

void inParts(std::int64_t count, const std::function<void(std::int64_t begin, std::int64_t end)>& work) {
    const int threads = at::get_num_threads();
    const auto parts = std::min<std::int64_t>(count, threads);
    if (parts <= 1) {
        if (count > 0)
            work(0, count);
        return;
    }
    const bool gradients = c10::GradMode::is_enabled(), inference = c10::InferenceMode::is_enabled();
    const int each = std::max(1, threads / static_cast<int>(parts));
    const auto run = [&, stop = currentStop()](std::int64_t part) {
        const StopScope stopScope(stop);
        const c10::InferenceMode inferenceMode(inference);
        const c10::AutoGradMode gradMode(gradients);
        work(count * part / parts, count * (part + 1) / parts);
    };
    const ThreadCount share(each);
    std::vector<std::future<void>> others; // their destructors wait
    for (std::int64_t part = 1; part < parts; ++part)
        others.push_back(std::async(std::launch::async, [&run, each, part] {
            at::set_num_threads(each);
            run(part);
        }));
    run(0);
    for (auto& other : others)
        other.get();
}

void inParts(const c10::Device& device, std::int64_t count, const std::function<void(std::int64_t begin, std::int64_t end)>& work) {
    if (device.is_cpu())
        inParts(count, work);
    else if (count > 0)
        work(0, count);
}

} // namespace s1::nn
