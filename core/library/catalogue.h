#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace s1::library {

// One published repository, and what the cascade reads of it (show1.md 1.1, 6).
struct Repository {
    std::string_view id;        // "showlab/show-1-base", as the hub calls it
    std::string_view className; // _class_name of its model_index.json: how a folder is recognised
    std::string_view licence;
    std::span<const std::string_view> files;
    std::span<const std::string_view> networks; // folders with weights of some accepted name

    std::string_view name() const { return id.substr(id.find('/') + 1); } // "show-1-base": its folder in a set
};

inline constexpr std::string_view kPublishedModel = "show-1"; // the five together

std::span<const Repository> repositories();
const Repository* findRepository(std::string_view idOrName); // null: none of ours
const Repository* repositoryOfClass(std::string_view className);

// Which weights count where a network has several. AsLoaded is the loader's order; Smallest is for a download: the
// published stages keep half precision anyway.
enum class WeightOrder { AsLoaded, Smallest };

// Paths inside the repository. A network without weights stands in missing by its first name.
struct FileChoice {
    std::vector<std::string> files;
    std::vector<std::string> missing;
};
FileChoice chooseFiles(const Repository& repository, const std::set<std::string>& available, WeightOrder order);

} // namespace s1::library
