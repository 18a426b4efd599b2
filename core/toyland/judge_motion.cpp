#include "toyland/judge_motion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace s1::toyland {
namespace {

constexpr double kPixelNoise = 0.45;   // of a centroid; keeps exact fits from winning by nothing
constexpr double kStillRange = 2.2;    // pixels that a resting thing may wander
constexpr double kSizeRatio = 1.25;    // growth over the clip, in diameter, that is seen as growing; what rests varies by less than a tenth
constexpr double kLeastHop = 6;        // pixels; half as high as the lowest true ones, less is a way that is not quite straight
constexpr double kLeastCircle = 4;     // pixels of radius, likewise
constexpr std::size_t kLeastFrames = 3;

struct Sample {
    double t, x, y, size;
};

// Solves the normal equations of y ~ sum_k c_k basis_k in place; returns the coefficients.
template <std::size_t N>
std::array<double, N> solve(std::array<std::array<double, N + 1>, N> m) {
    for (std::size_t i = 0; i < N; ++i) {
        std::size_t pivot = i;
        for (std::size_t j = i + 1; j < N; ++j)
            if (std::fabs(m[j][i]) > std::fabs(m[pivot][i]))
                pivot = j;
        std::swap(m[i], m[pivot]);
        if (std::fabs(m[i][i]) < 1e-12)
            m[i][i] = 1e-12;
        for (std::size_t j = 0; j < N; ++j)
            if (j != i) {
                const double factor = m[j][i] / m[i][i];
                for (std::size_t k = i; k <= N; ++k)
                    m[j][k] -= factor * m[i][k];
            }
    }
    std::array<double, N> result;
    for (std::size_t i = 0; i < N; ++i)
        result[i] = m[i][N] / m[i][i];
    return result;
}

template <std::size_t N>
class LeastSquares {
public:
    void add(const std::array<double, N>& basis, double value) {
        m_rows.push_back({basis, value});
        for (std::size_t i = 0; i < N; ++i) {
            for (std::size_t j = 0; j < N; ++j)
                m_normal[i][j] += basis[i] * basis[j];
            m_normal[i][N] += basis[i] * value;
        }
    }
    std::array<double, N> coefficients() const { return solve<N>(m_normal); }
    double squaredError(const std::array<double, N>& c) const {
        double sum = 0;
        for (const auto& [basis, value] : m_rows) {
            double predicted = 0;
            for (std::size_t i = 0; i < N; ++i)
                predicted += c[i] * basis[i];
            sum += (value - predicted) * (value - predicted);
        }
        return sum;
    }

private:
    std::array<std::array<double, N + 1>, N> m_normal{};
    std::vector<std::pair<std::array<double, N>, double>> m_rows;
};

using Samples = std::vector<Sample>;

struct Line {
    double error, dx, dy;
};

Line fitLine(const Samples& samples) {
    LeastSquares<2> x, y;
    for (const Sample& s : samples) {
        x.add({1, s.t}, s.x);
        y.add({1, s.t}, s.y);
    }
    const auto cx = x.coefficients(), cy = y.coefficients();
    return {x.squaredError(cx) + y.squaredError(cy), cx[1], cy[1]};
}

// A circle passed at even speed, about once; either way round.
double fitCircle(const Samples& samples) {
    double best = 1e30;
    for (const double turns : {-1.15, -1.0, -0.85, 0.85, 1.0, 1.15}) {
        LeastSquares<4> fit; // cx, cy, a, b
        for (const Sample& s : samples) {
            const double c = std::cos(2 * std::numbers::pi * turns * s.t), i = std::sin(2 * std::numbers::pi * turns * s.t);
            fit.add({1, 0, c, -i}, s.x);
            fit.add({0, 1, i, c}, s.y);
        }
        const auto k = fit.coefficients();
        if (std::hypot(k[2], k[3]) > kLeastCircle)
            best = std::min(best, fit.squaredError(k));
    }
    return best;
}

// Hops on a floor while drifting evenly.
double fitHops(const Samples& samples, double fewest, double most) {
    LeastSquares<2> across;
    for (const Sample& s : samples)
        across.add({1, s.t}, s.x);
    const double acrossError = across.squaredError(across.coefficients());
    double best = 1e30;
    for (double hops = fewest; hops <= most + 1e-9; hops += 0.1)
        for (double phase = 0; phase < 0.99; phase += 0.05) {
            LeastSquares<2> fit;
            for (const Sample& s : samples) {
                const double u = phase + hops * s.t, f = u - std::floor(u);
                fit.add({1, 4 * f * (1 - f)}, s.y);
            }
            const auto c = fit.coefficients();
            if (c[1] < -kLeastHop) // upwards
                best = std::min(best, fit.squaredError(c));
        }
    return best + acrossError;
}

double fitSwing(const Samples& samples) {
    LeastSquares<2> x, y;
    for (const Sample& s : samples) {
        x.add({1, std::sin(2 * std::numbers::pi * s.t)}, s.x);
        y.add({1, 0}, s.y);
    }
    return x.squaredError(x.coefficients()) + y.squaredError(y.coefficients());
}

Motion straight(double dx, double dy, bool diagonals) {
    if (diagonals && std::fabs(dx) > 0.5 * std::fabs(dy) && std::fabs(dy) > 0.5 * std::fabs(dx))
        return dy < 0 ? (dx < 0 ? Motion::MovesUpLeft : Motion::MovesUpRight)
                      : (dx < 0 ? Motion::MovesDownLeft : Motion::MovesDownRight);
    if (std::fabs(dx) >= std::fabs(dy))
        return dx < 0 ? Motion::MovesLeft : Motion::MovesRight;
    return dy < 0 ? Motion::MovesUp : Motion::MovesDown;
}

} // namespace

std::optional<Motion> fitMotion(const std::vector<Track>& tracks, ValueSet values) {
    Samples samples;
    for (std::size_t i = 0; i < tracks.size(); ++i)
        if (tracks[i].area > 0)
            samples.push_back({tracks.size() > 1 ? static_cast<double>(i) / static_cast<double>(tracks.size() - 1) : 0,
                               tracks[i].x, tracks[i].y, std::sqrt(tracks[i].area)});
    if (samples.size() < kLeastFrames || samples.size() * 2 < tracks.size())
        return std::nullopt;

    // How far the thing strays from its mean place.
    double meanX = 0, meanY = 0, spread = 0;
    for (const Sample& s : samples)
        meanX += s.x / static_cast<double>(samples.size()), meanY += s.y / static_cast<double>(samples.size());
    double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
    for (const Sample& s : samples) {
        left = std::min(left, s.x), right = std::max(right, s.x);
        top = std::min(top, s.y), bottom = std::max(bottom, s.y);
        spread += (s.x - meanX) * (s.x - meanX) + (s.y - meanY) * (s.y - meanY);
    }
    const double range = std::hypot(right - left, bottom - top);

    LeastSquares<2> size;
    for (const Sample& s : samples)
        size.add({1, s.t}, s.size);
    const auto sizeLine = size.coefficients();
    const double sizeRatio = std::max(sizeLine[0] + sizeLine[1], 0.5) / std::max(sizeLine[0], 0.5);
    if (range < 9) { // a thing cut by the edge moves its centroid a little while it grows
        if (sizeRatio > kSizeRatio)
            return Motion::Grows;
        if (sizeRatio < 1 / kSizeRatio)
            return Motion::Shrinks;
    }
    if (range < kStillRange)
        return Motion::StandsStill;

    const double count = 2.0 * static_cast<double>(samples.size());
    const auto score = [&](double squaredError, int parameters) {
        return count * std::log(squaredError / count + kPixelNoise * kPixelNoise) + parameters * std::log(count);
    };
    const Line line = fitLine(samples);
    std::vector<std::pair<double, Motion>> candidates = {
        {score(spread, 2), Motion::StandsStill},
        {score(line.error, 4), straight(line.dx, line.dy, values == ValueSet::Extended)},
        {score(fitCircle(samples), 6), Motion::Circles},
        {score(fitHops(samples, 1.3, 2.2), 6), Motion::Bounces}};
    if (values == ValueSet::Extended) {
        candidates.push_back({score(fitHops(samples, 0.9, 1.1), 6), Motion::Jumps});
        candidates.push_back({score(fitSwing(samples), 4), Motion::Swings});
    }
    return std::min_element(candidates.begin(), candidates.end())->second;
}

} // namespace s1::toyland
