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

    // How `given` is answered beside `wanted` and `other`, texts [B, L, D], by a few readers drawn anew each time. The gradient is for `given`.
    struct Reading {
        at::Tensor distance; // to wanted: 0 the same, 1 as differently as the wanted ones are from their mean answer
        at::Tensor mistaken; // the way towards other, squared: 0 none of it, 1 all of it, however small a part of the answers it is
    };
    Reading read(const at::Tensor& given, const at::Tensor& wanted, const at::Tensor& other, const at::Generator& generator) const;

    // How far all readers' answers to one text, [1, L, D], are from those to each of others, [A, L, D]: [A], where 1 is how far those are
    // from their mean answer. The same every time.
    at::Tensor distances(const at::Tensor& given, const at::Tensor& others) const;

private:
    using Answer = std::function<at::Tensor(const at::Tensor& text)>;
    std::vector<std::function<Answer(std::int64_t count, const at::Generator& generator)>> m_readers; // asks for `count` texts
};

} // namespace s1::train
