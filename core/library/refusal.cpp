#include "library/refusal.h"

#include <fmt/format.h>

namespace s1::library {

Error refusal(const HttpReply& reply, const Repository& repository, const HubSettings& settings,
              const std::string& what) {
    const std::string subject(repository.id);
    const std::string page = fmt::format("{}/{}", settings.endpoint, repository.id);
    const std::string tokens = settings.endpoint + "/settings/tokens";
    const auto unavailable = [&](const std::string& message) {
        return Error{ErrorCode::Unsupported, message, subject};
    };
    std::string said = reply.header("x-error-message").substr(0, 200);
    if (!said.empty())
        said = fmt::format(", \"{}\"", said);

    const bool refused = reply.status == 401 || reply.status == 403;
    if (refused && settings.token.empty())
        return unavailable(fmt::format("{} wants to know who asks, and there is no token (HTTP {}); accept the licence "
                                       "at {}, make a token at {} and set HF_TOKEN to it",
                                       subject, reply.status, page, tokens));
    if (reply.status == 403 && reply.header("x-error-code") == "GatedRepo")
        return unavailable(fmt::format("the licence of {} is not accepted with this account yet (HTTP 403{}); open {}, "
                                       "accept it and run this again",
                                       subject, said, page));
    if (refused)
        return unavailable(fmt::format("the hub refuses the token for {} (HTTP {}{}); make one that may read gated "
                                       "repositories at {} and set HF_TOKEN to it",
                                       subject, reply.status, said, tokens));
    if (reply.status == 404)
        return {ErrorCode::NotFound,
                fmt::format("the hub has no {} in {} (HTTP 404{}); look at {}", what, subject, said, page), subject};
    return {ErrorCode::Io,
            fmt::format("the hub answers HTTP {} for {} of {}{}; try again later", reply.status, what, subject, said),
            subject};
}

} // namespace s1::library
