#include "engine/job.h"

#include "base/json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

namespace s1 {

using nlohmann::json;

namespace {

json orNull(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}
json orNull(const std::optional<StageId>& stage) {
    return stage ? json(toString(*stage)) : json(nullptr);
}

Error badField(const std::string& name, const std::string& why) {
    return {ErrorCode::InvalidArgument, fmt::format("job field \"{}\" {}", name, why), name};
}

Result<std::string> readText(const json& value, const std::string& name) {
    if (value.is_null())
        return std::string();
    if (!value.is_string())
        return badField(name, fmt::format("is {}; give a text", value.dump()));
    return value.get<std::string>();
}

Result<std::optional<StageId>> readStage(const json& value, const std::string& name) {
    if (value.is_null())
        return std::optional<StageId>();
    const auto stage = value.is_string() ? stageFromString(value.get<std::string>()) : std::nullopt;
    if (!stage)
        return badField(name, fmt::format("is {}; give {} or null", value.dump(), fmt::join(stageNames(), ", ")));
    return stage;
}

Result<std::optional<MotionChoice>> readMotion(const json& value) {
    if (value.is_null())
        return std::optional<MotionChoice>();
    if (!value.is_object())
        return badField("motion", fmt::format("is {}; give {{\"file\", \"strength\"}} or null", value.dump()));
    MotionChoice motion;
    for (const auto& [key, part] : value.items()) {
        if (key == "file") {
            S1_TRY(motion.file, readText(part, "motion.file"));
        } else if (key == "strength") {
            if (!part.is_number() || !(part.get<double>() >= 0) || !(part.get<double>() <= 1.5))
                return badField("motion.strength", fmt::format("is {}; give a number from 0 to 1.5", part.dump()));
            motion.strength = part.get<double>();
        } else {
            return badField("motion." + key, "is unknown; a motion has file and strength");
        }
    }
    return std::optional<MotionChoice>(motion);
}

Result<void> readField(const std::string& key, const json& value, Job& job) {
    GenerateRequest& request = job.request;
    if (key == "schema") {
        if (value != "show1.job/1")
            return badField(key, fmt::format("is {}; this version reads \"show1.job/1\"", value.dump()));
    } else if (key == "prompt") {
        S1_TRY(request.prompt, readText(value, key));
    } else if (key == "negative") {
        S1_TRY(request.negative, readText(value, key));
    } else if (key == "seed") {
        S1_TRY(request.seed, seedFromJson(value, key));
    } else if (key == "model") {
        S1_TRY(request.model, readText(value, key));
    } else if (key == "plan") {
        S1_TRY(request.plan, planFromJson(value, request.plan));
    } else if (key == "motion") {
        S1_TRY(request.motion, readMotion(value));
    } else if (key == "stop_after") {
        S1_TRY(request.stopAfter, readStage(value, key));
    } else if (key == "rerun_from") {
        S1_TRY(request.rerunFrom, readStage(value, key));
    } else if (key == "start_from") {
        S1_TRY(request.startFrom, readStage(value, key));
    } else if (key == "input") {
        S1_TRY(request.input, readText(value, key));
    } else if (key == "dump") {
        S1_TRY(request.dumpFile, readText(value, key));
    } else if (key == "save_stages") {
        S1_TRY(request.saveStagesFolder, readText(value, key));
    } else if (key == "output") {
        S1_TRY(job.output, readText(value, key));
    } else {
        return badField(key, "is unknown; see `show1-cli generate … --save-job` for every field");
    }
    return {};
}

} // namespace

json toJson(const Job& job) {
    const GenerateRequest& request = job.request;
    json motion = nullptr;
    if (request.motion)
        motion = {{"file", request.motion->file.string()}, {"strength", request.motion->strength}};
    return {{"schema", "show1.job/1"},
            {"prompt", request.prompt},
            {"negative", request.negative},
            {"seed", request.seed},
            {"model", request.model},
            {"plan", toJson(request.plan)},
            {"motion", motion},
            {"stop_after", orNull(request.stopAfter)},
            {"rerun_from", orNull(request.rerunFrom)},
            {"start_from", orNull(request.startFrom)},
            {"input", orNull(request.input.string())},
            {"dump", orNull(request.dumpFile.string())},
            {"save_stages", orNull(request.saveStagesFolder.string())},
            {"output", orNull(job.output.string())}};
}

Result<Job> jobFromJson(const json& object) {
    if (!object.is_object())
        return Error{ErrorCode::InvalidArgument, "a job must be a JSON object; see `show1-cli generate … --save-job`",
                     "job"};
    Job job;
    for (const auto& [key, value] : object.items())
        S1_CHECK(readField(key, value, job));
    return job;
}

Result<Job> readJob(const std::filesystem::path& path) {
    S1_TRY(const json object, readJson(path));
    auto job = jobFromJson(object);
    if (!job)
        return Error{ErrorCode::Corrupt, fmt::format("{}: {}", path.string(), job.error().message),
                     job.error().subject};
    return job;
}

Result<std::uint64_t> seedFromJson(const json& value, const std::string& field) {
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>();
    if (value.is_string()) {
        const auto text = value.get<std::string>();
        std::uint64_t seed = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
        if (error == std::errc() && end == text.data() + text.size() && !text.empty())
            return seed;
    }
    return badField(field, fmt::format("is {}; give a whole number from 0 to 18446744073709551615", value.dump()));
}

} // namespace s1
