#include "library_test.h"

#include <gmock/gmock.h>

namespace s1::library {
namespace {

using test::HubReply;
using test::HubRequest;
using testing::AllOf;
using testing::HasSubstr;

class RefusalTest : public LibraryTest {
protected:
    Error refusedWith(const HubReply& answer) {
        server.meddle([answer](const HubRequest& request, HubReply& reply) {
            if (request.path.find("/resolve/") != std::string::npos)
                reply = answer;
        });
        const auto failed = download();
        EXPECT_FALSE(failed);
        EXPECT_EQ(server.requestsFor(kWeights).size(), 0u) << "known before the first large file";
        return failed.error();
    }

    const std::string page = server.url() + "/" + kId, tokens = server.url() + "/settings/tokens";
};

TEST_F(RefusalTest, WithoutATokenBothPagesAreNamed) {
    const Error error = refusedWith({401, {{"X-Error-Code", "GatedRepo"}}, ""});
    EXPECT_EQ(error.code, ErrorCode::Unsupported);
    EXPECT_THAT(error.message, AllOf(HasSubstr("there is no token"), HasSubstr(page), HasSubstr(tokens)));
}

TEST_F(RefusalTest, ALicenceNotAcceptedNamesItsPage) {
    settings.token = "hf_reader";
    const Error error = refusedWith({403, {{"X-Error-Code", "GatedRepo"}}, ""});
    EXPECT_EQ(error.code, ErrorCode::Unsupported);
    EXPECT_THAT(error.message, AllOf(HasSubstr("licence"), HasSubstr(page), testing::Not(HasSubstr(tokens))));
}

TEST_F(RefusalTest, ATokenThatIsRefusedNamesThePageOfTokens) {
    settings.token = "hf_old";
    for (const int status : {401, 403}) {
        const Error error = refusedWith({status, {{"X-Error-Message", "Invalid credentials"}}, ""});
        EXPECT_EQ(error.code, ErrorCode::Unsupported);
        EXPECT_THAT(error.message, AllOf(HasSubstr("refuses the token"), HasSubstr("Invalid credentials"),
                                         HasSubstr(tokens), testing::Not(HasSubstr("hf_old"))));
    }
}

TEST_F(RefusalTest, AFileThatIsNotThereIsNamed) {
    const Error error = refusedWith({404, {{"X-Error-Code", "EntryNotFound"}}, ""});
    EXPECT_EQ(error.code, ErrorCode::NotFound);
    EXPECT_THAT(error.message, HasSubstr("404"));
}

TEST_F(RefusalTest, TheTokenGoesToTheHubAndNotOnToAnotherHost) {
    settings.token = "hf_secret";
    server.meddle([this](const HubRequest& request, HubReply& reply) {
        if (request.isFor(kWeights) && request.header("host").starts_with("127.0.0.1"))
            reply = {302, {{"Location", server.url("localhost") + request.path}}, "Found. Redirecting"};
    });
    ASSERT_TRUE(download());
    EXPECT_EQ(downloaded(), weights);
    int toOther = 0;
    for (const HubRequest& request : server.requests()) {
        const bool other = request.header("host").starts_with("localhost");
        toOther += other;
        EXPECT_EQ(request.header("authorization"), other ? "" : "Bearer hf_secret") << request.path;
    }
    EXPECT_EQ(toOther, 1);
}

TEST_F(RefusalTest, AnEndpointThatIsNoWebAddressIsSaidAtOnce) {
    settings.endpoint = "ftp://mirror";
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::InvalidArgument);
}

TEST_F(RefusalTest, RedirectsEnd) {
    retry.tries = 1;
    server.meddle([](const HubRequest& request, HubReply& reply) {
        if (request.isFor("unet/config.json"))
            reply = {302, {{"Location", request.path}}, ""};
    });
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().message, HasSubstr("redirects"));
}

TEST_F(RefusalTest, ARedirectLeadsToTheWebOnly) {
    retry.tries = 1;
    ASSERT_TRUE(writeFileAtomically(folder / "secret", "secret"));
    server.meddle([this](const HubRequest& request, HubReply& reply) {
        if (request.isFor("unet/config.json"))
            reply = {302, {{"Location", "file://" + (folder / "secret").string()}}, ""};
    });
    const auto failed = download();
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().message, HasSubstr("not safe"));
}

} // namespace
} // namespace s1::library
