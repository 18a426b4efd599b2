#include "cli_test.h"

#include "support/published_set.h"
#include "support/safetensors_bytes.h"

namespace s1::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class CliInspect : public CliTest {
protected:
    // Six halves and one float: 7 parameters, 16 bytes, 28 in f32.
    static std::string weights() {
        return test::safetensorsBytes(R"({"__metadata__":{"prompt":"jumps"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                                      R"("a":{"dtype":"F16","shape":[2,3],"data_offsets":[4,16]}})", 16, '\0');
    }
    void put(const fs::path& file, const std::string& bytes) {
        fs::create_directories(file.parent_path());
        ASSERT_TRUE(writeFileAtomically(file, bytes));
    }
    void putPart(const library::Repository& repository, const fs::path& folder) {
        test::writePart(repository, folder);
        for (const auto network : repository.networks) {
            put(folder / network / "config.json", R"({"_class_name":"UNet3DConditionModel"})");
            put(folder / network / (network == "text_encoder" ? "model.safetensors" : "diffusion_pytorch_model.safetensors"), weights());
        }
    }
    json inspect(const std::string& name, int code = 0) {
        EXPECT_EQ(run({"inspect", path(name), "--json"}), code) << err.str();
        return lines().empty() ? json() : lines().front();
    }
};

TEST_F(CliInspect, ASetSaysWhatIsThereAndWhatIsMissing) {
    for (const auto& repository : library::repositories())
        putPart(repository, path("set") / fs::path(repository.name()));
    json found = inspect("set");
    EXPECT_EQ(found["missing"], json::array());
    ASSERT_EQ(found["components"].size(), 8u);
    EXPECT_EQ(found["components"][0], json({{"name", "show-1-base/text_encoder"}, {"class", "UNet3DConditionModel"}, {"parameters", 7},
                                            {"tensors", {{"F16", 1}, {"F32", 1}}}, {"bytes", 16}, {"f32_bytes", 28}}));
    EXPECT_EQ(found["bytes"], 8 * 16);
    EXPECT_EQ(found["f32_bytes"], 8 * 28);
    EXPECT_EQ(found["largest_f32_bytes"], 28);
    fs::remove_all(path("set/IF-II-L-v1.0"));
    fs::remove(path("set/show-1-base/tokenizer/spiece.model"));
    fs::remove(path("set/show-1-sr1/unet/diffusion_pytorch_model.safetensors"));
    found = inspect("set");
    EXPECT_EQ(found["missing"], json({"show-1-base/tokenizer/spiece.model", "IF-II-L-v1.0", "show-1-sr1/unet/diffusion_pytorch_model.safetensors"}));
    EXPECT_EQ(run({"inspect", path("set")}), 0);
    EXPECT_NE(out.str().find("missing: IF-II-L-v1.0\n"), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("1 F16, 1 F32"), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("weights: 0.00 GiB as stored"), std::string::npos) << out.str();
}

TEST_F(CliInspect, ASnapshotInTheHubCache) {
    const auto& base = *library::findRepository("show-1-base");
    const fs::path cached = path("hub/models--showlab--show-1-base"), snapshot = cached / "snapshots" / std::string(40, 'a');
    putPart(base, snapshot);
    const fs::path link = snapshot / "unet/diffusion_pytorch_model.safetensors", blob = cached / "blobs/9f86d081";
    fs::create_directories(blob.parent_path());
    fs::rename(link, blob);
    fs::create_symlink("../../../blobs/9f86d081", link);
    for (const fs::path& folder : {fs::path("hub"), fs::path("hub/models--showlab--show-1-base"), fs::relative(snapshot, path("."))}) {
        const json found = inspect(folder);
        EXPECT_EQ(found["missing"], json::array()) << folder;
        EXPECT_EQ(found["bytes"], 32) << folder;
    }
    fs::remove(blob);
    EXPECT_EQ(inspect("hub")["missing"], json({"show-1-base/unet/diffusion_pytorch_model.safetensors"}));
}

TEST_F(CliInspect, ASingleNetworkOrSomeWithoutTheirIndex) {
    fs::create_directories(path("model/unet"));
    EXPECT_EQ(run({"inspect", path("model")}), 66);
    put(path("model/unet/config.json"), R"({"_class_name":"UNet3D"})");
    EXPECT_EQ(inspect("model")["missing"], json({"model_index.json", "unet: weights"}));
    EXPECT_EQ(inspect("model/unet")["missing"], json({".: weights"}));
    put(path("model/unet/model.fp16.bin"), weights()); // told by content
    const json found = inspect("model/unet");
    EXPECT_EQ(found["missing"], json::array());
    EXPECT_EQ(found["components"][0]["class"], "UNet3D");
    EXPECT_EQ(found["components"][0]["parameters"], 7);
}

TEST_F(CliInspect, UnusableWeightsAreAnErrorAfterTheRest) {
    const auto& base = *library::findRepository("show-1-base");
    putPart(base, path("base"));
    put(path("base/unet/diffusion_pytorch_model.safetensors"), weights().substr(0, 100));
    const json found = inspect("base", 65);
    ASSERT_EQ(found["components"].size(), 2u);
    EXPECT_EQ(found["components"][0]["parameters"], 7);
    EXPECT_TRUE(found["components"][1].contains("error"));
    EXPECT_EQ(run({"inspect", path("base")}), 65);
    EXPECT_NE(err.str().find("diffusion_pytorch_model.safetensors"), std::string::npos);
}

TEST_F(CliInspect, ATensorFile) {
    put(path("m.s1motion"), weights());
    const json found = inspect("m.s1motion");
    EXPECT_EQ(found["metadata"]["prompt"], "jumps");
    EXPECT_EQ(found["tensors"], json({{"F16", 1}, {"F32", 1}}));
    for (const std::string& broken : {std::string("short"), std::string(8, '\xff'), weights().substr(0, 60)}) {
        put(path("m.s1motion"), broken);
        EXPECT_EQ(run({"inspect", path("m.s1motion")}), 65);
        expectOneErrorLine();
    }
}

} // namespace
} // namespace s1::cli
