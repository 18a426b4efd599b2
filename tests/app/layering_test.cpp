#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

// The arrows of CONTRIBUTING.md, checked by reading includes: app -> ui -> core/engine -> the rest of core.
namespace s1 {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = S1_SOURCE_DIR;

struct Include {
    std::string name;
    bool system = false; // <…>
};

std::vector<Include> includesOf(const fs::path& file) {
    static const std::regex kInclude(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    std::vector<Include> includes;
    std::ifstream stream(file);
    std::smatch match;
    for (std::string line; std::getline(stream, line);)
        if (std::regex_search(line, match, kInclude))
            includes.push_back({match[2], match[1] == "<"});
    return includes;
}

std::vector<fs::path> sourcesBelow(const fs::path& folder) {
    std::vector<fs::path> files;
    if (!fs::exists(folder))
        return files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (const auto end = entry.path().extension(); end == ".h" || end == ".cpp" || end == ".cu")
            files.push_back(entry.path());
    return files;
}

bool isQt(const std::string& name) {
    return name.size() > 1 && name[0] == 'Q' && (std::isupper(static_cast<unsigned char>(name[1])) || name[1] == 't');
}

bool startsWithAny(const std::string& name, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& p) { return name.starts_with(p); });
}

bool isTensorOrCodec(const std::string& name) {
    return startsWithAny(name, {"torch/", "ATen/", "c10/", "libav", "libsw"});
}

// The file a quoted include of ours names, as the include paths of the targets find it.
fs::path resolve(const fs::path& from, const std::string& name) {
    for (const fs::path& folder : {from.parent_path(), kRoot / "core", kRoot / "ui", kRoot / "app" / "cli"})
        if (fs::exists(folder / name))
            return folder / name;
    return {};
}

// How a file comes to see a forbidden header: the chain of includes, or nothing.
std::string chainToTensor(const fs::path& file, std::set<fs::path>& seen) {
    if (!seen.insert(fs::weakly_canonical(file)).second)
        return {};
    for (const Include& include : includesOf(file)) {
        if (isTensorOrCodec(include.name))
            return include.name;
        if (const fs::path next = include.system ? fs::path() : resolve(file, include.name); !next.empty())
            if (const std::string chain = chainToTensor(next, seen); !chain.empty())
                return include.name + " -> " + chain;
    }
    return {};
}

// Modules from bottom to top, as core/CMakeLists.txt adds them.
std::map<std::string, int> moduleOrder() {
    static const std::regex kAdd(R"(^\s*add_subdirectory\((\w+)\))");
    std::map<std::string, int> order;
    std::ifstream stream(kRoot / "core/CMakeLists.txt");
    std::smatch match;
    for (std::string line; std::getline(stream, line);)
        if (std::regex_search(line, match, kAdd))
            order.emplace(match[1], static_cast<int>(order.size()));
    return order;
}

TEST(Layering, CoreKnowsNoQt) {
    for (const fs::path& file : sourcesBelow(kRoot / "core"))
        for (const Include& include : includesOf(file))
            EXPECT_FALSE(isQt(include.name)) << file << " includes " << include.name;
}

TEST(Layering, ModulesOfCoreLookDownOnly) {
    const auto order = moduleOrder();
    ASSERT_GT(order.size(), 5u);
    for (const auto& [module, place] : order)
        for (const fs::path& file : sourcesBelow(kRoot / "core" / module))
            for (const Include& include : includesOf(file)) {
                const auto other = order.find(include.name.substr(0, include.name.find('/')));
                if (!include.system && other != order.end()) {
                    EXPECT_LE(other->second, place) << file << " includes " << include.name;
                }
            }
}

TEST(Layering, WindowAndProgramsSeeNoTensorAndNoCodec) {
    const std::set<std::string> tensorVerbs{"check.cpp"}; // it computes itself
    for (const char* folder : {"ui", "app"})
        for (const fs::path& file : sourcesBelow(kRoot / folder)) {
            if (tensorVerbs.contains(file.filename()))
                continue;
            std::set<fs::path> seen;
            EXPECT_EQ(chainToTensor(file, seen), "") << file;
        }
}

TEST(Layering, CommandLineKnowsNoQt) {
    for (const fs::path& file : sourcesBelow(kRoot / "app/cli"))
        for (const Include& include : includesOf(file))
            EXPECT_FALSE(isQt(include.name)) << file << " includes " << include.name;
}

TEST(Layering, CodecsStayInMedia) {
    for (const fs::path& file : sourcesBelow(kRoot / "core"))
        for (const Include& include : includesOf(file)) {
            const bool inMedia = *fs::relative(file, kRoot / "core").begin() == "media";
            EXPECT_TRUE(inMedia || !startsWithAny(include.name, {"libav", "libsw"})) << file;
        }
}

} // namespace
} // namespace s1
