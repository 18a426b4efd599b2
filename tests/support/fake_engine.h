#pragma once

#include "engine/engine.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace s1::test {

ModelInfo toyland();
// The published set with so many of its five parts; more than none: registered.
ModelInfo publishedSet(int parts);

// What a fake engine does with the jobs it gets.
struct FakeScript {
    std::chrono::milliseconds stepTime{2};
    int previewEvery = 2;          // steps
    int floodPerStep = 0;          // further step and preview events per step, without pause
    std::optional<StageId> holdIn; // stays in this stage after holdStep, until cancelled or destroyed
    int holdStep = 3;
    std::optional<int> holdLessonAt;
    std::optional<StageId> failIn; // fails half-way through this stage
    Error error{ErrorCode::Internal, "the fake engine was told to fail", "fake"};
    std::optional<Error> exportError;
    std::chrono::milliseconds listTime{0}; // a slow disk under the models
    std::vector<ModelInfo> models = {toyland(), publishedSet(0)};
    std::vector<ModelInfo> added; // what there is after a folder was added; none: what there was
    std::optional<Error> listError, addError;
    std::vector<FileFault> faults;
    bool holdVerify = false; // after its first progress, until cancelled
    std::string recipe;      // of every clip opened whose name does not contain "plain"
};

// Plays the engine from threads of its own, as the real one does: one for generation and learning, one for files,
// one for models.
class FakeEngine : public Engine {
public:
    FakeEngine(EventSink sink, FakeScript script);
    ~FakeEngine() override;

    JobId submit(JobRequest request) override;
    void cancel(JobId job) override;
    std::vector<ModelInfo> models() const override;
    Forecast forecast(ModelKind kind, const CascadePlan& plan) const override;
    std::vector<ExportFormatInfo> exportFormats() const override;
    DeviceInfo device() const override { return {"CPU, 2 threads", false, 2}; }

    std::vector<JobRequest> requests() const; // all so far, in order
    bool isHolding() const { return m_holding; }
    std::set<std::thread::id> listedFrom() const; // the threads that looked at the models

private:
    struct Job {
        JobId id = 0;
        JobRequest request;
        std::stop_source stop;
    };
    using Queue = std::deque<std::shared_ptr<Job>>;

    void work(std::stop_token quit, Queue& queue);
    void run(Job& job);
    void emitEvent(const Job& job, JobEvent event) { m_sink(job.id, event); }
    JobEvent generate(Job& job, const GenerateRequest& request);
    bool runStage(Job& job, const GenerateRequest& request, StageId stage);
    JobEvent learn(Job& job, const MotionLearnRequest& request);
    JobEvent open(const OpenRequest& request) const;
    JobEvent describe(const DescribePromptRequest& request) const;
    JobEvent library(Job& job);
    void noteListing() const;
    JobEvent verify(Job& job);
    void hold(Job& job);

    EventSink m_sink;
    FakeScript m_script;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Queue m_heavy, m_files, m_library;
    std::map<JobId, std::shared_ptr<Job>> m_jobs;
    std::vector<JobRequest> m_requests;
    JobId m_lastId = 100;
    std::atomic_bool m_holding = false;
    std::atomic_bool m_hasGenerated = false; // and knows better how long that takes
    std::vector<ModelInfo> m_models;
    mutable std::set<std::thread::id> m_listedFrom;
    std::jthread m_heavyThread, m_filesThread, m_libraryThread; // last: they stop before anything else goes
};

// A red ball bounces over a blue ground; noise 0…1 hides it, as an early x0 estimate would.
ClipPtr movingBall(int width, int height, int frames, double noise = 0);
// A recipe as the engine writes it.
std::string sampleRecipe(const std::string& prompt = "a green square spins", std::uint64_t seed = 77);

} // namespace s1::test
