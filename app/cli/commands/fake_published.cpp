#include "command.h"

#include "engine/model_registry.h"
#include "parity/fake_published.h"

namespace s1::cli {

namespace {

struct FakeOptions {
    std::filesystem::path folder;
    std::string type = "f16";
};

Result<void> fakePublished(Session& session, const FakeOptions& options) {
    return parity::writeFakePublished(findResourceFolder({}), options.folder, options.type,
                                      [&](const std::filesystem::path& file) { session.reporter().text(file.string()); });
}

} // namespace

void addFakePublished(CLI::App& models, Action& action) {
    auto options = std::make_shared<FakeOptions>();
    CLI::App* verb = models.add_subcommand("fake-published", "for tests: the published set at full size with random weights (22 GB as f16)");
    verb->add_option("folder", options->folder, "a new folder for it")->required();
    verb->add_option("--type", options->type, "of the weights: f16, bf16 or f32")->check(CLI::IsMember({"f16", "bf16", "f32"}))->capture_default_str();
    verb->callback([options, &action] { action = [options](Session& s) { return fakePublished(s, *options); }; });
}

} // namespace s1::cli
