#include "library/hub_settings.h"

#include "base/files.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace s1::library {

namespace fs = std::filesystem;

namespace {

constexpr const char* kPublicHub = "https://huggingface.co";
constexpr std::uint64_t kLongestToken = 4096;

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

fs::path folderOr(const char* name, const char* belowHome) {
    if (const std::string value = variable(name); !value.empty())
        return value;
    const std::string home = variable("HOME");
    return fs::path(home.empty() ? "/tmp" : home) / belowHome;
}

fs::path hubHome() {
    if (const std::string home = variable("HF_HOME"); !home.empty())
        return home;
    return folderOr("XDG_CACHE_HOME", ".cache") / "huggingface";
}

bool isOn(const char* name) {
    std::string value = variable(name);
    std::transform(value.begin(), value.end(), value.begin(), [](unsigned char c) { return std::toupper(c); });
    return value == "1" || value == "ON" || value == "YES" || value == "TRUE";
}

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// Empty for what would end the header that it is sent in.
std::string checked(const std::string& token) {
    const bool printable = std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return printable ? token : "";
}

std::string findToken() {
    if (const std::string token = trimmed(variable("HF_TOKEN")); !token.empty())
        return checked(token);
    const std::string named = variable("HF_TOKEN_PATH");
    const auto text = readFile(named.empty() ? hubHome() / "token" : fs::path(named), kLongestToken);
    return text ? checked(trimmed(*text)) : "";
}

} // namespace

fs::path dataFolder() {
    return fs::absolute(folderOr("XDG_DATA_HOME", ".local/share")) / "show1-studio";
}

fs::path hubCacheFolder() {
    if (const std::string cache = variable("HF_HUB_CACHE"); !cache.empty())
        return fs::absolute(cache);
    return fs::absolute(hubHome() / "hub");
}

HubSettings HubSettings::ofProcess() {
    HubSettings settings{hubCacheFolder(), variable("HF_ENDPOINT"), findToken(), isOn("HF_HUB_OFFLINE"),
                         !isOn("HF_HUB_DISABLE_SYMLINKS")};
    if (settings.endpoint.empty())
        settings.endpoint = kPublicHub;
    while (settings.endpoint.ends_with('/'))
        settings.endpoint.pop_back();
    return settings;
}

} // namespace s1::library
