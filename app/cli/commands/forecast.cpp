#include "command.h"
#include "plan_options.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

// Stage results are kept as f16 beside the clip (3 channels).
double storedGiB(const CascadePlan& plan) {
    double bytes = 0;
    for (const StageId id : kStages)
        bytes += 6.0 * plan[id].width * plan[id].height * plan[id].frames;
    return bytes / (1 << 30);
}

Result<void> forecast(Session& session, const PlanOptions& options) {
    S1_TRY(const CascadePlan plan, options.plan(session));
    S1_TRY(Engine* const engine, session.engine());
    S1_TRY(const ModelKind kind, kindOfModel(session, options.model));
    const Forecast forecast = engine->forecast(kind, plan);
    const DeviceInfo device = engine->device();
    const double vram = device.cuda ? forecast.memoryGiB : 0;
    session.reporter().text(
        fmt::format("device         {}\ntime           {}\nfirst preview  {}\nmemory         {:.1f} "
                    "GiB{}\ndisk           {:.2f} GiB",
                    device.name, duration(forecast.seconds), duration(forecast.firstPreviewSeconds), forecast.memoryGiB,
                    device.cuda ? " on the GPU" : "", storedGiB(plan)));
    session.reporter().event({{"event", "forecast"},
                              {"device", device.name},
                              {"seconds", forecast.seconds},
                              {"first_preview_seconds", forecast.firstPreviewSeconds},
                              {"ram_gib", device.cuda ? 0 : forecast.memoryGiB},
                              {"vram_gib", vram},
                              {"disk_gib", storedGiB(plan)}});
    return {};
}

} // namespace

void addForecast(CLI::App& app, Action& action) {
    auto options = std::make_shared<PlanOptions>();
    CLI::App* verb = app.add_subcommand("forecast", "what a run will take, without running it");
    options->addTo(*verb);
    verb->callback([options, &action] { action = [options](Session& s) { return forecast(s, *options); }; });
}

} // namespace s1::cli
