#pragma once

#include "reporter.h"

#include "probe/likeness.h"

#include <optional>
#include <string>
#include <vector>

namespace s1::cli {

// Mean of the numbers that came; a thing that was never found and what is equal to its truth have none.
class Mean {
public:
    void add(std::optional<double> number);
    std::optional<double> value() const { return m_count > 0 ? std::optional(m_sum / m_count) : std::nullopt; }

private:
    double m_sum = 0;
    int m_count = 0;
};

// Likenesses of many clips by name, a row for each name in the order it first came: means, and the slices' numbers together.
class LikenessTable {
public:
    void add(const std::string& name, const probe::Likeness& likeness);
    void add(const std::string& name, const SliceNumbers& slices); // a clip that has no truth beside it
    void report(Reporter& reporter) const;

private:
    struct Row {
        std::string name;
        Mean psnr, pathError;
        std::vector<SliceNumbers> slices;
    };
    Row& row(const std::string& name);

    std::vector<Row> m_rows;
};

} // namespace s1::cli
