#include "cli_test.h"

#include "support/environment_variable.h"
#include "support/hub_server.h"
#include "support/published_set.h"

#include <gmock/gmock.h>

namespace s1::cli {
namespace {

namespace fs = std::filesystem;
using test::EnvironmentVariable;
using testing::HasSubstr;

class CliModelsTest : public CliTest {
protected:
    CliModelsTest() {
        server.put("model_index.json", R"({"_class_name": "TextToVideoIFInterpPipeline"})");
        server.put("scheduler/scheduler_config.json", "{}");
        server.put("unet/config.json", "{}");
        server.put("unet/diffusion_pytorch_model.bin", std::string(5000, 'w'));
    }

    nlohmann::json event(const std::string& name) const {
        for (const auto& line : lines())
            if (line.value("event", "") == name)
                return line;
        return nullptr;
    }

    test::HubServer server{"showlab/show-1-interpolation"};
    EnvironmentVariable data{"XDG_DATA_HOME", path("data").c_str()}, cache{"HF_HUB_CACHE", path("hub").c_str()},
        endpoint{"HF_ENDPOINT", server.url().c_str()}, token{"HF_TOKEN", nullptr},
        tokenPath{"HF_TOKEN_PATH", path("none").c_str()}, offline{"HF_HUB_OFFLINE", nullptr};
};

TEST_F(CliModelsTest, AFolderIsAddedListedVerifiedAndForgotten) {
    test::writePublishedSet(folder / "set");
    EXPECT_EQ(run({"models", "add", path("set")}), 0) << err.str();
    EXPECT_THAT(out.str(), HasSubstr("DeepFloyd/IF-II-L-v1.0"));
    EXPECT_EQ(run({"models", "list", "--json"}), 0);
    ASSERT_EQ(lines().size(), 2u);
    EXPECT_EQ(lines()[0]["name"], "toyland");
    EXPECT_EQ(lines()[1]["name"], "show-1");
    EXPECT_EQ(lines()[1]["complete"], true);
    EXPECT_EQ(run({"models", "verify", "show-1"}), 0) << err.str();
    EXPECT_EQ(run({"models", "remove", "show-1", "--delete"}), 0);
    EXPECT_TRUE(fs::exists(path("set/show-1-base/unet/config.json"))) << "not ours to delete";
    EXPECT_EQ(run({"models", "list", "--json"}), 0);
    EXPECT_EQ(lines().size(), 1u);
}

TEST_F(CliModelsTest, TheEmbeddedModelIsThere) {
    EXPECT_EQ(run({"models", "verify"}), 0) << out.str();
    EXPECT_THAT(out.str(), HasSubstr("toyland"));
    EXPECT_EQ(run({"models", "verify", "toyland"}), 0);
}

TEST_F(CliModelsTest, AModelLikeTheEmbeddedOneKeepsItsKind) {
    EXPECT_EQ(run({"models", "add", S1_SOURCE_DIR "/resources/models/toyland", "--name", "mine"}), 0) << err.str();
    EXPECT_EQ(run({"models", "list", "--json"}), 0);
    ASSERT_EQ(lines().size(), 2u);
    EXPECT_EQ(lines()[1]["kind"], "embedded");
    EXPECT_EQ(lines()[1]["complete"], true) << lines()[1];
}

TEST_F(CliModelsTest, VerifyTellsMissingFromDamaged) {
    test::writePublishedSet(folder / "set");
    ASSERT_EQ(run({"models", "add", path("set"), "--name", "mine"}), 0);
    fs::remove(path("set/show-1-sr1/unet/config.json"));
    EXPECT_EQ(run({"models", "verify", "mine"}), 66);
    expectOneErrorLine();
    EXPECT_THAT(err.str(), HasSubstr("show-1-sr1/unet/config.json"));
    fs::resize_file(path("set/show-1-base/unet/diffusion_pytorch_model.safetensors"), 3);
    EXPECT_EQ(run({"models", "verify", "mine", "--json"}), 65);
    EXPECT_EQ(event("verified")["bad"], 2);
}

TEST_F(CliModelsTest, MistakesHaveTheirCodes) {
    EXPECT_EQ(run({"models", "add", path("nowhere")}), 66);
    expectOneErrorLine();
    EXPECT_EQ(run({"models", "remove", "unknown"}), 66);
    expectOneErrorLine();
    EXPECT_EQ(run({"models", "verify", "unknown"}), 66);
    EXPECT_EQ(run({"models", "remove", "toyland"}), 2);
    EXPECT_EQ(run({"models", "download", "gpt"}), 2);
    EXPECT_THAT(err.str(), HasSubstr("show-1-base"));
    EXPECT_EQ(run({"models", "download"}), 2);
    fs::create_directories(path("data/show1-studio"));
    ASSERT_TRUE(writeFileAtomically(path("data/show1-studio/models.json"), "{"));
    EXPECT_EQ(run({"models", "list"}), 65);
    expectOneErrorLine();
}

TEST_F(CliModelsTest, OneRepositoryIsDownloadedAndDeletedAgain) {
    EXPECT_EQ(run({"models", "download", "show-1-interpolation", "--json"}), 0) << err.str();
    EXPECT_EQ(event("downloaded")["commit"], test::HubServer::kCommit);
    EXPECT_EQ(event("download")["name"], "show-1-interpolation");
    EXPECT_THAT(err.str(), HasSubstr("CC BY-NC 4.0"));
    EXPECT_EQ(run({"models", "verify", "show-1"}), 66) << "the other four are missing";
    EXPECT_THAT(out.str(), testing::Not(HasSubstr("show-1-interpolation")));
    EXPECT_EQ(run({"models", "remove", "show-1", "--delete"}), 0);
    EXPECT_THAT(out.str(), HasSubstr("deleted"));
    EXPECT_FALSE(fs::exists(path("hub/models--showlab--show-1-interpolation")));
}

TEST_F(CliModelsTest, TheListOfFilesDownloadsNone) {
    EXPECT_EQ(run({"models", "download", "show-1-interpolation", "--list"}), 0);
    EXPECT_THAT(out.str(), HasSubstr(server.blobOf("unet/diffusion_pytorch_model.bin") + " 5000 " + server.url()));
    EXPECT_FALSE(fs::exists(path("hub")));
}

TEST_F(CliModelsTest, AGatedRepositoryAndOfflineAre69) {
    server.meddle([](const test::HubRequest& request, test::HubReply& reply) {
        if (request.isFor("model_index.json"))
            reply = {403, {{"X-Error-Code", "GatedRepo"}}, ""};
    });
    const EnvironmentVariable mine("HF_TOKEN", "hf_mine");
    EXPECT_EQ(run({"models", "download", "show-1-interpolation", "--json"}), 69);
    EXPECT_THAT(event("error")["message"], HasSubstr(server.url() + "/showlab/show-1-interpolation"));
    const EnvironmentVariable off("HF_HUB_OFFLINE", "1");
    EXPECT_EQ(run({"models", "download", "show-1"}), 69);
    expectOneErrorLine();
}

TEST_F(CliModelsTest, InterruptedItIs130AndGoesOn) {
    server.meddle([](const test::HubRequest& request, test::HubReply& reply) {
        if (request.isFor("unet/diffusion_pytorch_model.bin"))
            reply.stallAfter = 1000;
    });
    std::stop_source stop;
    std::jthread other([&] {
        server.waitUntilStalled();
        stop.request_stop();
    });
    EXPECT_EQ(run({"models", "download", "show-1-interpolation"}, stop.get_token()), 130);
    server.meddle({});
    EXPECT_EQ(run({"models", "download", "show-1-interpolation"}), 0) << err.str();
}

} // namespace
} // namespace s1::cli
