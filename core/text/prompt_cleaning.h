#pragma once

#include <string>
#include <string_view>

namespace s1::text {

// The text that the T5 tokenizer is given (show1.md 2.1.1). cleanCaption false: lower case, no space around it. true:
// the caption cleaning of the original pipelines, twice. Any bytes may come in; valid UTF-8 goes out.
std::string prepareT5Prompt(std::string_view prompt, bool cleanCaption);

} // namespace s1::text
