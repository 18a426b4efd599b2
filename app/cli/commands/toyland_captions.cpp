#include "toyland_commands.h"

#include "toyland/captions.h"

namespace s1::cli {

namespace {

struct CaptionOptions {
    std::uint64_t seed = 0;
    std::uint64_t count = 1;
    std::string split = "train";
};

// JSON lines with and without --json: they are the result.
Result<void> captions(Session& session, const CaptionOptions& options) {
    const auto split = toyland::splitFromName(options.split).value_or(toyland::Split::Train);
    for (std::uint64_t i = 0; i < options.count && !session.stopRequested(); ++i)
        session.reporter().line(toyland::exampleLine(toyland::drawExample(options.seed, i, split)));
    return {};
}

} // namespace

void addToylandCaptions(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<CaptionOptions>();
    CLI::App* verb = toyland.add_subcommand("captions", "prompts with their scenes, as JSON lines");
    verb->add_option("--seed", options->seed, "names an endless list of examples");
    verb->add_option("--count", options->count, "how many of them");
    verb->add_option("--split", options->split, "train, h1, h2, h3 or h4")
        ->check(CLI::IsMember({"train", "h1", "h2", "h3", "h4"}));
    verb->callback([options, &action] { action = [options](Session& s) { return captions(s, *options); }; });
}

} // namespace s1::cli
