#include "cascade/model_set.h"
#include "text/text_encoder.h"
#include "weights/load.h"

#include <gtest/gtest.h>

namespace s1::parity {
namespace {

namespace fs = std::filesystem;

struct Count {
    std::int64_t parameters = 0;
    std::size_t keys = 0;
    bool operator==(const Count&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Count& count) { return out << count.parameters << " in " << count.keys; }

template <typename Network, typename Config>
Count countOf(const char* folder) {
    const auto network = weights::buildNetwork<Network, Config>(fs::path(S1_SOURCE_DIR) / "resources/published" / folder);
    EXPECT_TRUE(network) << network.error().message;
    Count count;
    for (const auto& [name, tensor] : weights::stateDict(**network)) {
        count.parameters += tensor.numel();
        ++count.keys;
    }
    return count;
}

// show1.md 3.1, 4 and 2: what the published files hold. No memory is taken for it.
TEST(PublishedConfigs, GiveThePublishedNumbersOfParameters) {
    const auto unet = &countOf<nn::UNet, nn::UNetConfig>;
    EXPECT_EQ(unet("show-1-base/unet"), (Count{1'726'848'390, 1827}));
    EXPECT_EQ(unet("show-1-interpolation/unet"), (Count{1'726'859'910, 1827}));
    EXPECT_EQ(unet("show-1-sr1/unet"), (Count{796'343'046, 1639}));
    EXPECT_EQ(unet("IF-II-L-v1.0/unet"), (Count{1'243'277'190, 939}));
    EXPECT_EQ(unet("show-1-sr2/unet"), (Count{1'411'233'860, 1480}));
    EXPECT_EQ((countOf<nn::Vae, nn::VaeConfig>("show-1-sr2/vae")), (Count{83'653'863, 248}));
    EXPECT_EQ((countOf<text::ClipEncoder, text::ClipConfig>("show-1-sr2/text_encoder").parameters), 340'387'840);
    EXPECT_EQ((countOf<text::T5Encoder, text::T5Config>("show-1-base/text_encoder").parameters), 4'762'310'656);
}

} // namespace
} // namespace s1::parity
