// The four stages in one run, on the model that comes with the program, at a size that takes seconds.
#include "cascade/cascade.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

namespace s1::cascade {
namespace {

namespace fs = std::filesystem;

class MemoryStore final : public StageStore {
public:
    std::optional<Tensor> find(const std::string& key) const override {
        return whole.contains(key) ? std::optional(whole.at(key)) : std::nullopt;
    }
    void keep(const std::string& key, const Tensor& video) override {
        whole[key] = video.clone();
        parts.erase(key);
    }
    std::optional<weights::TensorMap> findPart(const std::string& key) const override {
        if (!parts.contains(key))
            return std::nullopt;
        weights::TensorMap copy;
        for (const auto& [name, tensor] : parts.at(key))
            copy[name] = tensor.clone();
        return copy;
    }
    void keepPart(const std::string& key, const weights::TensorMap& part) override {
        parts[key].clear();
        for (const auto& [name, tensor] : part)
            parts[key][name] = tensor.clone();
    }
    std::map<std::string, Tensor> whole;
    std::map<std::string, weights::TensorMap> parts;
};

class ToylandCascade : public testing::Test {
protected:
    static void SetUpTestSuite() {
        auto opened = ModelSet::open(fs::path(S1_SOURCE_DIR) / "resources" / "models" / "toyland");
        ASSERT_TRUE(opened) << opened.error().message;
        s_models = new ModelSet(std::move(*opened));
        s_models->keepLoaded(true);
    }
    static void TearDownTestSuite() {
        delete s_models;
        s_models = nullptr;
    }
    static CascadeJob job(std::uint64_t seed) {
        CascadeJob job{.prompt = "a red ball bounces over a blue background", .seed = seed,
                       .plan = makePlan(Preset::Draft, ModelKind::Embedded)};
        const auto set = [&](StageId stage, int width, int height, int frames, int steps) {
            StagePlan& plan = job.plan[stage];
            plan.width = width, plan.height = height, plan.frames = frames, plan.steps = steps;
        };
        set(StageId::Keyframes, 40, 24, 3, 4);
        set(StageId::Interpolation, 40, 24, 9, 3);
        set(StageId::Superres, 80, 48, 9, 3); // two windows
        set(StageId::Translation, 96, 64, 9, 4);
        job.plan[StageId::Translation].strength = 0.5;
        return job;
    }
    static CascadeResult run(const CascadeJob& job, StageStore* store = nullptr, const CascadeHooks& hooks = {}) {
        auto result = runCascade(*s_models, job, store, hooks);
        EXPECT_TRUE(result) << result.error().message;
        return result ? std::move(*result) : CascadeResult{};
    }
    static void expectSame(const CascadeResult& one, const CascadeResult& two, const std::string& what) {
        ASSERT_EQ(one.size(), two.size()) << what;
        for (const auto& [name, tensor] : one)
            EXPECT_TRUE(at::equal(tensor, two.at(name))) << name << ": " << what;
    }
    static inline ModelSet* s_models = nullptr;
};

TEST_F(ToylandCascade, FourStagesOfTheSizesAskedForAndTheSeedDecides) {
    std::vector<std::pair<StageId, int>> announced;
    std::map<StageId, int> steps;
    CascadeHooks hooks;
    hooks.onStage = [&](StageId stage, int count) { announced.emplace_back(stage, count); };
    hooks.onStep = [&](StageId stage, int step, const std::function<Tensor()>& preview) {
        EXPECT_EQ(step, ++steps[stage]);
        const Tensor picture = preview();
        EXPECT_EQ(picture.size(1), 3);
        EXPECT_EQ(picture.size(2), job(1).plan[stage].frames) << "all frames, whichever window runs";
    };
    const auto first = run(job(1), nullptr, hooks);
    EXPECT_EQ(first.at("keyframes").sizes(), (at::IntArrayRef{1, 3, 3, 24, 40}));
    EXPECT_EQ(first.at("interpolation").sizes(), (at::IntArrayRef{1, 3, 9, 24, 40}));
    EXPECT_EQ(first.at("superres").sizes(), (at::IntArrayRef{1, 3, 9, 48, 80}));
    EXPECT_EQ(first.at("translation").sizes(), (at::IntArrayRef{1, 3, 9, 64, 96}));
    ASSERT_EQ(announced.size(), 4u);
    for (const auto& [stage, count] : announced)
        EXPECT_EQ(steps[stage], count) << toString(stage);
    expectSame(first, run(job(1)), "same seed");
    const auto other = run(job(2));
    EXPECT_FALSE(at::allclose(first.at("keyframes"), other.at("keyframes"), 1e-2, 1e-2));
}

TEST_F(ToylandCascade, AWindowKeepsTheFrameItBeginsWith) {
    auto both = job(5);
    both.startFrom = both.stopAfter = StageId::Superres;
    both.plan[StageId::Superres].frames = 15; // two windows of eight
    both.input = at::rand({1, 3, 15, 24, 40}, at::make_generator<at::CPUGeneratorImpl>(7)) * 2 - 1;
    auto first = both;
    first.plan[StageId::Superres].frames = 8;
    first.input = both.input.narrow(2, 0, 8).contiguous();
    const Tensor whole = run(both).at("superres"), window = run(first).at("superres");
    EXPECT_TRUE(at::equal(whole.narrow(2, 0, 8), window)) << "as the window before left it";
    EXPECT_EQ(whole.size(2), 15);
}

TEST_F(ToylandCascade, GuidanceEndsWhereEachStageSays) {
    auto guided = job(5), plain = job(5);
    for (const StageId stage : kStages) {
        guided.plan[stage].guidance = 3;
        guided.plan[stage].guidanceFrom = 1000; // above all timesteps
        plain.plan[stage].guidance = 1;
    }
    const auto without = run(plain), ended = run(guided);
    for (const StageId stage : kStages)
        EXPECT_TRUE(at::equal(ended.at(std::string(toString(stage))), without.at(std::string(toString(stage))))) << toString(stage);
}

// Stopped after every single step in turn, each time from what the run before left: the end is that of one run.
TEST_F(ToylandCascade, InterruptedAnywhereItEndsInTheSameBits) {
    const auto whole = run(job(3));
    std::mt19937 random(9);
    for (int round = 0; round < 6; ++round) {
        MemoryStore store;
        int interruptions = 0, stepsInAll = 0;
        for (;;) {
            std::stop_source stop;
            int left = static_cast<int>(random() % 5) + 1;
            CascadeHooks hooks;
            hooks.stop = stop.get_token();
            hooks.onStep = [&](StageId, int, const std::function<Tensor()>&) {
                ++stepsInAll;
                if (--left == 0)
                    stop.request_stop();
            };
            auto interrupted = job(3);
            interrupted.secondsBetweenParts = 0;
            const auto result = runCascade(*s_models, interrupted, &store, hooks);
            if (result) {
                expectSame(whole, *result, "round " + std::to_string(round));
                break;
            }
            ASSERT_EQ(result.error().code, ErrorCode::Cancelled);
            ASSERT_LT(++interruptions, 100);
        }
        EXPECT_GT(interruptions, 1);
        EXPECT_LE(stepsInAll, 4 + 3 + 2 * 3 + 4) << "no step is done twice";
        EXPECT_TRUE(store.parts.empty());
    }
}

TEST_F(ToylandCascade, ALaterStageAloneIsRunAgain) {
    MemoryStore store;
    auto changed = job(4);
    const auto first = run(changed, &store);
    changed.plan[StageId::Translation].steps = 3;
    std::vector<std::string> stored;
    CascadeHooks hooks;
    hooks.onResult = [&](StageId stage, const Tensor&, bool fromStore) {
        if (fromStore)
            stored.emplace_back(toString(stage));
    };
    const auto second = run(changed, &store, hooks);
    EXPECT_EQ(stored, (std::vector<std::string>{"keyframes", "interpolation", "superres"}));
    EXPECT_TRUE(at::equal(first.at("superres"), second.at("superres")));
    EXPECT_FALSE(at::equal(first.at("translation"), second.at("translation")));
}

TEST_F(ToylandCascade, MotionOfStrengthZeroIsTheBase) {
    auto with = job(5), without = job(5);
    with.stopAfter = without.stopAfter = StageId::Keyframes;
    const auto network = s_models->unet(Part::Base);
    ASSERT_TRUE(network);
    weights::TensorMap tuned;
    for (const auto& item : (*network)->named_parameters())
        if (item.key().find("temp_attentions") != std::string::npos && item.key().ends_with("to_q.weight"))
            tuned[item.key()] = item.value() + 1;
    ASSERT_FALSE(tuned.empty());
    with.motion = MotionWeights{tuned, 0.0};
    const auto base = run(without);
    expectSame(base, run(with), "strength 0");
    with.motion->strength = 1;
    EXPECT_FALSE(at::equal(base.at("keyframes"), run(with).at("keyframes")));
}

} // namespace
} // namespace s1::cascade
