#include "nn/device.h"

#include <gtest/gtest.h>

namespace s1::nn {
namespace {

TEST(Device, TheProcessorIsAlwaysThere) {
    for (const char* name : {"auto", "cpu"}) {
        const auto device = openDevice(name);
        ASSERT_TRUE(device) << device.error().message;
        EXPECT_TRUE(device->is_cpu());
    }
}

TEST(Device, UnknownNamesAreRefusedWithTheKnownOnes) {
    for (const char* name : {"", "gpu", "cud", "cudax", "cuda:", "cuda:-1", "cuda:1x", "cuda0"}) {
        const auto device = openDevice(name);
        ASSERT_FALSE(device) << name;
        EXPECT_EQ(device.error().code, ErrorCode::InvalidArgument) << name;
        EXPECT_NE(device.error().message.find("cuda:N"), std::string::npos) << device.error().message;
    }
}

TEST(Device, AGpuThatIsNotThereIsSaidSo) {
    const auto device = openDevice("cuda:63");
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, ErrorCode::Unsupported);
    EXPECT_NE(device.error().message.find("use cpu"), std::string::npos) << device.error().message;
}

} // namespace
} // namespace s1::nn
