#include "likeness_table.h"

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

void LikenessTable::add(const std::string& name, const probe::Likeness& likeness) {
    auto row = std::ranges::find(m_rows, name, &Row::name);
    if (row == m_rows.end())
        row = m_rows.insert(row, {.name = name});
    row->psnr.add(likeness.psnr);
    row->flicker.add(likeness.slice.flicker);
    row->highFrequency.add(likeness.slice.highFrequency);
    row->roughness.add(likeness.slice.roughness);
    row->pathError.add(likeness.pathError);
}

void LikenessTable::report(Reporter& reporter) const {
    const auto line = [&](const auto&... columns) { reporter.text(fmt::format("{:<26} {:>8} {:>9} {:>9} {:>9} {:>9}", columns...)); };
    line("", "PSNR dB", "flicker", "high freq", "roughness", "path px");
    const auto text = [](const Mean& mean, int digits) { return mean.value() ? fmt::format("{:.{}f}", *mean.value(), digits) : std::string("-"); };
    const auto json = [](const Mean& mean) { return mean.value() ? nlohmann::json(*mean.value()) : nlohmann::json(); };
    for (const Row& row : m_rows) {
        line(row.name, text(row.psnr, 2), text(row.flicker, 4), text(row.highFrequency, 4), text(row.roughness, 4), text(row.pathError, 2));
        reporter.event({{"event", "clips"}, {"name", row.name}, {"psnr", json(row.psnr)}, {"flicker", json(row.flicker)},
                        {"high_frequency", json(row.highFrequency)}, {"roughness", json(row.roughness)}, {"path_error", json(row.pathError)}});
    }
}

} // namespace s1::cli
