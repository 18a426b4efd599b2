#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace s1 {

// Reads a config file from outside. Every key has a type and a range, and one that does not keep to them is refused
// (Unsupported, naming file and key) before anything is made from it. An absent key or null leaves out as it was.
class ConfigReader {
public:
    ConfigReader(const nlohmann::json& object, const std::string& file) : m_object(object), m_file(file) {}

    // Present and not null; nullptr also where the file holds no object.
    const nlohmann::json* find(const char* key) const;
    Error bad(const std::string& key, const std::string& why) const;
    // One notice for the keys that nobody asked for, but for those known to change nothing and "_diffusers_version" and
    // its like.
    void noticeUnknown(std::span<const std::string_view> harmless) const;

    Result<void> require(std::initializer_list<const char*> keys) const;
    Result<void> integer(const char* key, std::int64_t& out, std::int64_t low, std::int64_t high) const;
    // A list of 1 to mostItems whole numbers.
    Result<void> integers(const char* key, std::size_t mostItems, std::int64_t low, std::int64_t high,
                          std::vector<std::int64_t>& out) const;
    Result<void> number(const char* key, double& out, double low, double high) const;
    Result<void> boolean(const char* key, bool& out) const;
    // A key whose only supported value is the published one.
    Result<void> only(const char* key, const nlohmann::json& published) const;

    template <typename T>
    Result<void> choice(const char* key, std::initializer_list<std::pair<const char*, T>> known, T& out) const {
        const nlohmann::json* value = find(key);
        if (!value)
            return {};
        std::string names;
        for (const auto& [name, meaning] : known) {
            if (*value == name) {
                out = meaning;
                return {};
            }
            names += (names.empty() ? "" : ", ") + std::string(name);
        }
        return bad(key, "is " + shown(*value) + "; known are " + names);
    }

protected:
    static std::string shown(const nlohmann::json& value); // cut short, as it may be megabytes

private:
    Result<void> checkInteger(const char* key, const nlohmann::json& value, std::int64_t low, std::int64_t high) const;

    const nlohmann::json& m_object;
    const std::string& m_file;
    mutable std::set<std::string_view> m_asked; // literals
};

} // namespace s1
