#include "base/config_reader.h"

#include "base/listing.h"
#include "base/notice.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace s1 {

using nlohmann::json;

const json* ConfigReader::find(const char* key) const {
    m_asked.insert(key);
    const auto it = m_object.find(key);
    return it == m_object.end() || it->is_null() ? nullptr : &*it;
}

void ConfigReader::noticeUnknown(std::span<const std::string_view> harmless) const {
    std::vector<std::string> unknown;
    if (!m_object.is_object())
        return;
    for (const auto& [key, value] : m_object.items())
        if (!value.is_null() && !key.starts_with('_') && !m_asked.contains(key) && std::ranges::find(harmless, key) == harmless.end())
            unknown.push_back(shown(key));
    if (unknown.empty())
        return;
    notice(fmt::format("{} has settings this version does not know and leaves out: {}", m_file, firstOf(unknown)));
}

std::string ConfigReader::shown(const json& value) {
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > 200)
        text = text.substr(0, 200) + "…";
    return text;
}

Error ConfigReader::bad(const std::string& key, const std::string& why) const {
    return {ErrorCode::Unsupported, fmt::format("{}: {} {}", m_file, key, why), key};
}

Result<void> ConfigReader::require(std::initializer_list<const char*> keys) const {
    for (const char* key : keys)
        if (!find(key))
            return bad(key, "is missing; get the file again");
    return {};
}

Result<void> ConfigReader::checkInteger(const char* key, const json& value, std::int64_t low, std::int64_t high) const {
    // An unsigned number above the signed ones reads as a negative one.
    if (!value.is_number_integer() || value.get<std::int64_t>() < low || value.get<std::int64_t>() > high)
        return bad(key, fmt::format("is {}; expected a whole number from {} to {}", shown(value), low, high));
    return {};
}

Result<void> ConfigReader::integer(const char* key, std::int64_t& out, std::int64_t low, std::int64_t high) const {
    if (const json* value = find(key)) {
        S1_CHECK(checkInteger(key, *value, low, high));
        out = value->get<std::int64_t>();
    }
    return {};
}

Result<void> ConfigReader::integers(const char* key, std::size_t mostItems, std::int64_t low, std::int64_t high,
                                    std::vector<std::int64_t>& out) const {
    const json* value = find(key);
    if (!value)
        return {};
    if (!value->is_array() || value->empty() || value->size() > mostItems)
        return bad(key, fmt::format("is {}; expected a list of 1 to {} numbers", shown(*value), mostItems));
    out.clear();
    for (const json& item : *value) {
        S1_CHECK(checkInteger(key, item, low, high));
        out.push_back(item.get<std::int64_t>());
    }
    return {};
}

Result<void> ConfigReader::number(const char* key, double& out, double low, double high) const {
    if (const json* value = find(key)) {
        const double found = value->is_number() ? value->get<double>() : std::numeric_limits<double>::quiet_NaN();
        if (!(found >= low && found <= high)) // also NaN
            return bad(key, fmt::format("is {}; expected a number from {} to {}", shown(*value), low, high));
        out = found;
    }
    return {};
}

Result<void> ConfigReader::boolean(const char* key, bool& out) const {
    if (const json* value = find(key)) {
        if (!value->is_boolean())
            return bad(key, fmt::format("is {}; expected true or false", shown(*value)));
        out = value->get<bool>();
    }
    return {};
}

Result<void> ConfigReader::only(const char* key, const json& published) const {
    const json* value = find(key);
    if (value && *value != published)
        return bad(key, fmt::format("is {}; only {} is supported", shown(*value), published.dump()));
    return {};
}

} // namespace s1
