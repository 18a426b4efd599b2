#include "engine/job.h"

#include <gtest/gtest.h>

namespace s1 {
namespace {

Job sample() {
    Job job;
    job.request.prompt = "a “red” ball\n\t\u202e";
    job.request.negative = "blur";
    job.request.seed = 18446744073709551615u;
    job.request.model = "toyland";
    job.request.plan[StageId::Superres].steps = 9;
    job.request.motion = MotionChoice{"m.s1motion", 0.25};
    job.request.stopAfter = StageId::Superres;
    job.request.startFrom = StageId::Interpolation;
    job.request.input = "in.mp4";
    job.request.dumpFile = "d.safetensors";
    job.request.saveStagesFolder = "stages";
    job.output = "out.mp4";
    return job;
}

TEST(Job, SurvivesTheWayThroughJson) {
    const auto json = toJson(sample());
    const auto back = jobFromJson(nlohmann::json::parse(json.dump()));
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(toJson(*back), json);
    EXPECT_EQ(back->request.seed, sample().request.seed);
    EXPECT_EQ(back->request.prompt, sample().request.prompt);
}

TEST(Job, TakesTheDefaultsForWhatItDoesNotName) {
    const auto job = jobFromJson({{"prompt", "x"}, {"seed", "12"}});
    ASSERT_TRUE(job) << job.error().message;
    EXPECT_EQ(job->request.seed, 12u);
    EXPECT_FALSE(job->request.motion);
}

TEST(Job, NamesTheFieldThatIsWrong) {
    const std::pair<nlohmann::json, const char*> wrong[] = {
        {{{"promt", "x"}}, "promt"},
        {{{"seed", -1}}, "seed"},
        {{{"seed", 1.5}}, "seed"},
        {{{"schema", "show1.job/9"}}, "schema"},
        {{{"stop_after", "end"}}, "stop_after"},
        {{{"motion", {{"file", "f"}, {"strength", 9}}}}, "motion.strength"},
        {{{"motion", {{"weight", 1}}}}, "motion.weight"},
        {{{"plan", {{"stages", {{"superres", {{"stepz", 1}}}}}}}}, "superres.stepz"},
        {nlohmann::json::array(), "job"},
    };
    for (const auto& [json, field] : wrong) {
        const auto job = jobFromJson(json);
        ASSERT_FALSE(job) << json;
        EXPECT_EQ(job.error().subject, field);
        EXPECT_EQ(job.error().code, ErrorCode::InvalidArgument);
    }
}

} // namespace
} // namespace s1
