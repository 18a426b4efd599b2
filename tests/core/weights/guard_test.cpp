#include "base/stop.h"
#include "weights/guard.h"
#include "weights/stored_weight.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace s1::weights {
namespace {

ErrorCode codeOf(const std::function<Result<void>()>& work) {
    const auto result = guarded(work);
    EXPECT_FALSE(result);
    EXPECT_FALSE(result.error().message.empty());
    EXPECT_EQ(result.error().message.find('\n'), std::string::npos) << result.error().message;
    return result.error().code;
}

TEST(Guard, ExceptionsBecomeErrors) {
    EXPECT_TRUE(guarded([]() -> Result<void> { return {}; }));
    EXPECT_EQ(codeOf([]() -> Result<void> { return Error{ErrorCode::Cancelled, "cancelled", ""}; }), ErrorCode::Cancelled);
    EXPECT_EQ(codeOf([]() -> Result<void> { throw Stopped{}; }), ErrorCode::Cancelled);
    EXPECT_EQ(codeOf([]() -> Result<void> { throw ReadFailed({ErrorCode::Io, "unet.safetensors ends early; get it again", "unet"}); }), ErrorCode::Io);
    EXPECT_EQ(codeOf([]() -> Result<void> { throw std::bad_alloc(); }), ErrorCode::OutOfMemory);
    EXPECT_EQ(codeOf([]() -> Result<void> { throw std::runtime_error("one\ntwo"); }), ErrorCode::Internal);
    EXPECT_EQ(codeOf([]() -> Result<void> { return at::ones({2}).add_(at::ones({3})), Result<void>{}; }), ErrorCode::Internal);
    EXPECT_EQ(codeOf([]() -> Result<void> { TORCH_CHECK_WITH(OutOfMemoryError, false, "device"); return {}; }), ErrorCode::OutOfMemory);
    EXPECT_EQ(codeOf([]() -> Result<void> { return at::empty({std::int64_t(1) << 50}), Result<void>{}; }), ErrorCode::OutOfMemory);
}

} // namespace
} // namespace s1::weights
