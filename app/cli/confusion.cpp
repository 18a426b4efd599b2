#include "confusion.h"

#include <fmt/format.h>

#include <numeric>

namespace s1::cli {

void Confusion::add(const toyland::Verdict& verdict) {
    for (const auto& [name, part] : toyland::judgements(verdict))
        if (!part.expected.empty())
            ++m_attributes[name][part.expected][part.right ? part.expected : part.found];
}

nlohmann::json Confusion::toJson() const { return m_attributes; }

std::string Confusion::table() const {
    std::string text;
    for (const auto& [attribute, rows] : m_attributes)
        for (const auto& [expected, row] : rows) {
            const int all = std::accumulate(row.begin(), row.end(), 0, [](int sum, const auto& cell) { return sum + cell.second; });
            const auto right = row.find(expected);
            text += fmt::format("  {:<10} {:<18} {}/{}", attribute, expected, right == row.end() ? 0 : right->second, all);
            for (const auto& [found, count] : row)
                if (found != expected)
                    text += fmt::format(", {} as {}", count, found);
            text += '\n';
        }
    return text;
}

} // namespace s1::cli
