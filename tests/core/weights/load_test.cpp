#include "weights/load.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::weights {
namespace {

namespace fs = std::filesystem;

class ComponentFolder : public testing::Test {
protected:
    void put(const std::string& name, const TensorMap& tensors) { ASSERT_TRUE(writeSafetensors(m_folder / name, tensors)); }
    void index(const std::string& json) { ASSERT_TRUE(writeFileAtomically(m_folder / "model.safetensors.index.json", json)); }
    Result<TensorFilePtr> openIndex() { return openTensorFile(m_folder / "model.safetensors.index.json"); }
    float value() {
        const auto file = openComponentWeights(m_folder.path());
        if (!file)
            return -1;
        const auto tensor = (*file)->read("x");
        return tensor ? tensor->item<float>() : -2;
    }
    static TensorMap x(float value) { return {{"x", at::scalar_tensor(value)}}; }

    test::TemporaryFolder m_folder;
};

TEST_F(ComponentFolder, OrderOfTheFiles) {
    const auto none = openComponentWeights(m_folder.path());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::NotFound);
    EXPECT_NE(none.error().message.find(m_folder.path().string()), std::string::npos);
    put("part.safetensors", x(1));
    index(R"({"weight_map": {"x": "part.safetensors"}})");
    EXPECT_EQ(value(), 1);
    put("model.fp16.safetensors", x(2));
    EXPECT_EQ(value(), 1) << "plain shards come before the variant";
    put("model.safetensors", x(3));
    EXPECT_EQ(value(), 3) << "one file comes before shards";
    ASSERT_TRUE(writeFileAtomically(m_folder / "model.bin", "not read"));
    EXPECT_EQ(value(), 3) << "safetensors come before .bin";
    put("diffusion_pytorch_model.fp16.safetensors", x(4));
    EXPECT_EQ(value(), 4);
    put("diffusion_pytorch_model.safetensors", x(5));
    EXPECT_EQ(value(), 5);
}

TEST_F(ComponentFolder, ShardsAreOneFile) {
    put("a.safetensors", {{"one", at::ones({2})}, {"hidden", at::ones({2})}});
    put("b.safetensors", {{"two", at::full({3}, 2.0)}});
    index(R"({"metadata": {"total_size": 20}, "weight_map": {"one": "a.safetensors", "two": "b.safetensors"}})");
    const auto file = openIndex();
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ((*file)->tensors().size(), 2u);
    const auto two = (*file)->read("two");
    ASSERT_TRUE(two);
    EXPECT_TRUE(at::equal(*two, at::full({3}, 2.0)));
    EXPECT_FALSE((*file)->read("hidden"));
}

TEST_F(ComponentFolder, ShardThatIsMissingOrLacksItsTensor) {
    index(R"({"weight_map": {"one": "a.safetensors"}})");
    const auto missing = openIndex();
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    EXPECT_NE(missing.error().message.find("a.safetensors"), std::string::npos);
    put("a.safetensors", {{"other", at::ones({2})}});
    const auto lacking = openIndex();
    ASSERT_FALSE(lacking);
    EXPECT_EQ(lacking.error().code, ErrorCode::Corrupt);
    EXPECT_NE(lacking.error().message.find("one"), std::string::npos);
}

TEST_F(ComponentFolder, ShardsOutsideTheFolderAreRefused) {
    fs::create_directories(m_folder / "inner");
    put("outside.safetensors", {{"one", at::ones({2})}});
    for (const std::string name : {"../outside.safetensors", "/etc/passwd", "a/../../b.safetensors", "..\\\\outside.safetensors",
                                   "\\\\\\\\server\\\\x", "", "sub/x.safetensors", ".", ".."}) {
        ASSERT_TRUE(writeFileAtomically(m_folder / "inner/model.safetensors.index.json", R"({"weight_map": {"one": ")" + name + "\"}}"));
        const auto file = openTensorFile(m_folder / "inner/model.safetensors.index.json");
        ASSERT_FALSE(file) << name;
        EXPECT_EQ(file.error().code, ErrorCode::Corrupt) << file.error().message;
    }
}

TEST_F(ComponentFolder, IndexThatIsNoIndex) {
    for (const std::string json : {"{}", "[]", "7", R"({"weight_map": []})", R"({"weight_map": {"a": 1}})", R"({"weight_map": {"a": null}})", "{", ""}) {
        index(json);
        const auto file = openIndex();
        ASSERT_FALSE(file) << json;
        EXPECT_EQ(file.error().code, ErrorCode::Corrupt) << json;
    }
    index(R"({"weight_map": {"a": "model.safetensors.index.json"}})"); // names itself
    EXPECT_FALSE(openIndex());
}

struct Small : torch::nn::Module {
    Small() {
        register_parameter("weight", at::zeros({2, 3}));
        register_parameter("bias", at::zeros({2}));
        register_buffer("count", at::zeros({1}));
    }
};

class LoadInto : public ComponentFolder {
protected:
    Result<void> load(torch::nn::Module& module, const TensorMap& tensors) {
        put("w.safetensors", tensors);
        const auto file = openTensorFile(m_folder / "w.safetensors");
        EXPECT_TRUE(file);
        return loadInto(module, **file);
    }
};

TEST_F(LoadInto, ConvertsAndIgnoresExtras) {
    Small module;
    const at::Tensor weight = at::randn({2, 3}).to(at::kHalf);
    ASSERT_TRUE(load(module, {{"weight", weight}, {"bias", at::tensor({1.5, 2.5}, at::kDouble)}, {"count", at::ones({1}, at::kLong)}, {"extra", at::ones({9})}}));
    const auto state = stateDict(module);
    EXPECT_TRUE(at::equal(state.at("weight"), weight.to(at::kFloat)));
    EXPECT_TRUE(at::equal(state.at("bias"), at::tensor({1.5f, 2.5f})));
    EXPECT_EQ(state.at("count").item<float>(), 1);
}

TEST_F(LoadInto, MissingTensorsAreCountedAndTheFirstNamed) {
    Small module;
    const auto loaded = load(module, {{"bias", at::ones({2})}});
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::Corrupt);
    EXPECT_EQ(loaded.error().subject, "count");
    EXPECT_EQ(loaded.error().message.rfind("2 of", 0), 0u) << loaded.error().message;
}

TEST_F(LoadInto, WrongShapeNamesBoth) {
    for (const at::Tensor& weight : {at::ones({3, 2}), at::ones({6}), at::ones({2, 4}), at::ones({2, 3, 2}), at::ones({1, 2, 3})}) {
        Small module;
        const auto loaded = load(module, {{"weight", weight}, {"bias", at::ones({2})}, {"count", at::ones({1})}});
        ASSERT_FALSE(loaded) << weight.sizes();
        EXPECT_EQ(loaded.error().subject, "weight");
        EXPECT_NE(loaded.error().message.find(fmt::format("[{}]", fmt::join(weight.sizes(), ","))), std::string::npos);
        EXPECT_NE(loaded.error().message.find("[2,3]"), std::string::npos);
    }
}

TEST_F(LoadInto, OldVaeNames) {
    struct Attention : torch::nn::Module {
        Attention() {
            for (const char* name : {"to_q", "to_k", "to_v"}) {
                auto layer = register_module(name, std::make_shared<torch::nn::Module>());
                layer->register_parameter("weight", at::zeros({2, 2}));
            }
            auto out = register_module("to_out", std::make_shared<torch::nn::Module>());
            auto first = out->register_module("0", std::make_shared<torch::nn::Module>());
            first->register_parameter("weight", at::zeros({2, 2}));
        }
    };
    struct Vae : torch::nn::Module {
        Vae() { register_module("attn", std::make_shared<Attention>()); }
    } vae;
    ASSERT_TRUE(load(vae, {{"attn.query.weight", at::full({2, 2}, 1.0)}, {"attn.key.weight", at::full({2, 2, 1, 1}, 2.0)},
                           {"attn.value.weight", at::full({2, 2}, 3.0)}, {"attn.proj_attn.weight", at::full({2, 2}, 4.0)}}));
    const auto state = stateDict(vae);
    EXPECT_EQ(state.at("attn.to_q.weight").mean().item<float>(), 1);
    EXPECT_EQ(state.at("attn.to_k.weight").mean().item<float>(), 2);
    EXPECT_EQ(state.at("attn.to_v.weight").mean().item<float>(), 3);
    EXPECT_EQ(state.at("attn.to_out.0.weight").mean().item<float>(), 4);
}

TEST(Deterministic, CheckValuesOfTheSpecification) {
    EXPECT_TRUE(at::allclose(deterministicUniform({4}, 0), at::tensor({-1.0f, -0.18330184f, 0.63339633f, -0.34417990f}), 0, 1e-7));
    EXPECT_TRUE(at::allclose(deterministicUniform({3}, 5), at::tensor({-0.27466118f, -0.14026286f, 0.83514136f}), 0, 1e-7));
    EXPECT_TRUE(at::equal(deterministicUniform({2, 2}, 7).flatten(), deterministicUniform({4}, 7)));
}

TEST(Deterministic, FillTakesKeysInByteOrder) {
    Small module; // bias, count, weight
    fillDeterministic(module);
    const auto state = stateDict(module);
    EXPECT_TRUE(at::allclose(state.at("count"), 1 + 0.1 * deterministicUniform({1}, 1)));
    EXPECT_TRUE(at::allclose(state.at("weight"), deterministicUniform({2, 3}, 2)));
}

TEST(Deterministic, OnlyNamesThatEndInDotBiasAreBiases) {
    struct Outer : torch::nn::Module {
        Outer() { register_module("inner", std::make_shared<Small>()); }
    } module;
    fillDeterministic(module);
    EXPECT_TRUE(at::allclose(stateDict(module).at("inner.bias"), 0.1 * deterministicUniform({2}, 0)));
}

} // namespace
} // namespace s1::weights
