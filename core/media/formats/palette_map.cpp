#include "media/formats/palette_map.h"

#include <algorithm>

namespace s1 {
namespace {

constexpr int kBits = 6, kSide = 1 << kBits;

struct Bin {
    std::array<double, 3> sum{};
    std::int64_t count = 0;
    std::array<int, 3> cell{};
};

struct Box {
    std::size_t begin, end;
    double priority = 0; // count times squared range of the widest channel
    int channel = 0;
};

Box measure(const std::vector<Bin>& bins, std::size_t begin, std::size_t end) {
    Box box{begin, end};
    double count = 0, widest = -1;
    for (int c = 0; c < 3; ++c) {
        int low = kSide, high = -1;
        for (std::size_t i = begin; i < end; ++i)
            low = std::min(low, bins[i].cell[c]), high = std::max(high, bins[i].cell[c]);
        if (high - low > widest)
            widest = high - low, box.channel = c;
    }
    for (std::size_t i = begin; i < end; ++i)
        count += static_cast<double>(bins[i].count);
    box.priority = end - begin > 1 ? widest * widest * std::max(count, 1.0) : 0;
    return box;
}

constexpr int kBayer[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};

} // namespace

PaletteMap::PaletteMap(const std::vector<Frame>& frames) : m_nearest(std::size_t(kSide) * kSide * kSide, -1) {
    std::vector<Bin> all(m_nearest.size());
    for (const Frame& frame : frames)
        for (std::size_t i = 0; i + 2 < frame.rgb.size(); i += 3) {
            const std::uint8_t* p = &frame.rgb[i];
            Bin& bin = all[(static_cast<std::size_t>(p[0] >> (8 - kBits)) << (2 * kBits)) |
                           (static_cast<std::size_t>(p[1] >> (8 - kBits)) << kBits) | (p[2] >> (8 - kBits))];
            for (int c = 0; c < 3; ++c)
                bin.sum[c] += p[c], bin.cell[c] = p[c] >> (8 - kBits);
            ++bin.count;
        }
    std::vector<Bin> bins;
    std::copy_if(all.begin(), all.end(), std::back_inserter(bins), [](const Bin& bin) { return bin.count > 0; });
    if (bins.empty())
        return;
    std::vector<Box> boxes = {measure(bins, 0, bins.size())};
    while (boxes.size() < 256) {
        auto widest = std::max_element(boxes.begin(), boxes.end(),
                                       [](const Box& a, const Box& b) { return a.priority < b.priority; });
        if (widest->priority <= 0)
            break;
        const Box box = *widest;
        const auto begin = bins.begin() + static_cast<std::ptrdiff_t>(box.begin);
        const auto end = bins.begin() + static_cast<std::ptrdiff_t>(box.end);
        std::sort(begin, end,
                  [&](const Bin& a, const Bin& b) { return a.cell[box.channel] < b.cell[box.channel]; });
        std::int64_t total = 0, half = 0;
        for (auto it = begin; it != end; ++it)
            total += it->count;
        auto cut = begin;
        while (cut != end - 1 && half * 2 < total)
            half += (cut++)->count;
        const auto middle = static_cast<std::size_t>(std::max(cut, begin + 1) - bins.begin());
        *widest = measure(bins, box.begin, middle);
        boxes.push_back(measure(bins, middle, box.end));
    }
    for (const Box& box : boxes) {
        Bin mean;
        for (std::size_t i = box.begin; i < box.end; ++i) {
            for (int c = 0; c < 3; ++c)
                mean.sum[c] += bins[i].sum[c];
            mean.count += bins[i].count;
        }
        for (int c = 0; c < 3; ++c)
            m_colors[m_count][c] = static_cast<std::uint8_t>(mean.sum[c] / static_cast<double>(mean.count) + 0.5);
        ++m_count;
    }
    m_dither = bins.size() > 256 ? 6 : 0; // few colours are kept exactly
}

std::uint8_t PaletteMap::indexOf(const std::uint8_t* rgb, int x, int y) {
    const double offset = (kBayer[y & 3][x & 3] - 7.5) / 16 * m_dither;
    std::array<int, 3> value;
    std::size_t key = 0;
    for (int c = 0; c < 3; ++c) {
        value[c] = std::clamp(static_cast<int>(rgb[c] + offset + 0.5), 0, 255);
        key = (key << kBits) | static_cast<std::size_t>(value[c] >> (8 - kBits));
    }
    if (m_nearest[key] < 0) {
        int best = 1 << 30;
        for (int i = 0; i < m_count; ++i) {
            const int r = m_colors[i][0] - value[0], g = m_colors[i][1] - value[1], b = m_colors[i][2] - value[2];
            const int distance = 3 * r * r + 6 * g * g + b * b;
            if (distance < best)
                best = distance, m_nearest[key] = static_cast<std::int16_t>(i);
        }
    }
    return static_cast<std::uint8_t>(std::max<std::int16_t>(m_nearest[key], 0));
}

} // namespace s1
