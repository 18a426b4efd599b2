#include "confusion.h"
#include "output_path.h"
#include "plan_options.h"
#include "scores.h"
#include "toyland_commands.h"

#include "probe/reading.h"

#include <fmt/format.h>

namespace s1::cli {

namespace {

struct ReadOptions {
    std::filesystem::path prompts;
    std::string model;
};

Result<void> readAll(Session& session, const ReadOptions& options) {
    S1_CHECK(checkExists(options.prompts, "prompt file"));
    S1_TRY(const auto questions, toyland::readQuestions(options.prompts));
    S1_TRY(const auto model, modelFolder(options.model));
    Scores scores;
    Confusion confusion;
    Reporter& reporter = session.reporter();
    S1_CHECK(probe::readPrompts(model, questions,
                                [&](const toyland::Expectation& taken) {
                                    const auto& question = questions[static_cast<std::size_t>(scores.prompts())];
                                    const toyland::Verdict verdict = toyland::compare(question.expected, taken);
                                    scores.add(verdict);
                                    confusion.add(verdict);
                                    reporter.event(promptEvent(question.prompt, verdict));
                                    reporter.progress("reading", scores.prompts(), static_cast<int>(questions.size()), -1);
                                },
                                session.stopToken()));
    reporter.text(scores.table() + confusion.table());
    nlohmann::json result = scores.toJson();
    result.update({{"event", "read"}, {"confusion", confusion.toJson()}});
    reporter.event(result);
    return {};
}

} // namespace

void addToylandRead(CLI::App& toyland, Action& action) {
    auto options = std::make_shared<ReadOptions>();
    CLI::App* verb = toyland.add_subcommand("read", "what a model's networks take prompts for, without making clips");
    verb->add_option("prompts", options->prompts, "JSON lines {\"prompt\",\"expect\"}; parts that are not expected are not asked about")->required();
    verb->add_option("-m,--model", options->model, "name or folder; default: the embedded model");
    verb->callback([options, &action] { action = [options](Session& s) { return readAll(s, *options); }; });
}

} // namespace s1::cli
