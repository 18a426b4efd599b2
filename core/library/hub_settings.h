#pragma once

#include <filesystem>
#include <string>

namespace s1::library {

// Where our own data lies: $XDG_DATA_HOME/show1-studio.
std::filesystem::path dataFolder();

// The hub's cache, which other programs share: HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME, in this order.
std::filesystem::path hubCacheFolder();

// What the environment says about the hub, with the names its other clients know.
struct HubSettings {
    std::filesystem::path cache;
    std::string endpoint; // HF_ENDPOINT, without a slash at its end
    std::string token;    // HF_TOKEN or the file that HF_TOKEN_PATH names; empty: none
    bool offline = false; // HF_HUB_OFFLINE
    bool links = true;    // off with HF_HUB_DISABLE_SYMLINKS: files lie in the snapshot itself

    static HubSettings ofProcess();
};

} // namespace s1::library
