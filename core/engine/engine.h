#pragma once

#include "base/result.h"
#include "media/clip.h"
#include "plan/plan.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// The facade: everything a host (window, command line, test) sees of the product. No Qt, no tensor, no FFmpeg.
namespace s1 {

using JobId = std::uint64_t;

// A learned motion and how much of it: W = W0 + strength * dW. Strength 0 gives the base model's bits.
struct MotionChoice {
    std::filesystem::path file; // .s1motion
    double strength = 1.0;      // 0…1.5
};

// Everything that decides the bits of a clip.
struct GenerateRequest {
    std::string prompt;
    std::string negative; // reaches the translation stage only, as published (show1.md 7.9)
    std::uint64_t seed = 0;
    std::string model; // a registered name or a folder; empty: the embedded model
    CascadePlan plan = makePlan(Preset::Standard, ModelKind::Embedded);
    std::optional<MotionChoice> motion;
    std::optional<StageId> stopAfter;
    std::optional<StageId> rerunFrom;       // this stage and later ones run again even when a result is stored
    std::optional<StageId> startFrom;       // with input: skip the stages before this one
    std::filesystem::path input;            // clip that takes the place of the skipped stages' result
    std::filesystem::path dumpFile;         // --dump; empty: none
    std::filesystem::path saveStagesFolder; // --save-stages; empty: none
};

// Encodes a clip. Runs beside heavy jobs, on the IO thread.
struct ExportRequest {
    ClipPtr clip;
    std::string recipe; // JSON for the metadata key show1_studio; empty: none
    std::string format = "mp4-h264";
    std::filesystem::path path;
};

// Reads a clip and the recipe inside it. IO thread.
struct OpenRequest {
    std::filesystem::path path;
};

// Token count and unknown words of a prompt, for live marks. IO thread; the latest one wins.
struct DescribePromptRequest {
    std::string prompt;
    std::string model;
};

// Learns the motion of a clip by tuning temporal attention (show1.md 9).
struct MotionLearnRequest {
    std::filesystem::path clip;
    double startSeconds = 0;
    double endSeconds = 0; // 0: the end
    std::string prompt;    // says the motion only, not the look
    int steps = 200;
    std::uint64_t seed = 0;
    std::string model;
    std::filesystem::path output; // .s1motion
};

// The model library. On a thread of its own: a slow disk, or 30 GB to hash, holds up nothing else.
struct ListModelsRequest {};

// Makes the published repositories in a folder known; copies nothing.
struct AddModelRequest {
    std::filesystem::path folder; // clones, one of them, or a hub cache; empty: the hub's cache
};

// Looks at every file of a registered model: there, its size, its hash where one is known.
struct VerifyModelRequest {
    std::string name;
};

// Forgets a registered model; its files stay.
struct RemoveModelRequest {
    std::string name;
};

using JobRequest =
    std::variant<GenerateRequest, ExportRequest, OpenRequest, DescribePromptRequest, MotionLearnRequest,
                 ListModelsRequest, AddModelRequest, VerifyModelRequest, RemoveModelRequest>;

struct JobStarted {};
struct StageStarted {
    StageId stage;
    int steps = 0; // over all windows of the stage
};
struct StepDone {
    StageId stage;
    int step = 0; // 1…steps
    int steps = 0;
    double secondsPerStep = 0;
    double stageSecondsLeft = 0;
};
// x0 estimate of all frames, at most a few a second.
struct PreviewReady {
    StageId stage;
    ClipPtr clip;
};
struct StageFinished {
    StageId stage;
    ClipPtr clip;
    double seconds = 0;
    bool fromCache = false;
};
struct TrainStepDone {
    int step = 0; // 1…steps
    int steps = 0;
    double loss = 0;
    double secondsLeft = 0;
};
// The motion sheet's first answer: the eight frames that will be learned from.
struct MotionFramesSampled {
    ClipPtr clip;
};

struct UnknownWord {
    std::size_t begin = 0, end = 0; // bytes in the prompt, half-open
    std::string nearest;            // a known word, or empty
};
struct PromptDescribed {
    int tokens = 0;
    int limit = 77;
    std::vector<UnknownWord> unknown; // embedded model only
    bool colorOpen = false;           // the same: a thing without a colour, which may change from frame to frame
};

// Of all that has to be read, at most a few a second.
struct VerifyProgress {
    std::string file; // "show-1-base/unet/diffusion_pytorch_model.bin"
    std::uint64_t bytes = 0;
    std::uint64_t size = 0;
};
struct FileFault {
    std::string file;
    std::string why; // "is missing", "has 3 bytes instead of 5000"
};

// One published repository of a model.
struct ModelPartInfo {
    std::string name;                 // "show-1-base"
    std::string licence;              // "CC BY-NC 4.0"
    std::filesystem::path folder;     // empty: nobody has named one
    std::uint64_t bytes = 0;          // of the files that are there
    std::vector<std::string> missing; // files of it that are not

    bool operator==(const ModelPartInfo&) const = default;
};

struct ModelInfo {
    std::string name; // "toyland"
    std::string title;
    std::filesystem::path folder;
    ModelKind kind = ModelKind::Embedded;
    bool complete = false;
    std::vector<std::string> missing; // files, by name
    bool registered = false;          // somebody added it, so it can be verified and removed
    std::vector<ModelPartInfo> parts; // none of the embedded model
};

// The last event of a job is exactly one of Succeeded, Failed, Cancelled.
struct Succeeded {
    ClipPtr clip;                             // Generate, Open
    std::string recipe;                       // Generate, Open: JSON, may be empty
    std::filesystem::path path;               // Export, MotionLearn: the file written
    std::optional<PromptDescribed> described; // DescribePrompt
    std::vector<ModelInfo> models;            // ListModels, AddModel, RemoveModel: all there are now
    std::string model;                        // AddModel: the name it has
    std::vector<FileFault> faults;            // VerifyModel: none when all is good
};
struct Failed {
    Error error;
};
struct Cancelled {};

using JobEvent = std::variant<JobStarted, StageStarted, StepDone, PreviewReady, StageFinished, TrainStepDone,
                              MotionFramesSampled, VerifyProgress, Succeeded, Failed, Cancelled>;

// Called on an engine thread; must return quickly and must not call back into the engine.
using EventSink = std::function<void(JobId, const JobEvent&)>;

struct Forecast {
    double seconds = 0;
    double memoryGiB = 0;
    double firstPreviewSeconds = 0;
};

struct ExportFormatInfo {
    std::string id;        // "mp4-h264"
    std::string title;     // English
    std::string extension; // "mp4"; a folder of frames for "png-sequence"
    bool lossless = false;
    bool available = true; // the encoder exists on this machine
};

struct DeviceInfo {
    std::string name; // "CPU, 2 threads"
    bool cuda = false;
    int threads = 0; // of the processor that computes; 0: it does not
};

struct EngineOptions {
    std::filesystem::path resourceFolder; // holds models/; empty: beside the executable or the source tree
    std::filesystem::path cacheFolder;    // stage results; empty: $XDG_CACHE_HOME/show1-studio
    int threads = 0;                      // 0: all cores
    std::string device = "auto"; // cpu, cuda or cuda:N generate; all else is the processor's
    std::string dtype = "auto"; // of the weights in memory: auto (the file's), f32, bf16, f16; computing is in f32
    double checkpointSeconds = 2; // an interrupted stage loses no more of its work
    double maxRamGiB = 0;       // 0: no limit of the user's; weights that do not fit are read from disk as they are needed
    double maxVramGiB = 0;      // the same of a GPU's memory
};

class Engine {
public:
    virtual ~Engine() = default; // asks every job to stop, then joins; no event follows

    virtual JobId submit(JobRequest request) = 0; // returns at once
    virtual void cancel(JobId job) = 0;           // any thread, any number of times, unknown ids ignored

    // Looks at the models' folders, which may be slow: a window asks with ListModelsRequest.
    virtual std::vector<ModelInfo> models() const = 0;

    // Cheap, any thread: nothing is loaded and no file read.
    virtual Forecast forecast(ModelKind kind, const CascadePlan& plan) const = 0;
    virtual std::vector<ExportFormatInfo> exportFormats() const = 0;
    virtual DeviceInfo device() const = 0;
};

Result<std::unique_ptr<Engine>> createEngine(EngineOptions options, EventSink sink);

} // namespace s1
