#include "weights/stored_weight.h"

#include "nn/layers.h"
#include "support/temporary_folder.h"
#include "weights/load.h"

#include <gtest/gtest.h>

namespace s1::weights {
namespace {

class Network : public nn::Module {
public:
    Network() : m_first(add<nn::Linear>("first", 24, 40)), m_middle(add<nn::ModuleList<nn::Linear>>("middle")), m_last(add<nn::Conv2d>("last", 40, 8)) {
        for (int i = 0; i < 6; ++i)
            m_middle->append(40, 40);
    }
    at::Tensor forward(const at::Tensor& x) const {
        at::Tensor h = m_first->forward(x);
        for (const auto& layer : *m_middle)
            h = layer->forward(h);
        return m_last->forward(h.permute({0, 3, 1, 2}));
    }

private:
    std::shared_ptr<nn::Linear> m_first;
    std::shared_ptr<nn::ModuleList<nn::Linear>> m_middle;
    std::shared_ptr<nn::Conv2d> m_last;
};

std::shared_ptr<Network> shapesOnly() {
    const ShapesOnly shapes;
    return std::make_shared<Network>();
}

class StoredWeight : public testing::Test {
protected:
    void SetUp() override {
        Network network;
        fillDeterministic(network);
        TensorMap half;
        for (const auto& [name, tensor] : stateDict(network))
            half[name] = tensor.detach().to(at::kHalf);
        ASSERT_TRUE(writeSafetensors(m_file, half));
    }

    at::Tensor run(const WeightMemory& memory) {
        const c10::InferenceMode inference;
        const auto network = shapesOnly();
        auto file = openTensorFile(m_file);
        EXPECT_TRUE(file);
        const auto loaded = loadInto(*network, std::shared_ptr<const TensorFile>(std::move(*file)), memory);
        EXPECT_TRUE(loaded);
        kept = 0;
        for (const auto& [name, tensor] : stateDict(*network))
            kept += std::min(tensor.storage().nbytes(), tensor.nbytes());
        m_last = network;
        return network->forward(deterministicUniform({2, 6, 7, 24}, 3));
    }

    test::TemporaryFolder m_folder;
    std::filesystem::path m_file = m_folder.path() / "model.safetensors";
    std::shared_ptr<Network> m_last;
    std::size_t kept = 0;
};

constexpr std::size_t kLinear = 24 * 40 + 6 * 40 * 40, kConv = 40 * 8 * 9, kVectors = 7 * 40 + 8;

TEST_F(StoredWeight, TheBudgetDecidesThePlaceAndChangesNoBit) {
    const at::Tensor computed = run({.bytes = 1 << 20});
    EXPECT_EQ(kept, 4 * (kLinear + kConv + kVectors));
    const at::Tensor asStored = run({.bytes = 2 * (kLinear + kConv) + 4 * kVectors + 4 * kConv});
    EXPECT_EQ(kept, 2 * (kLinear + kConv) + 4 * kVectors);
    const at::Tensor partly = run({.bytes = 6 * kConv + 2 * kConv + 4000});
    EXPECT_LT(kept, 2 * (kLinear + kConv));
    const at::Tensor onDisk = run({.bytes = 0});
    EXPECT_EQ(kept, 4 * kVectors + 4 * 8); // a shape each
    for (const at::Tensor& other : {asStored, partly, onDisk})
        EXPECT_TRUE(at::equal(computed, other));
}

TEST_F(StoredWeight, RoundingToATypeIsTheSameWhereverTheWeightsAre) {
    const at::Tensor exact = run({.bytes = 1 << 20});
    const at::Tensor rounded = run({.storage = at::kBFloat16, .bytes = 1 << 20});
    EXPECT_FALSE(at::equal(exact, rounded));
    EXPECT_LT((exact - rounded).abs().max().item<float>(), 0.05 * exact.abs().max().item<float>());
    EXPECT_TRUE(at::equal(rounded, run({.storage = at::kBFloat16, .bytes = 0})));
    EXPECT_TRUE(at::equal(rounded, run({.storage = at::kBFloat16, .bytes = 2 * (kLinear + kConv) + 4 * kVectors + 4 * kConv})));
}

TEST_F(StoredWeight, AFileThatIsChangedWhileItIsReadFromIsAnErrorWithItsName) {
    run({.bytes = 0});
    std::filesystem::resize_file(m_file, 300);
    try {
        m_last->forward(at::zeros({1, 3, 3, 24}));
        FAIL() << "the weights are gone";
    } catch (const ReadFailed& e) {
        EXPECT_NE(e.error.message.find(m_file.string()), std::string::npos) << e.error.message;
    }
}

TEST(WeightMemory, NamesWhatItCannotUse) {
    EXPECT_EQ(weightMemory("f64", 0).error().subject, "--dtype");
    EXPECT_EQ(weightMemory("bf16", -1).error().subject, "--max-ram");
    EXPECT_EQ(weightMemory("bf16", 6)->bytes, std::uint64_t(6) << 30);
    EXPECT_FALSE(weightMemory("auto", 0)->bytes);
}

} // namespace
} // namespace s1::weights
