#include "base/clock.h"
#include "nn/precision.h"
#include "nn/work.h"
#include "train/block_cache.h"
#include "train/gradient.h"
#include "train/processes.h"
#include "train/task.h"
#include "train/train.h"
#include "weights/guard.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <future>

namespace s1::train {

namespace fs = std::filesystem;

namespace {

constexpr double kStop = 2; // a progress, said by a process that was told to stop

double schedule(std::int64_t step, double progress) {
    constexpr double kWarmUp = 100;
    const double warm = std::min(1.0, static_cast<double>(step + 1) / kWarmUp);
    return warm * (0.05 + 0.95 * 0.5 * (1 + std::cos(M_PI * std::min(progress, 1.0))));
}

// The share of the run that is done, over interruptions.
class Clock {
public:
    Clock(const TrainOptions& options, double secondsBefore) : m_options(options), m_before(secondsBefore) {}
    double seconds() const { return m_before + secondsSince(m_start); }
    double progress(std::int64_t step) const {
        return m_options.steps > 0 ? static_cast<double>(step) / static_cast<double>(m_options.steps) : seconds() / (60 * m_options.minutes);
    }
    double secondsLeft(std::int64_t step) const {
        const double done = progress(step);
        return done > 0 ? seconds() * (1 - done) / done : 0;
    }

private:
    const TrainOptions& m_options;
    double m_before;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

// What the log says every ten seconds of the steps since it last said something.
class Log {
public:
    using Report = std::function<void(const TrainProgress&)>;
    Log(Report report, const TrainingTask& task, const Clock& clock) : m_report(std::move(report)), m_task(task), m_clock(clock) {}

    void add(std::int64_t step, double loss, int samples) {
        ++m_steps;
        m_loss += loss;
        m_samples += samples;
        m_last = step;
        if (secondsSince(m_start) > 10)
            say();
    }

    // What is left to say.
    void say() {
        if (m_steps == 0)
            return;
        const double seconds = secondsSince(m_start);
        constexpr int kLinesPerNote = 6; // a note costs a second on the processor
        const double gflop = 3e-9 * static_cast<double>(nn::workDone - m_work); // backward is twice the forward
        if (m_report)
            m_report({m_last, m_loss / static_cast<double>(m_steps), static_cast<double>(m_samples) / seconds, gflop / seconds, m_clock.secondsLeft(m_last),
                      m_lines % kLinesPerNote == 0 ? m_task.note() : std::string()});
        ++m_lines;
        m_loss = 0;
        m_steps = m_samples = 0;
        m_work = nn::workDone;
        m_start = std::chrono::steady_clock::now();
    }

private:
    Report m_report; // may be empty
    const TrainingTask& m_task;
    const Clock& m_clock;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::int64_t m_work = nn::workDone, m_last = 0, m_steps = 0, m_samples = 0;
    double m_loss = 0;
    int m_lines = 0;
};

// Prepares the steps to come on threads of its own, so that a GPU does not wait for the processor.
class Ahead {
public:
    Ahead(TrainingTask& task, const Clock& clock) : m_task(task), m_clock(clock), m_most(std::max(1, at::get_num_threads() - 1)) {}

    StepLoss take(std::int64_t step, const Shard& shard) { // step: one after the other
        while (std::ssize(m_waiting) < m_most) {
            const std::int64_t next = step + std::ssize(m_waiting);
            m_waiting.push_back(std::async(std::launch::async, [this, next, shard, progress = m_clock.progress(next)] {
                at::set_num_threads(1);
                return m_task.prepare(next, progress, shard);
            }));
        }
        StepLoss loss = m_waiting.front().get();
        m_waiting.pop_front();
        return loss;
    }

private:
    TrainingTask& m_task;
    const Clock& m_clock;
    const std::int64_t m_most;
    std::deque<std::future<StepLoss>> m_waiting; // their destructors wait
};

fs::path checkpointFile(const fs::path& folder, const std::string& stage) { return folder / "checkpoints" / (stage + ".safetensors"); }

Result<void> writeCheckpoint(const fs::path& file, const Optimizer& optimizer, double seconds) {
    std::error_code ec;
    fs::create_directories(file.parent_path(), ec);
    auto state = optimizer.state();
    state["seconds"] = at::scalar_tensor(seconds, at::kDouble);
    return weights::writeSafetensors(file, state);
}

Result<void> run(const TrainOptions& options, const Log::Report& report, const std::stop_token& stop) {
    if ((options.minutes > 0) == (options.steps > 0))
        return Error{ErrorCode::InvalidArgument, "give either --minutes or --steps", "minutes"};
    if (options.threads > 0)
        at::set_num_threads(options.threads);
    const BlockCache blocks;
    S1_TRY(const auto task, makeTask(options));
    const NamedParameters parameters = task->parameters();
    S1_TRY(const MeetingPlace place, meetingPlace([](const char* name) { return std::getenv(name); }));
    S1_TRY(Processes processes, Processes::meet(place));
    const bool writes = processes.rank() == 0;
    const bool onGpu = !parameters.front().second.is_cpu();
    const int shards = onGpu ? 1 : -static_cast<int>(processes.largest(-at::get_num_threads())); // what all have
    Optimizer optimizer(parameters, task->options());
    optimizer.slowDown(task->slowRate(), [&](const std::string& name) { return task->isSlow(name); });
    double before = 0;
    if (!options.resume.empty()) {
        const fs::path file = checkpointFile(options.resume, options.stage);
        S1_TRY(const auto state, weights::readSafetensors(file));
        S1_CHECK(optimizer.restore(state, file.string()));
        if (const auto it = state.find("seconds"); it != state.end())
            before = it->second.item<double>();
    }
    const Clock clock(options, before);
    Ahead ahead(*task, clock);
    Log log(writes ? report : Log::Report(), *task, clock);
    auto lastCheckpoint = std::chrono::steady_clock::now();
    bool stopped = false;
    for (;;) {
        const std::int64_t step = optimizer.steps();
        const double progress = processes.largest(stop.stop_requested() ? kStop : clock.progress(step));
        stopped = progress == kStop;
        if (progress >= 1)
            break;
        const int batch = task->batch(step, progress), perProcess = batch / processes.count();
        if (perProcess == 0)
            return Error{ErrorCode::InvalidArgument, fmt::format("{} processes are too many for a batch of {}", processes.count(), batch), "WORLD_SIZE"};
        const double loss = meanGradient(parameters, std::min(shards, perProcess), processes, [&](const Shard& shard) {
            const nn::Bf16Products products(options.bf16);
            return (onGpu ? ahead.take(step, shard) : task->prepare(step, progress, shard))();
        });
        optimizer.step(schedule(step, progress));
        log.add(optimizer.steps(), loss, batch);
        if (writes && secondsSince(lastCheckpoint) > 300) {
            S1_CHECK(writeCheckpoint(checkpointFile(options.root, options.stage), optimizer, clock.seconds()));
            lastCheckpoint = std::chrono::steady_clock::now();
        }
    }
    log.say();
    if (writes)
        S1_CHECK(writeCheckpoint(checkpointFile(options.root, options.stage), optimizer, clock.seconds()));
    if (stopped)
        return Error{ErrorCode::Cancelled, "stopped; --resume goes on from the checkpoint", options.stage};
    if (!writes)
        return {};
    const std::string recipe = fmt::format(R"({{"stage":"{}","seed":{},"steps":{},"seconds":{:.0f},"threads":{}}})", options.stage,
                                           options.seed, optimizer.steps(), clock.seconds(), shards * processes.count());
    return task->write(options.root, optimizer.averaged(), recipe);
}

} // namespace

Result<void> train(const TrainOptions& options, const std::function<void(const TrainProgress&)>& report, std::stop_token stop) {
    return weights::guarded([&]() -> Result<void> {
        try {
            return run(options, report, stop);
        } catch (const Processes::Lost& e) {
            return Error{ErrorCode::Io, fmt::format("the other processes of this training are gone ({}); --resume goes on from the last checkpoint", e.what()), "WORLD_SIZE"};
        }
    });
}

} // namespace s1::train
