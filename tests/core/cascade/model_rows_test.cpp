#include "cascade/model_set.h"

#include "cascade/cascade.h"
#include "support/temporary_folder.h"
#include "tiny_networks.h"

#include <gtest/gtest.h>

// Rows M20, M22, M27, M40 and M41 of reliability.md 3.1: whole model folders whose files do not belong together.
namespace s1::cascade {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class ModelRows : public testing::Test {
protected:
    void put(const std::string& name, const std::string& bytes) { tiny::put(m_folder / name, bytes); }
    void putUNet(const std::string& part, const json& config) { tiny::putUNet(m_folder / part / "unet", config); }
    void expectRefused(Part part, const std::vector<std::string>& words) {
        auto set = ModelSet::open(m_folder.path());
        ASSERT_TRUE(set) << set.error().message;
        const auto network = set->unet(part);
        ASSERT_FALSE(network);
        EXPECT_EQ(network.error().code, ErrorCode::Corrupt) << network.error().message;
        for (const auto& word : words)
            EXPECT_NE(network.error().message.find(word), std::string::npos)
                << word << " in " << network.error().message;
    }

    test::TemporaryFolder m_folder;
};

TEST_F(ModelRows, M20_WhatIsThereAndWhatIsMissing) {
    put("notes.txt", "x");
    const auto nothing = ModelSet::open(m_folder.path());
    ASSERT_FALSE(nothing);
    EXPECT_NE(nothing.error().message.find("model_index.json"), std::string::npos);
    EXPECT_NE(nothing.error().message.find("holds notes.txt"), std::string::npos) << nothing.error().message;
    put("base/model_index.json", R"({"_class_name": "TextToVideoIFPipeline"})");
    put("sr1/model_index.json", R"({"_class_name": "TextToVideoIFSuperResolutionPipeline_Cond"})");
    auto set = ModelSet::open(m_folder.path());
    ASSERT_TRUE(set);
    const auto part = set->unet(Part::Translation), component = set->unet(Part::Base);
    ASSERT_FALSE(part || component);
    EXPECT_NE(part.error().message.find("lacks the part show-1-sr2; it has show-1-base, show-1-sr1"), std::string::npos)
        << part.error().message;
    EXPECT_EQ(component.error().code, ErrorCode::NotFound);
    EXPECT_NE(component.error().message.find("base/unet: config.json is missing"), std::string::npos)
        << component.error().message;
}

TEST_F(ModelRows, M22_UnknownSchedulerListsTheKnownOnes) {
    put("base/model_index.json", R"({"_class_name": "TextToVideoIFPipeline"})");
    put("base/scheduler/scheduler_config.json", R"({"_class_name": "../../x"})");
    const auto scheduler = ModelSet::open(m_folder.path())->scheduler(Part::Base);
    ASSERT_FALSE(scheduler);
    EXPECT_EQ(scheduler.error().code, ErrorCode::Unsupported);
    EXPECT_NE(scheduler.error().message.find("known are DPMSolverMultistepScheduler"), std::string::npos)
        << scheduler.error().message;
}

TEST_F(ModelRows, M27_ComponentsWithPathsInTheirNames) {
    for (const char* entry :
         {R"("unet": ["diffusers", "../../x"])", R"("unet": ["/etc/passwd", "UNet3DConditionModel"])",
          R"("unet": "..\\x")", R"("../unet": ["diffusers", "UNet3DConditionModel"])",
          R"("scheduler": ["..", "DDPMScheduler"])"}) {
        put("base/model_index.json", std::string(R"({"_class_name": "TextToVideoIFPipeline", )") + entry + "}");
        const auto set = ModelSet::open(m_folder.path());
        ASSERT_FALSE(set) << entry;
        EXPECT_EQ(set.error().code, ErrorCode::Corrupt);
        EXPECT_NE(set.error().message.find("base/model_index.json"), std::string::npos) << set.error().message;
    }
    put("base/model_index.json",
        R"({"_class_name": "TextToVideoIFPipeline", "_name_or_path": "/home/x/ckpt", "_diffusers_version": "0.16.1",
        "safety_checker": [null, null], "requires_safety_checker": false, "unet": ["diffusers", "UNet3DConditionModel"]})");
    EXPECT_TRUE(ModelSet::open(m_folder.path()));
}

TEST_F(ModelRows, M40_NetworkOfAnotherPart) {
    put("base/model_index.json", R"({"_class_name": "TextToVideoIFPipeline"})");
    putUNet("base", tiny::unetConfig(7, 16));
    expectRefused(Part::Base, {"base/unet", "takes 7 channels", "show-1-base needs 3"});
    putUNet("base", tiny::unetConfig(3, 16));
    EXPECT_TRUE(ModelSet::open(m_folder.path())->unet(Part::Base));
}

TEST_F(ModelRows, M40_TextOfAnotherWidth) {
    put("base/model_index.json", R"({"_class_name": "TextToVideoIFPipeline"})");
    put("base/text_encoder/config.json", R"({"model_type": "t5", "d_model": 24})");
    putUNet("base", tiny::unetConfig(3, 16));
    expectRefused(Part::Base, {"base/unet", "text of width 16", "base/text_encoder makes 24"});
    put("base/text_encoder/config.json", R"({"model_type": "clip_text_model", "hidden_size": 24})");
    expectRefused(Part::Base, {"text_encoder makes 24"});
    put("base/text_encoder/config.json", R"({"model_type": "t5", "d_model": 16})");
    EXPECT_TRUE(ModelSet::open(m_folder.path())->unet(Part::Base));
}

TEST_F(ModelRows, M40_LatentsOfAnotherVae) {
    put("sr2/model_index.json", R"({"_class_name": "VideoToVideoSDPipeline"})");
    putUNet("sr2", tiny::unetConfig(4, 16));
    json vae = *readJson(tiny::kConfigs / "vae/config.json");
    vae["latent_channels"] = 8;
    put("sr2/vae/config.json", vae.dump());
    expectRefused(Part::Translation, {"sr2/unet", "takes 4 channels", "sr2/vae makes 8"});
    vae["latent_channels"] = 4;
    put("sr2/vae/config.json", vae.dump());
    EXPECT_TRUE(ModelSet::open(m_folder.path())->unet(Part::Translation));
}

TEST_F(ModelRows, M41_MotionWithImpossibleNumbers) {
    put("base/model_index.json", R"({"_class_name": "TextToVideoIFPipeline"})");
    putUNet("base", tiny::unetConfig(3, 16));
    auto set = ModelSet::open(m_folder.path());
    ASSERT_TRUE(set);
    const std::string name = "conv_in.bias";
    EXPECT_TRUE(networkWithMotion(*set, MotionWeights{{{name, at::ones({16})}}, 0.5}));
    const auto refused = [&](const at::Tensor& tuned, double strength, const std::string& words) {
        const auto network = networkWithMotion(*set, MotionWeights{{{name, tuned}}, strength});
        ASSERT_FALSE(network);
        EXPECT_NE(network.error().message.find(words), std::string::npos) << network.error().message;
    };
    refused(at::ones({16}), NAN, "strength of nan");
    refused(at::ones({16}), INFINITY, "strength of inf");
    refused(at::full({16}, NAN), 0.5, "16 values that are NaN");
    refused(at::ones({4, 4}), 0.5, name);
    refused(at::ones({17}), 0.5, name);
}

TEST_F(ModelRows, M42_AMotionKnowsTheBaseItWasLearnedOn) {
    put("base/model_index.json", R"({"_class_name": "TextToVideoIFPipeline"})");
    putUNet("base", tiny::unetConfig(3, 16));
    auto set = ModelSet::open(m_folder.path());
    ASSERT_TRUE(set);
    const weights::TensorMap tuned{{"conv_in.bias", at::ones({16})}, {"conv_in.weight", at::zeros({16, 3, 3, 3})}};
    const auto base = set->unet(Part::Base);
    ASSERT_TRUE(base);
    MotionWeights motion{tuned, 0.5, motionBase(**base, tuned)};
    EXPECT_TRUE(networkWithMotion(*set, motion));
    const fs::path path = m_folder / "circle.safetensors";
    ASSERT_TRUE(weights::writeSafetensors(path, tuned, {{"format", "show1.motion/1"}, {"base", motion.base}}));
    const auto read = readMotion(path);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->base, motion.base);
    {
        torch::NoGradGuard noGrad;
        at::Tensor((*base)->named_parameters()["conv_in.bias"])[3] += 0.25; // the same shapes, trained on
    }
    motion.base = motionBase(**base, tuned);
    const auto network = networkWithMotion(*set, motion); // reads the folder again
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(network.error().message.find("learned on another model"), std::string::npos) << network.error().message;
}

TEST_F(ModelRows, M42_MotionsOfOtherVersionsSayWhich) {
    const fs::path path = m_folder / "circle.safetensors";
    const auto read = [&](const std::map<std::string, std::string>& metadata) {
        EXPECT_TRUE(weights::writeSafetensors(path, {{"conv_in.bias", at::ones({16})}}, metadata));
        return readMotion(path);
    };
    EXPECT_TRUE(read({{"format", "show1.motion/1"}, {"prompt", "a ball"}}));
    EXPECT_TRUE(read({}));
    for (const char* format : {"show1.motion/2", "show1.motion/", "show1.motion/1.5", "show1.motion/99999999999999999999"}) {
        const auto newer = read({{"format", format}});
        ASSERT_FALSE(newer);
        EXPECT_EQ(newer.error().code, ErrorCode::Unsupported);
        EXPECT_NE(newer.error().message.find(format), std::string::npos) << newer.error().message;
        EXPECT_NE(newer.error().message.find("this one reads show1.motion/1"), std::string::npos) << newer.error().message;
    }
    const auto foreign = read({{"format", "pt"}});
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, ErrorCode::InvalidArgument);
}

} // namespace
} // namespace s1::cascade
