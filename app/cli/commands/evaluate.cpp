#include "command.h"
#include "output_path.h"

#include "media/clip_reader.h"
#include "slice/clip_numbers.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1::cli {

namespace {

namespace fs = std::filesystem;

void report(Reporter& reporter, const std::string& name, const SliceNumbers& numbers) {
    reporter.text(fmt::format("{:<40} {:>9.4f} {:>9.4f} {:>9.4f} {:>9.4f}", name, numbers.coherence, numbers.flicker,
                              numbers.highFrequency, numbers.roughness));
    reporter.event({{"event", "clip"},
                    {"name", name},
                    {"coherence", numbers.coherence},
                    {"flicker", numbers.flicker},
                    {"high_frequency", numbers.highFrequency},
                    {"roughness", numbers.roughness}});
}

Result<void> evaluate(Session& session, const fs::path& folder) {
    S1_CHECK(checkExists(folder, "folder"));
    if (!fs::is_directory(folder))
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("{} is no folder; use `show1-cli slice` for one clip", folder.string()),
                     folder.string()};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());

    Reporter& reporter = session.reporter();
    reporter.text(fmt::format("{:<40} {:>9} {:>9} {:>9} {:>9}", "", "coherence", "flicker", "high freq", "roughness"));
    SliceNumbers mean{0, 0, 0, 0};
    int count = 0;
    for (const fs::path& file : files) {
        if (session.stopRequested())
            return Error{ErrorCode::Cancelled, "cancelled; what is printed is complete", ""};
        const auto clip = readClip(file);
        if (!clip || clip->frameCount() < 2) {
            reporter.note(fmt::format("show1-cli: {} is left out; it is no clip", file.string()));
            continue;
        }
        const SliceNumbers numbers = measureClip(*clip, {0.5});
        report(reporter, file.filename().string(), numbers);
        mean = {mean.coherence + numbers.coherence, mean.flicker + numbers.flicker,
                mean.highFrequency + numbers.highFrequency, mean.roughness + numbers.roughness};
        ++count;
    }
    if (count == 0)
        return Error{ErrorCode::Corrupt, fmt::format("{} holds no clip; give another folder", folder.string()),
                     folder.string()};
    report(reporter, fmt::format("mean of {}", count),
           {mean.coherence / count, mean.flicker / count, mean.highFrequency / count, mean.roughness / count});
    return {};
}

} // namespace

void addEvaluate(CLI::App& app, Action& action) {
    auto folder = std::make_shared<fs::path>();
    CLI::App* verb = app.add_subcommand("evaluate", "slice numbers of every clip in a folder, and their means");
    verb->add_option("folder", *folder, "folder of clips")->required();
    verb->callback([folder, &action] { action = [folder](Session& s) { return evaluate(s, *folder); }; });
}

} // namespace s1::cli
