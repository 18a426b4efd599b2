#pragma once

#include "media/clip.h"

namespace s1::cli {

// One row a clip, eight frames from its beginning to its end, brought to one size.
class ContactSheet {
public:
    void add(const Clip& clip); // an empty clip makes a black row

    bool empty() const { return m_rows == 0; }
    Frame picture() const;

private:
    int m_rows = 0;
    std::vector<std::uint8_t> m_pixels;
};

} // namespace s1::cli
