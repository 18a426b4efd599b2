#include "command.h"

#include "base/process_memory.h"

#include <fmt/format.h>

#include <sys/utsname.h>
#include <thread>

namespace s1::cli {

namespace {

double freeDiskGiB(const std::filesystem::path& folder) {
    std::error_code failed;
    const auto space = std::filesystem::space(folder, failed);
    return failed ? 0 : static_cast<double>(space.available) / (1 << 30);
}

Result<void> doctor(Session& session) {
    nlohmann::json report{{"event", "doctor"}, {"version", S1_VERSION}, {"compiler", __VERSION__}};
    utsname system{};
    if (uname(&system) == 0)
        report["system"] = fmt::format("{} {} {}", system.sysname, system.release, system.machine);
    report["cores"] = std::thread::hardware_concurrency();
    report["memory_gib"] = static_cast<double>(machineMemory()) / (1 << 30);
    report["free_disk_gib"] = freeDiskGiB(".");

    // A report about a broken installation is worth more than none: the engine's trouble is one of its lines.
    auto engine = session.engine();
    if (engine) {
        const DeviceInfo device = (*engine)->device();
        report["device"] = device.name;
        report["cuda"] = device.cuda;
        for (const ExportFormatInfo& format : (*engine)->exportFormats())
            report[format.available ? "formats" : "formats_missing"].push_back(format.id);
        for (const ModelInfo& model : (*engine)->models())
            report["models"].push_back({{"name", model.name},
                                        {"folder", model.folder.string()},
                                        {"complete", model.complete},
                                        {"missing", model.missing}});
    } else {
        report["engine_error"] = engine.error().message;
    }
    for (const auto& [key, value] : report.items())
        if (key != "event")
            session.reporter().text(
                fmt::format("{:<16} {}", key, value.is_string() ? value.get<std::string>() : value.dump()));
    session.reporter().event(report);
    return engine ? Result<void>() : Result<void>(engine.error());
}

} // namespace

void addDoctor(CLI::App& app, Action& action) {
    app.add_subcommand("doctor", "what this machine and installation have; for bug reports")->callback([&action] {
        action = doctor;
    });
}

} // namespace s1::cli
