#include "nn/group_norm_kernel.h"
#include "nn/layers.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

namespace s1::nn {
namespace {

// The unfused form in double: the judge of value and gradients.
Tensor reference(const Tensor& x, const Tensor& gamma, const Tensor& beta, std::int64_t groups, double eps, bool silu) {
    Tensor y = at::group_norm(x, groups, {}, {}, eps);
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    shape[0] = gamma.dim() == 2 ? x.size(0) : 1;
    shape[1] = x.size(1);
    y = y * gamma.view(shape) + beta.view(shape);
    return silu ? at::silu(y) : y;
}

void expectClose(const Tensor& found, const Tensor& expected, const char* what) {
    ASSERT_EQ(found.sizes(), expected.sizes()) << what;
    const double scale = std::max(1.0, expected.abs().max().item<double>());
    EXPECT_LT((found.to(at::kDouble) - expected).abs().max().item<double>(), 2e-5 * scale) << what;
}

struct Form {
    std::vector<std::int64_t> shape;
    std::int64_t groups;
    enum Memory { ChannelsLast, Contiguous, Strided } memory = ChannelsLast;
};

class GroupNormForms : public testing::TestWithParam<Form> {};

TEST_P(GroupNormForms, ValueAndGradientsAgreeWithTheUnfusedForm) {
    const Form& form = GetParam();
    at::manual_seed(3);
    Tensor values = at::randn(form.shape, at::kDouble) * 2 + 0.7;
    const auto n = form.shape[0], channels = form.shape[1];
    for (const bool silu : {false, true})
        for (const bool perPicture : {false, true}) {
            SCOPED_TRACE(testing::Message() << "silu " << silu << ", per picture " << perPicture);
            Tensor x = values.to(at::kFloat);
            if (form.memory == Form::ChannelsLast && x.dim() == 4)
                x = x.contiguous(at::MemoryFormat::ChannelsLast);
            if (form.memory == Form::Strided) // every other column of a wider picture
                x = at::cat({x.unsqueeze(-1), x.unsqueeze(-1) + 9}, -1).select(-1, 0);
            const std::vector<std::int64_t> affine = perPicture ? std::vector<std::int64_t>{n, channels} : std::vector<std::int64_t>{channels};
            x = x.detach().requires_grad_();
            const Tensor gamma = (at::randn(affine) + 1).requires_grad_(), beta = at::randn(affine).requires_grad_();
            const Tensor dx = x.detach().to(at::kDouble).requires_grad_(), dGamma = gamma.detach().to(at::kDouble).requires_grad_(),
                         dBeta = beta.detach().to(at::kDouble).requires_grad_();
            const Tensor y = groupNormChannelsLast(x, gamma, beta, form.groups, 1e-5, silu);
            const Tensor expected = reference(dx, dGamma, dBeta, form.groups, 1e-5, silu);
            expectClose(y.detach(), expected.detach(), "value");
            const Tensor weight = at::randn(form.shape, at::kDouble); // an uneven gradient from above
            (y * weight.to(at::kFloat)).sum().backward();
            (expected * weight).sum().backward();
            expectClose(x.grad(), dx.grad(), "gradient of the input");
            expectClose(gamma.grad(), dGamma.grad(), "gradient of gamma");
            expectClose(beta.grad(), dBeta.grad(), "gradient of beta");
        }
}

INSTANTIATE_TEST_SUITE_P(Shapes, GroupNormForms,
                         testing::Values(Form{{2, 32, 8, 16}, 32}, Form{{2, 32, 8, 16}, 8, Form::Contiguous}, Form{{3, 24, 5, 7}, 4, Form::Strided},
                                         Form{{1, 8, 1, 1}, 2}, Form{{1, 6, 1, 1}, 1}, Form{{2, 16, 40, 33}, 16}, // several chunks of rows, one cut short
                                         Form{{2, 12, 17}, 3, Form::Contiguous}, Form{{2, 8, 3, 4, 5}, 4, Form::Contiguous},
                                         Form{{1, 5, 3, 3}, 5}, Form{{4, 64, 2, 2}, 1}));

// The mean is 1000 times the spread: what is left of the digits must be those of the input, not of mean * scale.
TEST(GroupNorm, AMeanFarAboveTheSpreadCostsNoDigits) {
    at::manual_seed(8);
    const Tensor x = (at::randn({2, 16, 24, 24}) + 1000).contiguous(at::MemoryFormat::ChannelsLast);
    const Tensor gamma = at::ones({16}), beta = at::zeros({16});
    const Tensor y = groupNormChannelsLast(x, gamma, beta, 4, 1e-5, false);
    const Tensor exact = reference(x.to(at::kDouble), gamma, beta, 4, 1e-5, false);
    EXPECT_LT((y - exact).abs().max().item<double>(), 2e-6);
}

TEST(GroupNorm, FiniteDifferencesAgreeWithTheGradient) {
    at::manual_seed(5);
    const Tensor x = at::randn({1, 4, 2, 2}).contiguous(at::MemoryFormat::ChannelsLast), gamma = at::randn({4}), beta = at::randn({4}), w = at::randn({1, 4, 2, 2});
    const auto loss = [&](const Tensor& at) { return (groupNormChannelsLast(at, gamma, beta, 2, 1e-5, true) * w).to(at::kDouble).sum(); };
    Tensor input = x.clone().requires_grad_();
    loss(input).backward();
    for (std::int64_t i = 0; i < 16; ++i) {
        Tensor step = at::zeros({16});
        step[i] = 5e-3;
        const double slope = (loss(x + step.view_as(x)) - loss(x - step.view_as(x))).item<double>() / 1e-2;
        EXPECT_NEAR(input.grad().contiguous().flatten()[i].item<double>(), slope, 5e-3) << i;
    }
}

TEST(GroupNorm, LargeOffsetsKeepTheirDigits) {
    const Tensor one = at::ones({8}), zero = at::zeros({8});
    for (const auto& [deviation, mean, tolerance] : std::initializer_list<std::array<double, 3>>{{0.5, 10, 5e-5}, {0.1, 300, 2e-3}}) {
        const Tensor x = (at::randn({2, 8, 32, 32}, at::kDouble) * deviation + mean).to(at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
        const Tensor found = groupNormChannelsLast(x, one, zero, 4, 1e-5, false).to(at::kDouble);
        EXPECT_LT((found - reference(x.to(at::kDouble), one, zero, 4, 1e-5, false)).abs().max().item<double>(), tolerance) << mean;
    }
}

TEST(GroupNorm, ConstantInputGivesBeta) {
    const Tensor y = groupNormChannelsLast(at::full({1, 4, 3, 3}, 2.0f), at::ones({4}), at::full({4}, 0.5f), 2, 1e-5, false);
    EXPECT_TRUE(at::allclose(y, at::full({1, 4, 3, 3}, 0.5f), 1e-4, 1e-4));
}

TEST(GroupNorm, SiluSurvivesExtremes) {
    const Tensor beta = at::tensor({-1e4f, -90.0f, 0.0f, 1e4f});
    const Tensor y = groupNormChannelsLast(at::zeros({1, 4, 2, 2}), at::ones({4}), beta, 4, 1e-5, true).select(2, 0).select(2, 0)[0];
    EXPECT_TRUE(at::allclose(y, at::tensor({0.0f, 0.0f, 0.0f, 1e4f}), 1e-5, 1e-5));
}

TEST(GroupNorm, ThreadsDoNotChangeABit) {
    const int before = at::get_num_threads();
    at::manual_seed(1);
    const Tensor x = at::randn({2, 32, 48, 48}).contiguous(at::MemoryFormat::ChannelsLast), gamma = at::randn({2, 32}), beta = at::randn({2, 32}), w = at::randn({2, 32, 48, 48});
    const auto run = [&](int threads) {
        at::set_num_threads(threads);
        Tensor input = x.clone().requires_grad_(), g = gamma.clone().requires_grad_(), b = beta.clone().requires_grad_();
        const Tensor y = groupNormChannelsLast(input, g, b, 8, 1e-5, true);
        y.backward(w);
        return std::vector<Tensor>{y.detach(), input.grad(), g.grad(), b.grad()};
    };
    const auto one = run(1), two = run(2);
    at::set_num_threads(before);
    for (std::size_t i = 0; i < one.size(); ++i)
        EXPECT_TRUE(at::equal(one[i], two[i])) << i;
}

TEST(Layers, FramesAndTokensAreTheSameBytes) {
    const Tensor video = at::randn({2, 3, 4, 5, 6});
    const Tensor frames = toFrames(video);
    EXPECT_EQ(frames.sizes(), (at::IntArrayRef{8, 3, 5, 6}));
    EXPECT_TRUE(at::equal(frames[5], video[1].select(1, 1)));
    EXPECT_TRUE(at::equal(fromFrames(frames, 2), video));
    EXPECT_TRUE(at::equal(fromTokens(toTokens(frames), 5, 6), frames));
    EXPECT_TRUE(at::equal(fromTemporal(toTemporal(frames, 4), 5, 6), frames));
    EXPECT_TRUE(at::equal(toTemporal(frames, 4)[1].select(1, 2).select(1, 7), video[1].select(1, 2).select(1, 1).select(1, 1)));
}

} // namespace
} // namespace s1::nn
