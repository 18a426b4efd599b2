#include "train/text_readers.h"

#include <ATen/CPUGeneratorImpl.h>

namespace s1::train {

using at::Tensor;

namespace {

// The same for all texts: what one picture of noise, neighbours alike, is to its reader's norm.
Tensor picture(std::int64_t count, std::int64_t channels, const at::Generator& generator) {
    constexpr std::int64_t kRows = 4, kColumns = 6;
    const Tensor x = at::randn({1, channels, kRows, kColumns}, generator) + at::randn({1, channels, 1, 1}, generator);
    return x.expand({count, -1, -1, -1}).contiguous(at::MemoryFormat::ChannelsLast);
}

// Of answers [N, …] from their mean: what makes those of one reader comparable with another's.
Tensor spreadOf(const Tensor& answers) { return (answers - answers.mean(0, true)).square().mean(); }

} // namespace

void TextReaders::addAllOf(const std::shared_ptr<nn::UNet>& network) {
    const auto children = network->named_children();
    std::shared_ptr<nn::Linear> projection;
    if (const auto* found = children.find("encoder_hid_proj"))
        projection = std::dynamic_pointer_cast<nn::Linear>(*found);
    const auto attention = [&](auto reader, std::int64_t channels) {
        m_readers.push_back([=](std::int64_t count, const at::Generator& generator) -> Answer {
            return [=, x = picture(count, channels, generator)](const Tensor& text) {
                return reader->forward(x, projection ? projection->forward(text) : text) - x;
            };
        });
    };
    for (const auto& module : network->modules()) {
        if (const auto reader = std::dynamic_pointer_cast<nn::AddedKvAttention>(module))
            attention(reader, reader->named_parameters()["group_norm.weight"].size(0));
        else if (const auto reader = std::dynamic_pointer_cast<nn::SpatialTransformer>(module))
            attention(reader, reader->named_parameters()["norm.weight"].size(0));
        else if (const auto reader = std::dynamic_pointer_cast<nn::TextTimeEmbedding>(module))
            m_readers.push_back([=](std::int64_t, const at::Generator&) -> Answer { return [=](const Tensor& text) { return reader->forward(text); }; });
    }
    if (network->config().frameEmbedding)
        m_readers.push_back([](std::int64_t, const at::Generator&) -> Answer {
            return [](const Tensor& text) { return at::layer_norm(text.mean(1), {text.size(2)}); };
        });
}

Tensor TextReaders::distances(const Tensor& given, const Tensor& others) const {
    Tensor sum = at::zeros({others.size(0)});
    for (std::size_t i = 0; i < m_readers.size(); ++i) {
        const Answer answer = m_readers[i](others.size(0) + 1, at::make_generator<at::CPUGeneratorImpl>(i));
        const Tensor all = answer(at::cat({given, others})).flatten(1), right = all.slice(0, 1);
        sum = sum + (right - all.slice(0, 0, 1)).square().mean(1) / spreadOf(right);
    }
    return sum / static_cast<double>(m_readers.size());
}

TextReaders::Reading TextReaders::read(const Tensor& given, const Tensor& wanted, const Tensor& other, const at::Generator& generator) const {
    constexpr std::int64_t kAsked = 5;
    constexpr double kSlight = 0.01; // of the spread of answers: a shorter way is no way
    const Tensor order = at::randperm(static_cast<std::int64_t>(m_readers.size()), generator).slice(0, 0, kAsked);
    const auto asked = static_cast<double>(order.size(0));
    Tensor distance = at::zeros({}), along = at::zeros({given.size(0)}), length = at::zeros({given.size(0)});
    for (std::int64_t i = 0; i < order.size(0); ++i) {
        const Answer answer = m_readers[static_cast<std::size_t>(order[i].item<std::int64_t>())](given.size(0), generator);
        Tensor right, way, spread;
        {
            const torch::NoGradGuard noGrad;
            right = answer(wanted).flatten(1);
            way = answer(other).flatten(1) - right;
            spread = spreadOf(right);
        }
        const Tensor error = answer(given).flatten(1) - right;
        distance = distance + error.square().mean() / spread;
        along = along + (error * way).mean(1) / spread;
        length = length + way.square().mean(1) / spread;
    }
    return {distance / asked, (along / (length + kSlight * asked)).square().mean()};
}

} // namespace s1::train
