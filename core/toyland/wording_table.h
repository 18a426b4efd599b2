#pragma once

#include "toyland/wording.h"

// Rows of the wording's tables: a name for the list that follows. For wording_*.cpp alone.
#define S1_WORDS(identifier, ...) constexpr std::string_view identifier[] = {__VA_ARGS__}
#define S1_VERBS(identifier, ...) constexpr Verb identifier[] = {__VA_ARGS__}
