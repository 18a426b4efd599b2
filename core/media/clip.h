#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace s1 {

// One picture: 8-bit sRGB, rows from the top, pixels R G B without padding (width*height*3 bytes).
struct Frame {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    Frame() = default;
    Frame(int w, int h) : width(w), height(h), rgb(static_cast<std::size_t>(w) * h * 3) {}

    std::uint8_t* row(int y) { return rgb.data() + static_cast<std::size_t>(y) * width * 3; }
    const std::uint8_t* row(int y) const { return rgb.data() + static_cast<std::size_t>(y) * width * 3; }
    bool operator==(const Frame&) const = default;
};

// Frames of one size and their rate. Values; once shared as ClipPtr nobody writes to it.
struct Clip {
    std::vector<Frame> frames;
    double fps = 8.0;

    int width() const { return frames.empty() ? 0 : frames.front().width; }
    int height() const { return frames.empty() ? 0 : frames.front().height; }
    int frameCount() const { return static_cast<int>(frames.size()); }
    double seconds() const { return fps > 0 ? frameCount() / fps : 0; }
    bool operator==(const Clip&) const = default;
};

using ClipPtr = std::shared_ptr<const Clip>;

} // namespace s1
