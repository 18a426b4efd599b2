#pragma once

#include "library/download.h"
#include "library/hub_settings.h"

#include "base/files.h"
#include "support/hub_server.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace s1::library {

// A hub with show-1-interpolation, a cache and a data folder of its own.
class LibraryTest : public testing::Test {
protected:
    static constexpr const char* kId = "showlab/show-1-interpolation";
    static constexpr const char* kWeights = "unet/diffusion_pytorch_model.bin";

    LibraryTest() {
        server.put("model_index.json", R"({"_class_name": "TextToVideoIFInterpPipeline"})");
        server.put("scheduler/scheduler_config.json", "{}");
        server.put("unet/config.json", R"({"_class_name": "UNet3DConditionModel"})");
        server.put(kWeights, weights);
        server.put("text_encoder/pytorch_model.bin", "ten gigabytes that the first repository has already");
        settings = {folder / "hub", server.url(), "", false, true};
    }

    Result<void> download(const std::stop_token& stop = {}, const OnDownload& onProgress = {},
                          const std::string& revision = "") {
        Downloader downloader(settings, store, retry, limits);
        S1_TRY(const auto plan, downloader.plan(*findRepository(kId), "show-1", revision, stop));
        return downloader.run(plan, "show-1", onProgress, stop);
    }

    // The downloaded weights, or what stands in their place.
    std::string downloaded() const { return readFile(snapshot() / kWeights).value(); }
    std::filesystem::path snapshot(const std::string& commit = test::HubServer::kCommit) const {
        return cached.snapshot(commit);
    }
    std::filesystem::path blob() const { return cached.blob(server.blobOf(kWeights)); }
    std::filesystem::path partial() const { return blob().string() + ".incomplete"; }
    RegisteredModel model() const { return store.load().value().at(0); }

    static std::string noise(std::size_t size, unsigned seed) {
        std::string bytes(size, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>((seed = seed * 1664525 + 1013904223) >> 24);
        return bytes;
    }

    const std::string weights = noise(300'000, 1);
    test::TemporaryFolder folder;
    test::HubServer server{kId};
    HubSettings settings;
    ModelStore store{folder / "data"};
    CachedRepository cached{folder / "hub", kId};
    RetryPolicy retry{4, std::chrono::milliseconds(1), std::chrono::seconds(60)};
    HttpLimits limits;
};

} // namespace s1::library
