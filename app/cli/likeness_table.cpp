#include "likeness_table.h"

#include "slice/clip_numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace s1::cli {

void Mean::add(std::optional<double> number) {
    if (!number || !std::isfinite(*number))
        return;
    m_sum += *number;
    ++m_count;
}

LikenessTable::Row& LikenessTable::row(const std::string& name) {
    const auto found = std::ranges::find(m_rows, name, &Row::name);
    return found != m_rows.end() ? *found : m_rows.emplace_back(Row{.name = name});
}

void LikenessTable::add(const std::string& name, const SliceNumbers& slices) { row(name).slices.push_back(slices); }

void LikenessTable::add(const std::string& name, const probe::Likeness& likeness) {
    Row& found = row(name);
    found.slices.push_back(likeness.slice);
    found.psnr.add(likeness.psnr);
    found.pathError.add(likeness.pathError);
}

void LikenessTable::report(Reporter& reporter) const {
    const auto line = [&](const auto&... columns) { reporter.text(fmt::format("{:<26} {:>8} {:>9} {:>9} {:>9} {:>9}", columns...)); };
    line("", "PSNR dB", "flicker", "high freq", "roughness", "path px");
    const auto text = [](const Mean& mean) { return mean.value() ? fmt::format("{:.2f}", *mean.value()) : std::string("-"); };
    const auto json = [](const Mean& mean) { return mean.value() ? nlohmann::json(*mean.value()) : nlohmann::json(); };
    for (const Row& row : m_rows) {
        const SliceNumbers slices = together(row.slices);
        const auto share = [](double number) { return fmt::format("{:.4f}", number); };
        line(row.name, text(row.psnr), share(slices.flicker), share(slices.highFrequency), share(slices.roughness), text(row.pathError));
        reporter.event({{"event", "clips"}, {"name", row.name}, {"psnr", json(row.psnr)}, {"flicker", slices.flicker},
                        {"high_frequency", slices.highFrequency}, {"roughness", slices.roughness}, {"path_error", json(row.pathError)}});
    }
}

} // namespace s1::cli
