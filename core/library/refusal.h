#pragma once

#include "base/error.h"
#include "library/catalogue.h"
#include "library/http.h"
#include "library/hub_settings.h"

namespace s1::library {

// What an answer that is no success means, and which page helps: no token, licence not accepted, token refused (all
// Unsupported), not there (NotFound), anything else (Io).
Error refusal(const HttpReply& reply, const Repository& repository, const HubSettings& settings,
              const std::string& what);

} // namespace s1::library
