#include "base/files.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

namespace s1 {
namespace {

namespace fs = std::filesystem;

const fs::path kShipped = fs::path(S1_SOURCE_DIR) / "resources/models/toyland";

// The list names what was measured: docs/toyland.md says how it came to be.
TEST(ShippedModel, IsTheOneThatWasListed) {
    std::map<std::string, std::string> listed; // sum by file
    std::istringstream lines(readFile(kShipped / "SHA256SUMS").value());
    for (std::string sum, file; lines >> sum >> file;)
        listed[file] = sum;
    std::uintmax_t all = 0;
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(kShipped)) {
        if (!entry.is_regular_file() || entry.path().filename() == "SHA256SUMS")
            continue;
        ++files;
        const std::string name = fs::relative(entry.path(), kShipped).generic_string();
        EXPECT_EQ(listed[name], sha256(readFile(entry.path()).value())) << name;
        EXPECT_LE(entry.file_size(), 16u << 20) << name;
        all += entry.file_size();
    }
    EXPECT_EQ(files, listed.size());
    EXPECT_LE(all, 24u << 20);
}

} // namespace
} // namespace s1
