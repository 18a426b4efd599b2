#include "reporter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace s1::cli {

namespace {
constexpr int kBarWidth = 24;
} // namespace

void Reporter::text(std::string_view lines) {
    if (m_json)
        return;
    endProgress();
    m_streams.out << lines << '\n' << std::flush;
}

void Reporter::line(std::string_view text) {
    m_streams.out << text << '\n' << std::flush; // a training log is read while it grows
}

void Reporter::event(const nlohmann::json& object) {
    // Flushed line by line: whoever reads this wants it now.
    if (m_json)
        m_streams.out << object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n' << std::flush;
}

void Reporter::note(std::string_view line) {
    endProgress();
    m_streams.err << line << '\n' << std::flush;
}

void Reporter::error(const Error& error) {
    note(fmt::format("show1-cli: {}", oneLine(error.message)));
    event({{"event", "error"}, {"code", toString(error.code)}, {"message", error.message}, {"subject", error.subject}});
}

void Reporter::progress(std::string_view label, int done, int total, double secondsLeft) {
    if (!m_streams.terminal || !m_showProgress || m_json)
        return;
    const int filled = total > 0 ? std::clamp(done * kBarWidth / total, 0, kBarWidth) : 0;
    m_streams.err << fmt::format("\r{:<14} [{:#<{}}{:.<{}}] {}/{}  {} left\x1b[K", label, "", filled, "",
                                 kBarWidth - filled, done, total, duration(secondsLeft))
                  << std::flush;
    m_lineOpen = true;
}

void Reporter::endProgress() {
    if (m_lineOpen)
        m_streams.err << "\r\x1b[K" << std::flush;
    m_lineOpen = false;
}

std::string oneLine(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return line;
}

std::string duration(double seconds) {
    if (!(seconds >= 0) || seconds > 1e7)
        return "?";
    const auto whole = static_cast<long>(std::lround(seconds));
    return whole < 60 ? fmt::format("{} s", whole) : fmt::format("{} min {} s", whole / 60, whole % 60);
}

} // namespace s1::cli
