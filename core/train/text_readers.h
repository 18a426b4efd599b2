#pragma once

#include "nn/unet.h"

#include <functional>
#include <vector>

namespace s1::train {

// Every place where networks read their text: attentions, pooled text, the frames' mean. Asked one by one with pictures of
// noise, for each stands behind a norm, so that they tell what a network makes of a text for a fraction of its work.
class TextReaders {
public:
    void addAllOf(const std::shared_ptr<nn::UNet>& network);
    std::size_t size() const { return m_readers.size(); }

    // How differently `given` is answered than `wanted`, both [B, L, D], as a mean over a few readers drawn anew each time: 0 the same, 1 as differently as
    // the wanted ones are from their mean answer. The gradient is for `given`.
    at::Tensor distance(const at::Tensor& given, const at::Tensor& wanted, const at::Generator& generator) const;

private:
    using Answer = std::function<at::Tensor(const at::Tensor& text)>;
    std::vector<std::function<Answer(std::int64_t count, const at::Generator& generator)>> m_readers; // asks for `count` texts
};

} // namespace s1::train
