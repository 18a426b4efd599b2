#pragma once

#include "toyland/judge.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace s1::cli {

// What is taken for what: of each attribute, how often each value asked for was found as which.
class Confusion {
public:
    void add(const toyland::Verdict& verdict); // what was not asked for is left out

    nlohmann::json toJson() const; // {"motion":{"bounces":{"bounces":60,"moves left":1}}}
    std::string table() const;     // for people; one line a value

private:
    using Row = std::map<std::string, int>;
    std::map<std::string, std::map<std::string, Row>> m_attributes;
};

} // namespace s1::cli
