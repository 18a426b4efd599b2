#pragma once

#include "base/result.h"
#include "toyland/questions.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

namespace s1::probe {

// What Toyland's networks take prompts for: of each part that is said the value whose plain caption, all else as said, the
// text readers of key frames and translation answer most like the prompt; absent where that is the caption without it.
// A tenth of a second a prompt, where clips take many. Called with each in turn. Cancelled by stop.
Result<void> readPrompts(const std::filesystem::path& model, const std::vector<toyland::Question>& prompts, const std::function<void(const toyland::Expectation& taken)>& onRead, const std::stop_token& stop);

} // namespace s1::probe
