#include "engine/light_jobs.h"

#include "base/json.h"
#include "media/clip_reader.h"
#include "media/clip_writer.h"
#include "text/prompt_cleaning.h"
#include "text/t5_tokenizer.h"
#include "toyland/prompt.h"

#include <fmt/format.h>

namespace s1 {

Result<Succeeded> runExport(const ExportRequest& request, std::stop_token stop) {
    if (!request.clip || request.clip->frames.empty())
        return Error{ErrorCode::InvalidArgument, "there is no clip to export; generate or open one first", "clip"};
    const ExportFormat* format = findExportFormat(request.format);
    if (!format)
        return Error{ErrorCode::InvalidArgument, fmt::format("format \"{}\" is unknown; --list-formats shows them", request.format), "format"};
    ClipInfo info{.width = request.clip->width(), .height = request.clip->height(), .fps = request.clip->fps, .recipe = request.recipe};
    if (const auto recipe = parseJson(request.recipe.empty() ? "{}" : request.recipe, "recipe"); recipe && recipe->is_object()) {
        info.title = recipe->value("prompt", "");
        if (recipe->contains("seed"))
            info.comment = fmt::format("{} | seed {} | {}", info.title, recipe->at("seed").dump(), recipe->value("app", ""));
    }
    S1_TRY(const auto writer, format->open(request.path, info));
    for (const Frame& frame : request.clip->frames) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "cancelled", ""};
        S1_CHECK(writer->write(frame));
    }
    S1_CHECK(writer->finish());
    return Succeeded{.path = request.path};
}

Result<Succeeded> runOpen(const OpenRequest& request) {
    S1_TRY(Clip clip, readClip(request.path));
    const auto recipe = readRecipe(request.path); // a clip without one is a clip
    return Succeeded{.clip = std::make_shared<const Clip>(std::move(clip)), .recipe = recipe ? *recipe : std::string(), .path = request.path};
}

Result<Succeeded> runDescribePrompt(const DescribePromptRequest& request, const ModelRegistry& registry) {
    S1_TRY(const auto folder, registry.resolve(request.model));
    PromptDescribed described;
    std::error_code ec;
    for (const char* part : {"base", "show-1-base"})
        if (std::filesystem::exists(folder / part / "tokenizer" / "spiece.model", ec)) {
            S1_TRY(const auto tokenizer, text::T5Tokenizer::create(folder / part / "tokenizer"));
            described.tokens = tokenizer.encode(text::prepareT5Prompt(request.prompt, false)).used;
            break;
        }
    if (registry.kindOf(request.model) == ModelKind::Embedded) {
        for (const auto& span : toyland::unknownWords(request.prompt))
            described.unknown.push_back({span.begin, span.end, toyland::nearestKnownWord(request.prompt.substr(span.begin, span.end - span.begin)).value_or("")});
        described.colorOpen = toyland::leavesColorOpen(request.prompt);
    }
    return Succeeded{.described = described};
}

} // namespace s1
