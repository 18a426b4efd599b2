#pragma once

#include "engine/job.h"
#include "session.h"

namespace s1::cli {

struct GenerationTargets {
    int count = 1;                       // clips, of seed, seed + 1, …
    std::filesystem::path previewFolder; // empty: no previews
};

// Runs a job and exports its clip to job.output, or to show1-<seed>.mp4. What generate, stylize and run have in common.
Result<void> generateClips(Session& session, Job job, const GenerationTargets& targets = {});

// The files a request names must be there and the ones it makes creatable; called before anything is computed.
Result<void> checkPaths(const GenerateRequest& request);

} // namespace s1::cli
