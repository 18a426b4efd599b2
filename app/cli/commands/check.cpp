#include "command.h"

#include "engine/device.h"
#include "parity/parity.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

struct CheckOptions {
    std::vector<std::string> folders;
    std::string kind;
};

std::string line(const parity::CaseReport& report) {
    if (report.passed && report.rounded)
        return fmt::format("ok   {} {}  rms={:.3g} max_abs={:.3g}  tol={:g}", report.kind, report.name, report.rms, report.maxAbs, report.tolerance);
    if (report.passed)
        return fmt::format("ok   {} {}  max_abs={:.3g} max_rel={:.3g}  tol={:g}", report.kind, report.name, report.maxAbs, report.maxRel,
                           report.tolerance);
    return fmt::format("FAIL {} {}  {}", report.kind.empty() ? "?" : report.kind, report.name, report.worst);
}

Result<void> check(Session& session, const CheckOptions& options) {
    S1_CHECK(checkDevice(session.options().device));
    S1_TRY(const auto memory, weights::weightMemory(session.options().dtype, session.options().maxRam));
    int passed = 0, failed = 0;
    for (const auto& folder : options.folders) {
        S1_TRY(const auto cases, parity::findCases(folder, options.kind));
        for (const auto& path : cases) {
            if (session.stopRequested())
                return Error{ErrorCode::Cancelled, "cancelled", ""};
            const auto report = parity::runCase(path, memory);
            ++(report.passed ? passed : failed);
            if (session.options().json)
                session.reporter().line(nlohmann::json{{"kind", report.kind}, {"name", report.name}, {"passed", report.passed},
                                                       {"max_abs", report.maxAbs}, {"max_rel", report.maxRel}, {"rms", report.rms}, {"tolerance", report.tolerance},
                                                       {"worst", report.worst}, {"unchecked", report.unchecked}}.dump());
            else
                session.reporter().line(line(report));
        }
    }
    session.reporter().line(session.options().json ? nlohmann::json{{"passed", passed}, {"failed", failed}}.dump()
                                                   : fmt::format("{} passed, {} failed", passed, failed));
    if (failed > 0)
        return Error{ErrorCode::Corrupt, fmt::format("{} of {} parity cases failed; see their lines", failed, passed + failed), "check"};
    if (passed == 0)
        return Error{ErrorCode::NotFound, "no parity case was found; name a folder with case.json files in it", "check"};
    return {};
}

} // namespace

void addCheck(CLI::App& app, Action& action) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* verb = app.add_subcommand("check", "recorded cases of the Python original: does this installation compute the same?");
    verb->add_option("folders", options->folders, "folders that hold cases at any depth")->required();
    verb->add_option("--kind", options->kind, "only kinds that match, such as \"net.*\"");
    verb->callback([options, &action] { action = [options](Session& s) { return check(s, *options); }; });
}

} // namespace s1::cli
