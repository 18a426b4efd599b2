#pragma once

#include "toyland/judge.h"
#include "toyland/paths.h"

#include <nlohmann/json.hpp>

#include <array>
#include <string>

namespace s1::cli {

// Right answers out of n, with the 95 % Wilson interval.
struct Share {
    int n = 0;
    int right = 0;

    void count(bool wasRight) {
        ++n;
        right += wasRight ? 1 : 0;
    }
    double value() const { return n > 0 ? static_cast<double>(right) / n : 0; }
    struct Interval {
        double low = 0, high = 1;
    };
    Interval interval() const;
};

// {"event":"prompt","prompt","all"} and each attribute with what was expected and found.
nlohmann::json promptEvent(const std::string& prompt, const toyland::Verdict& verdict);

// How often a judge finds in clips what was asked for.
class Scores {
public:
    void add(const toyland::Verdict& verdict);

    int prompts() const { return m_all.n; }
    nlohmann::json toJson() const; // {"n","mean_attribute","all","attributes"}
    std::string table() const;     // for people; one line an attribute

private:
    Share meanAttribute() const;

    std::array<Share, 4> m_attributes; // of toyland::kAttributes
    Share m_all;
};

// How well things of clips go a given way, in the mean; a thing that is lost goes none of it.
class PathScores {
public:
    void add(const std::optional<toyland::TrajectoryMatch>& match);

    nlohmann::json toJson() const; // {"n","found","correlation","direction","speed_ratio"}, the last one of those found
    std::string line() const;      // for people

private:
    toyland::TrajectoryMatch mean() const;

    int m_clips = 0, m_found = 0;
    toyland::TrajectoryMatch m_sum;
};

} // namespace s1::cli
