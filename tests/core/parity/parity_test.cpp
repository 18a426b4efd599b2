#include "parity/parity.h"

#include "base/files.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace s1::parity {
namespace {

std::vector<std::filesystem::path> recordedCases() {
    auto cases = findCases(std::filesystem::path(S1_TEST_DATA) / "golden");
    return cases ? *cases : std::vector<std::filesystem::path>{};
}

class Golden : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Golden, AgreesWithTheOriginal) {
    const CaseReport report = runCase(GetParam());
    EXPECT_TRUE(report.passed) << report.kind << " " << report.name << ": " << report.worst;
    EXPECT_FALSE(report.kind.empty());
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(recordedCases()), [](const auto& info) {
    std::string name = info.param.parent_path().filename().string() + "_" + info.param.filename().string();
    std::replace_if(name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
});

TEST(Parity, ThereAreRecordedCases) { EXPECT_GT(recordedCases().size(), 30u); }

TEST(Parity, GlobChoosesKinds) {
    const auto cases = findCases(std::filesystem::path(S1_TEST_DATA) / "golden", "rng.*");
    ASSERT_TRUE(cases);
    EXPECT_EQ(cases->size(), 2u);
}

TEST(Parity, MissingFolderIsNotFound) {
    const auto cases = findCases("/nonexistent");
    ASSERT_FALSE(cases);
    EXPECT_EQ(cases.error().code, ErrorCode::NotFound);
}

// The same bits wherever the weights lie: the case's own tolerance holds when they are left in their file.
TEST(Parity, WeightsLeftOnDiskComputeTheSame) {
    const auto folder = std::filesystem::path(S1_TEST_DATA) / "golden/net.unet3d/folder_a_one_frame";
    const CaseReport inMemory = runCase(folder), onDisk = runCase(folder, {.bytes = 1});
    EXPECT_TRUE(onDisk.passed) << onDisk.worst;
    EXPECT_FALSE(onDisk.rounded);
    EXPECT_EQ(onDisk.maxAbs, inMemory.maxAbs);
}

TEST(Parity, RoundedWeightsAreOffByLittleAndMeasuredByRms) {
    for (const char* name : {"net.unet3d/folder_a_one_frame", "net.vae/fill_vae"}) {
        const auto folder = std::filesystem::path(S1_TEST_DATA) / "golden" / name;
        const CaseReport exact = runCase(folder), rounded = runCase(folder, {.storage = at::kBFloat16});
        EXPECT_TRUE(rounded.passed) << rounded.worst;
        EXPECT_TRUE(rounded.rounded);
        EXPECT_GT(rounded.rms, 10 * exact.rms) << "bf16 has eight bits";
        EXPECT_LT(rounded.rms, rounded.tolerance);
    }
    EXPECT_FALSE(runCase(std::filesystem::path(S1_TEST_DATA) / "golden/image.resize/06_1x1_to_5x7", {.storage = at::kBFloat16}).rounded)
        << "a case without weights";
}

// Case by case, for what magnifies a change of its weights says nothing of the others. f16 files are as exact as ever.
TEST(Parity, WhatMagnifiesIsGivenMoreRoomInBf16Only) {
    const auto golden = std::filesystem::path(S1_TEST_DATA) / "golden";
    for (const char* name : {"pipe.base/cfg", "pipe.base/from_inversion", "vmc.step/steps"}) {
        const CaseReport bf16 = runCase(golden / name, {.storage = at::kBFloat16}), f16 = runCase(golden / name, {.storage = at::kHalf});
        EXPECT_TRUE(bf16.passed) << bf16.worst;
        EXPECT_GT(bf16.rms, f16.tolerance) << name << " needs no room of its own";
        EXPECT_TRUE(f16.passed) << f16.worst;
        EXPECT_EQ(f16.tolerance, 0.1) << name;
    }
    EXPECT_EQ(runCase(golden / "pipe.base/no_cfg", {.storage = at::kBFloat16}).tolerance, 0.1);
}

// A case with a changed expectation must fail: the runner can say no.
TEST(Parity, ChangedExpectationFails) {
    test::TemporaryFolder folder;
    const auto source = std::filesystem::path(S1_TEST_DATA) / "golden/image.resize/06_1x1_to_5x7";
    std::filesystem::copy(source, folder / "case");
    auto bytes = readFile(folder / "case/expected.safetensors");
    ASSERT_TRUE(bytes);
    bytes->back() = static_cast<char>(bytes->back() ^ 1);
    ASSERT_TRUE(writeFileAtomically(folder / "case/expected.safetensors", *bytes));
    const CaseReport report = runCase(folder / "case");
    EXPECT_FALSE(report.passed);
    EXPECT_EQ(report.maxAbs, 1);
}

TEST(Parity, UnknownKindFailsByName) {
    test::TemporaryFolder folder;
    std::filesystem::copy(std::filesystem::path(S1_TEST_DATA) / "golden/image.resize/06_1x1_to_5x7", folder / "case");
    ASSERT_TRUE(writeFileAtomically(folder / "case/case.json", R"({"kind": "net.unknown"})"));
    const CaseReport report = runCase(folder / "case");
    EXPECT_FALSE(report.passed);
    EXPECT_NE(report.worst.find("net.unknown"), std::string::npos);
}

TEST(Parity, EmptyExpectationNeverPasses) {
    test::TemporaryFolder folder;
    std::filesystem::copy(std::filesystem::path(S1_TEST_DATA) / "golden/image.resize/06_1x1_to_5x7", folder / "case");
    ASSERT_TRUE(writeFileAtomically(folder / "case/expected.safetensors", std::string("\x02\0\0\0\0\0\0\0{}", 10)));
    EXPECT_FALSE(runCase(folder / "case").passed);
}

} // namespace
} // namespace s1::parity
