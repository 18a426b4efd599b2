#include "library/hub_settings.h"

#include "base/files.h"
#include "support/environment_variable.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace s1::library {
namespace {

using test::EnvironmentVariable;

class SettingsTest : public testing::Test {
protected:
    EnvironmentVariable home{"HOME", "/home/somebody"}, xdgCache{"XDG_CACHE_HOME", nullptr},
        xdgData{"XDG_DATA_HOME", nullptr}, hfHome{"HF_HOME", nullptr}, hubCache{"HF_HUB_CACHE", nullptr},
        token{"HF_TOKEN", nullptr}, tokenPath{"HF_TOKEN_PATH", nullptr}, endpoint{"HF_ENDPOINT", nullptr},
        offline{"HF_HUB_OFFLINE", nullptr}, links{"HF_HUB_DISABLE_SYMLINKS", nullptr};
    test::TemporaryFolder folder;
};

TEST_F(SettingsTest, TheCacheIsLookedForInTheOrderOfTheHubsOwnClient) {
    EXPECT_EQ(hubCacheFolder(), "/home/somebody/.cache/huggingface/hub");
    const EnvironmentVariable xdg("XDG_CACHE_HOME", "/xdg");
    EXPECT_EQ(hubCacheFolder(), "/xdg/huggingface/hub");
    const EnvironmentVariable hf("HF_HOME", "/hf");
    EXPECT_EQ(hubCacheFolder(), "/hf/hub");
    const EnvironmentVariable cache("HF_HUB_CACHE", "/cache");
    EXPECT_EQ(hubCacheFolder(), "/cache");
}

TEST_F(SettingsTest, OurDataFollowsXdg) {
    EXPECT_EQ(dataFolder(), "/home/somebody/.local/share/show1-studio");
    const EnvironmentVariable xdg("XDG_DATA_HOME", "/xdg");
    EXPECT_EQ(dataFolder(), "/xdg/show1-studio");
}

TEST_F(SettingsTest, ATokenComesFromTheVariableElseFromTheFile) {
    EXPECT_EQ(HubSettings::ofProcess().token, "");
    ASSERT_TRUE(writeFileAtomically(folder / "token", "  hf_file\n"));
    const EnvironmentVariable path("HF_TOKEN_PATH", (folder / "token").c_str());
    EXPECT_EQ(HubSettings::ofProcess().token, "hf_file");
    const EnvironmentVariable variable("HF_TOKEN", "hf_variable");
    EXPECT_EQ(HubSettings::ofProcess().token, "hf_variable");
    const EnvironmentVariable smuggled("HF_TOKEN", "hf_a\r\nX-Other: b");
    EXPECT_EQ(HubSettings::ofProcess().token, "") << "no token ends a header";
}

TEST_F(SettingsTest, SwitchesAreReadAsTheHubsOwnClientReadsThem) {
    EXPECT_FALSE(HubSettings::ofProcess().offline);
    for (const char* on : {"1", "on", "Yes", "TRUE"}) {
        const EnvironmentVariable variable("HF_HUB_OFFLINE", on);
        EXPECT_TRUE(HubSettings::ofProcess().offline) << on;
    }
    const EnvironmentVariable off("HF_HUB_OFFLINE", "0"), noLinks("HF_HUB_DISABLE_SYMLINKS", "1");
    EXPECT_FALSE(HubSettings::ofProcess().offline);
    EXPECT_FALSE(HubSettings::ofProcess().links);
}

TEST_F(SettingsTest, AnEndpointLosesItsLastSlash) {
    EXPECT_TRUE(HubSettings::ofProcess().endpoint.starts_with("https://"));
    const EnvironmentVariable mirror("HF_ENDPOINT", "https://mirror.example/hub/");
    EXPECT_EQ(HubSettings::ofProcess().endpoint, "https://mirror.example/hub");
}

} // namespace
} // namespace s1::library
