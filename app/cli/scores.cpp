#include "scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace s1::cli {

namespace {

std::string row(const std::string& name, const Share& share) {
    const auto [low, high] = share.interval();
    return fmt::format("{:<12} {:>5}/{:<5} {:>6.1f} %  [{:.1f}, {:.1f}]\n", name, share.right, share.n,
                       100 * share.value(), 100 * low, 100 * high);
}

} // namespace

Share::Interval Share::interval() const {
    if (n == 0)
        return {};
    constexpr double z = 1.959963984540054;
    const double p = value(), count = n;
    const double middle = (p + z * z / (2 * count)) / (1 + z * z / count);
    const double reach = z * std::sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count);
    return {std::max(0.0, middle - reach), std::min(1.0, middle + reach)};
}

nlohmann::json promptEvent(const std::string& prompt, const toyland::Verdict& verdict) {
    nlohmann::json event = toJson(verdict);
    event.erase("tracks");
    event.update({{"event", "prompt"}, {"prompt", prompt}});
    return event;
}

void Scores::add(const toyland::Verdict& verdict) {
    const auto judgements = toyland::judgements(verdict);
    for (std::size_t i = 0; i < judgements.size(); ++i)
        if (!judgements[i].judgement.expected.empty())
            m_attributes[i].count(judgements[i].judgement.right);
    m_all.count(verdict.all);
}

Share Scores::meanAttribute() const {
    Share sum;
    for (const Share& share : m_attributes) {
        sum.n += share.n;
        sum.right += share.right;
    }
    return sum;
}

nlohmann::json Scores::toJson() const {
    nlohmann::json attributes = nlohmann::json::object();
    for (std::size_t i = 0; i < m_attributes.size(); ++i) {
        const Share& share = m_attributes[i];
        const auto [low, high] = share.interval();
        attributes[toyland::kAttributes[i]] = {
            {"n", share.n}, {"right", share.right}, {"share", share.value()}, {"low", low}, {"high", high}};
    }
    return {{"n", m_all.n},
            {"mean_attribute", meanAttribute().value()},
            {"all", m_all.value()},
            {"attributes", attributes}};
}

std::string Scores::table() const {
    std::string text;
    for (std::size_t i = 0; i < m_attributes.size(); ++i)
        text += row(toyland::kAttributes[i], m_attributes[i]);
    return text + row("mean", meanAttribute()) + row("all right", m_all);
}

void PathScores::add(const std::optional<toyland::TrajectoryMatch>& match) {
    ++m_clips;
    if (!match)
        return;
    ++m_found;
    m_sum.correlation += match->correlation;
    m_sum.direction += match->direction;
    m_sum.speedRatio += match->speedRatio;
}

toyland::TrajectoryMatch PathScores::mean() const {
    const double clips = std::max(1, m_clips), found = std::max(1, m_found);
    return {m_sum.correlation / clips, m_sum.direction / clips, m_sum.speedRatio / found};
}

nlohmann::json PathScores::toJson() const {
    nlohmann::json json = toyland::toJson(mean());
    json["n"] = m_clips;
    json["found"] = m_found;
    return json;
}

std::string PathScores::line() const {
    return fmt::format("path         found in {} of {}, {}\n", m_found, m_clips, toyland::inWords(mean()));
}

} // namespace s1::cli
