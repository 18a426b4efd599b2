#include "base/abandonable.h"

#include "base/files.h"
#include "base/input_file.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace s1 {
namespace {

using namespace std::chrono_literals;

TEST(Abandonable, GivesTheResultTheNoticesAndTheException) {
    for (const bool stoppable : {false, true}) {
        std::stop_source source;
        const StopScope stop(stoppable ? source.get_token() : std::stop_token());
        std::vector<std::string> heard;
        const NoticeScope notices([&](const std::string& sentence) { heard.push_back(sentence); });
        const auto result = runAbandonably([]() -> Result<int> {
            notice("odd");
            return 7;
        });
        ASSERT_TRUE(result);
        EXPECT_EQ(*result, 7);
        EXPECT_EQ(heard, std::vector<std::string>{"odd"});
        EXPECT_THROW(runAbandonably([]() -> Result<int> { throw std::runtime_error("x"); }), std::runtime_error);
    }
}

TEST(Abandonable, WorkThatAnswersNoMoreIsLeft) {
    std::stop_source source;
    const StopScope stop(source.get_token());
    const auto disk = std::make_shared<std::promise<void>>();
    const auto ended = std::make_shared<std::promise<void>>();
    std::thread user([&] {
        std::this_thread::sleep_for(50ms);
        source.request_stop();
    });
    const auto start = std::chrono::steady_clock::now();
    const auto result = runAbandonably([disk, ended]() -> Result<int> {
        disk->get_future().wait();
        ended->set_value();
        return 7;
    });
    EXPECT_LT(std::chrono::steady_clock::now() - start, 550ms);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
    EXPECT_FALSE(runAbandonably([]() -> Result<int> { return 7; })) << "stopped before it began";
    disk->set_value();
    ended->get_future().wait();
    user.join();
}

TEST(Abandonable, ReadingSeesTheStopBetweenPieces) {
    test::TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "x.bin", std::string(3 << 20, 'x')));
    const auto file = InputFile::open(folder / "x.bin");
    ASSERT_TRUE(file);
    std::string out(3 << 20, '\0');
    std::stop_source source;
    const StopScope stop(source.get_token());
    EXPECT_TRUE(file->read(0, out.data(), out.size()));
    EXPECT_EQ(out, std::string(3 << 20, 'x'));
    source.request_stop();
    const auto stopped = file->read(0, out.data(), out.size());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
}

TEST(Notices, GoToTheInnermostScope) {
    std::vector<std::string> outer, inner;
    const NoticeScope first([&](const std::string& sentence) { outer.push_back(sentence); });
    {
        const NoticeScope second([&](const std::string& sentence) { inner.push_back(sentence); });
        notice("a");
    }
    notice("b");
    EXPECT_EQ(inner, std::vector<std::string>{"a"});
    EXPECT_EQ(outer, std::vector<std::string>{"b"});
}

} // namespace
} // namespace s1
