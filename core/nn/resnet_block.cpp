#include "nn/resnet_block.h"

namespace s1::nn {

ResnetBlock::ResnetBlock(const ResnetOptions& options)
    : m_options(options), m_norm1(add<GroupNorm>("norm1", options.groups, options.in, options.eps)),
      m_norm2(add<GroupNorm>("norm2", options.groups, options.out, options.eps)),
      m_conv1(add<Conv2d>("conv1", options.in, options.out)), m_conv2(add<Conv2d>("conv2", options.out, options.out)) {
    if (options.in != options.out)
        m_shortcut = add<Conv2d>("conv_shortcut", options.in, options.out, ConvOptions{1, 1, 0});
    if (options.timeDim > 0)
        m_time = add<Linear>("time_emb_proj", options.timeDim, options.scaleShift ? 2 * options.out : options.out);
}

Tensor ResnetBlock::forward(const Tensor& input, const Tensor& time) const {
    Tensor x = input;
    Tensor h = m_norm1->forward(x, m_options.activation);
    if (m_options.resample == Resample::Up) {
        x = at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
        h = at::upsample_nearest2d(h, {2 * h.size(2), 2 * h.size(3)});
    } else if (m_options.resample == Resample::Down) {
        x = at::avg_pool2d(x, 2);
        h = at::avg_pool2d(h, 2);
    }
    h = m_conv1->forward(h);
    if (m_time) {
        Tensor e = m_time->forward(m_options.skipTimeAct ? time : activate(time, m_options.activation));
        e = e.repeat_interleave(h.size(0) / e.size(0), 0); // one row a frame
        if (m_options.scaleShift) {
            const auto parts = e.chunk(2, 1);
            h = m_norm2->forward(h, parts[0], parts[1], m_options.activation);
        } else {
            h = m_norm2->forward(h + e.unsqueeze(-1).unsqueeze(-1), m_options.activation);
        }
    } else {
        h = m_norm2->forward(h, m_options.activation);
    }
    h = m_conv2->forward(h);
    if (m_shortcut)
        x = m_shortcut->forward(x);
    return m_options.outScale == 1.0 ? x + h : (x + h) / m_options.outScale;
}

} // namespace s1::nn
