#include "likeness_table.h"
#include "plan_options.h"
#include "toyland_commands.h"

#include "engine/device.h"
#include "engine/model_registry.h"
#include "probe/translation.h"

namespace s1::cli {

namespace {

struct CompareOptions {
    std::string what;
    std::filesystem::path whole;
    std::uint64_t seed = 0;
    int count = 8;
    PlanOptions plan;
};

Result<void> compare(Session& session, const CompareOptions& options) {
    S1_CHECK(checkDevice(session.options().device));
    S1_TRY(const auto model, ModelRegistry(findResourceFolder({})).resolve(options.plan.model));
    S1_TRY(const auto plan, options.plan.plan(session));
    LikenessTable table;
    int done = 0;
    S1_CHECK(probe::compareTranslations({model, options.whole, plan, options.seed, options.count},
                                        [&](const std::vector<probe::NamedLikeness>& rows) {
                                            for (const auto& row : rows)
                                                table.add(row.name, row.figures);
                                            session.reporter().progress("comparing", ++done, options.count, -1);
                                        },
                                        session.stopToken()));
    table.report(session.reporter());
    return {};
}

} // namespace

void addToylandCompare(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<CompareOptions>();
    CLI::App* verb = toyland.add_subcommand("compare", "the paper's tables, in small");
    verb->add_option("what", options->what, "translation: table 6, expert tuning and the kind of input")->check(CLI::IsMember({"translation"}))->required();
    verb->add_option("--whole-range", options->whole, "folder of a translation trained with --whole-range");
    verb->add_option("--count", options->count, "how many clips")->check(CLI::Range(1, 100000))->capture_default_str();
    verb->add_option("--seed", options->seed, "of scenes and noise");
    options->plan.addTo(*verb);
    verb->callback([options, &action] { action = [options](Session& s) { return compare(s, *options); }; });
}

} // namespace s1::cli
