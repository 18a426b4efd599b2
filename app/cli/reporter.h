#pragma once

#include "cli.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace s1::cli {

// Everything a command says: text or JSON lines on out, errors and the progress bar on err.
class Reporter {
public:
    explicit Reporter(Streams streams) : m_streams(streams) {}

    void useJson(bool on) { m_json = on; }
    void showProgress(bool on) { m_showProgress = on; }
    bool json() const { return m_json; }

    void text(std::string_view lines);        // a result for people; nothing with --json
    void line(std::string_view text);         // a result that is the same for both
    void event(const nlohmann::json& object); // a result for programs; nothing without --json
    void note(std::string_view line);         // on err
    void error(const Error& error);

    // One line that is overwritten; only on a terminal and without --json.
    void progress(std::string_view label, int done, int total, double secondsLeft);
    void endProgress();

private:
    Streams m_streams;
    bool m_json = false;
    bool m_showProgress = true;
    bool m_lineOpen = false;
};

std::string oneLine(std::string_view text); // line breaks and control characters become blanks
std::string duration(double seconds);       // "8 s", "2 min 5 s"

} // namespace s1::cli
