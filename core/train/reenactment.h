#pragma once

#include "media/clip.h"
#include "toyland/motion.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace s1::train {

// The way of a clip's thing, gone again by other things of Toyland before other backdrops, with captions that say which:
// so a lesson can tell the way from what goes it. From one clip with one prompt it learns the way of that prompt only.
class Reenactment {
public:
    // Absent where a clip does not show one thing of Toyland in every frame.
    static std::optional<Reenactment> of(const Clip& clip);

    struct Scene {
        at::Tensor video; // [3, F, height, width] in -1…1
        std::string caption;
    };
    Scene draw(std::uint64_t key, int height, int width) const;

private:
    struct Stop {
        toyland::Point center;
        double radius; // of a disc of the thing's area
    };
    std::vector<Stop> m_stops; // one a frame
};

} // namespace s1::train
