#include "engine/engine.h"

#include "base/stop.h"
#include "cascade/model_set.h"
#include "engine/generate_job.h"
#include "engine/job_queue.h"
#include "engine/light_jobs.h"
#include "engine/model_jobs.h"
#include "engine/model_registry.h"
#include "media/clip_writer.h"
#include "nn/device.h"
#include "weights/guard.h"

#include <ATen/Parallel.h>

#include <fmt/format.h>

#include <atomic>
#include <cstdlib>

namespace s1 {

namespace fs = std::filesystem;

namespace {

fs::path defaultCacheFolder() {
    if (const char* xdg = std::getenv("XDG_CACHE_HOME"); xdg && *xdg)
        return fs::path(xdg) / "show1-studio";
    const char* home = std::getenv("HOME");
    return fs::path(home && *home ? home : "/tmp") / ".cache" / "show1-studio";
}

class StudioEngine final : public Engine {
public:
    // memory: of the processor's networks; gpu: of a GPU's, where one generates.
    StudioEngine(EngineOptions options, weights::WeightMemory memory, std::optional<weights::WeightMemory> gpu, EventSink sink)
        : m_sink(std::move(sink)), m_memory(memory), m_gpu(gpu), m_checkpointSeconds(options.checkpointSeconds), m_registry(findResourceFolder(options.resourceFolder)),
          m_cacheFolder(options.cacheFolder.empty() ? defaultCacheFolder() : options.cacheFolder), m_timings(m_cacheFolder / (gpu ? "timings-gpu.json" : "timings.json")),
          m_threads(options.threads > 0 ? options.threads : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()))) {}

    JobId submit(JobRequest request) override {
        const JobId id = ++m_lastId;
        const bool heavy = std::holds_alternative<GenerateRequest>(request) || std::holds_alternative<MotionLearnRequest>(request);
        (heavy ? m_compute : isModelJob(request) ? m_library : m_io).submit(id, [this, id, request = std::move(request)](std::stop_token stop) { run(id, request, stop); });
        return id;
    }

    void cancel(JobId job) override {
        m_compute.cancel(job);
        m_io.cancel(job);
        m_library.cancel(job);
    }

    std::vector<ModelInfo> models() const override { return m_registry.models(); }

    Forecast forecast(ModelKind kind, const CascadePlan& plan) const override {
        Forecast forecast;
        for (const StageId stage : kStages)
            forecast.seconds += m_timings.forecast(kind, stage, plan[stage]);
        const StagePlan& first = plan[StageId::Keyframes];
        forecast.firstPreviewSeconds = m_timings.forecast(kind, StageId::Keyframes, first) / std::max(1, first.steps) + 1;
        forecast.memoryGiB = kind == ModelKind::Embedded ? 1.5 : 12;
        return forecast;
    }

    std::vector<ExportFormatInfo> exportFormats() const override {
        std::vector<ExportFormatInfo> formats;
        for (const auto& format : s1::exportFormats())
            formats.push_back({std::string(format.id), std::string(format.title), std::string(format.extension), format.lossless, isAvailable(format)});
        return formats;
    }

    DeviceInfo device() const override {
        if (m_gpu)
            return {fmt::format("GPU {}", int{m_gpu->device.index()}), true};
        return {fmt::format("CPU, {} thread{}", m_threads, m_threads == 1 ? "" : "s"), false, m_threads};
    }

private:
    // The end of a job is exactly one of Succeeded, Failed, Cancelled.
    void run(JobId id, const JobRequest& request, std::stop_token stop) {
        const auto emit = [&](JobEvent event) {
            if (m_sink)
                m_sink(id, event);
        };
        if (stop.stop_requested()) {
            emit(Cancelled{});
            return;
        }
        emit(JobStarted{});
        const auto status = weights::guarded([&] { return dispatch(request, emit, stop); });
        if (status)
            return;
        if (status.error().code == ErrorCode::Cancelled)
            emit(Cancelled{});
        else
            emit(Failed{status.error()});
    }

    Result<void> dispatch(const JobRequest& request, const std::function<void(JobEvent)>& emit, std::stop_token stop) {
        const auto light = [&](Result<Succeeded> result) -> Result<void> {
            if (!result)
                return std::move(result).error();
            emit(std::move(*result));
            return {};
        };
        if (const auto* job = std::get_if<ExportRequest>(&request))
            return light(runExport(*job, stop));
        if (const auto* job = std::get_if<OpenRequest>(&request))
            return light(runOpen(*job));
        if (const auto* job = std::get_if<DescribePromptRequest>(&request))
            return light(runDescribePrompt(*job, m_registry));
        if (isModelJob(request)) {
            auto done = runModelJob(request, m_registry, emit, stop);
            if (std::holds_alternative<AddModelRequest>(request) || std::holds_alternative<RemoveModelRequest>(request))
                m_foldersChanged = true;
            return light(std::move(done));
        }
        at::set_num_threads(m_threads);
        const JobContext context{.timings = m_timings,
                                 .cacheFolder = m_cacheFolder,
                                 .checkpointSeconds = m_checkpointSeconds,
                                 .rounding = (m_memory.storage ? std::string(c10::toString(*m_memory.storage)) : "") + (m_gpu ? " gpu" : ""),
                                 .models = [&](const std::string& model) { const StopScope stopScope(stop); return open(model, std::holds_alternative<GenerateRequest>(request) ? m_gpu.value_or(m_memory) : m_memory); },
                                 .emit = emit,
                                 .stop = stop};
        if (const auto* job = std::get_if<GenerateRequest>(&request))
            return runGenerate(*job, context);
        return runMotionLearn(std::get<MotionLearnRequest>(request), context);
    }

    // The set last used stays open: the next run need not load it again. Engine thread only.
    Result<cascade::ModelSet*> open(const std::string& model, const weights::WeightMemory& memory) {
        S1_TRY(const fs::path folder, m_registry.resolve(model));
        if (m_foldersChanged.exchange(false)) // the same name may lead elsewhere now
            m_open.reset();
        if (!m_open || m_open->root() != folder) {
            S1_TRY(auto set, cascade::ModelSet::open(folder));
            m_open = std::make_unique<cascade::ModelSet>(std::move(set));
        }
        m_open->setMemory(memory);
        return m_open.get();
    }

    EventSink m_sink;
    weights::WeightMemory m_memory;
    std::optional<weights::WeightMemory> m_gpu;
    double m_checkpointSeconds;
    ModelRegistry m_registry;
    fs::path m_cacheFolder;
    Timings m_timings;
    int m_threads;
    std::atomic<JobId> m_lastId = 0;
    std::atomic_bool m_foldersChanged = false;
    std::unique_ptr<cascade::ModelSet> m_open;
    JobQueue m_io, m_library, m_compute{JobQueue::Priority::Background}; // last: their threads end before anything they use
};

} // namespace

Result<std::unique_ptr<Engine>> createEngine(EngineOptions options, EventSink sink) {
    S1_TRY(const at::Device device, nn::openDevice(options.device)); // before the first tensor
    S1_TRY(const auto memory, weights::weightMemory(options.dtype, options.maxRamGiB));
    std::optional<weights::WeightMemory> gpu;
    if (!device.is_cpu()) {
        nn::computeExactly();
        S1_TRY(gpu, weights::weightMemory(options.dtype, options.maxVramGiB));
        gpu->bytes = std::min(gpu->bytes.value_or(UINT64_MAX), nn::freeMemory(device));
        gpu->device = device;
    }
    return std::unique_ptr<Engine>(std::make_unique<StudioEngine>(std::move(options), memory, gpu, std::move(sink)));
}

} // namespace s1
