#pragma once

#include <torch/torch.h>

#include <memory>
#include <string>

// The few layers everything is made of. Parameters start uninitialised: they are loaded (weights/load.h) or drawn
// (nn/initialize.h). Matrices and kernels may be kept in less than f32 (weights/stored_weight.h). Pictures are [N, C, H, W] in channels_last memory, so that the same bytes are [N, H, W, C] tokens
// for every linear layer and [B, F, H*W, C] for everything temporal (performance.md 3.1, technique 1).
namespace s1::nn {

using at::Tensor;

enum class Activation { None, Silu, Gelu }; // Gelu is the exact erf form

Tensor activate(const Tensor& x, Activation activation);

// register_module with less noise: m_conv1 = add<Conv2d>("conv1", …).
class Module : public torch::nn::Module {
protected:
    template <typename T, typename... Args>
    std::shared_ptr<T> add(const std::string& name, Args&&... args) {
        return register_module(name, std::make_shared<T>(std::forward<Args>(args)...));
    }
};

// Children named "0", "1", … as torch.nn.ModuleList names them.
template <typename T>
class ModuleList : public Module {
public:
    template <typename... Args>
    std::shared_ptr<T> append(Args&&... args) {
        m_items.push_back(add<T>(std::to_string(m_items.size()), std::forward<Args>(args)...));
        return m_items.back();
    }
    std::size_t size() const { return m_items.size(); }
    T& operator[](std::size_t i) const { return *m_items[i]; }
    auto begin() const { return m_items.begin(); }
    auto end() const { return m_items.end(); }

private:
    std::vector<std::shared_ptr<T>> m_items;
};

enum class Bias { Yes, No };

// x [..., in] -> [..., out]
class Linear : public Module {
public:
    Linear(std::int64_t in, std::int64_t out, Bias bias = Bias::Yes);
    Tensor forward(const Tensor& x) const;

private:
    Tensor m_weight, m_bias;
};

struct ConvOptions {
    std::int64_t kernel = 3;
    std::int64_t stride = 1;
    std::int64_t padding = 1;
};

// x [N, in, H, W] -> [N, out, H', W']
class Conv2d : public Module {
public:
    Conv2d(std::int64_t in, std::int64_t out, ConvOptions options = {});
    Tensor forward(const Tensor& x) const;

private:
    Tensor m_weight, m_bias;
    ConvOptions m_options;
};

// Convolution over frames only, weight [C, C, 3, 1, 1] as published, run as a (3, 1) conv2d on [B, C, F, H*W].
class TemporalConv : public Module {
public:
    explicit TemporalConv(std::int64_t channels);
    Tensor forward(const Tensor& x) const;

private:
    Tensor m_weight, m_bias;
};

// Statistics over (C/groups, all trailing axes) of x [N, C, ...], optionally followed by an activation.
class GroupNorm : public Module {
public:
    GroupNorm(std::int64_t groups, std::int64_t channels, double eps);
    Tensor forward(const Tensor& x, Activation activation = Activation::None) const;
    // act(norm(x) * (1 + scale) + shift), scale and shift [N, C].
    Tensor forward(const Tensor& x, const Tensor& scale, const Tensor& shift, Activation activation) const;

private:
    Tensor normalise(const Tensor& x, const Tensor& gamma, const Tensor& beta, Activation activation) const;

    Tensor m_weight, m_bias;
    std::int64_t m_groups;
    double m_eps;
};

// A table of rows by number: ids [...] -> [..., width]
class Embedding : public Module {
public:
    Embedding(std::int64_t count, std::int64_t width);
    Tensor forward(const Tensor& ids) const;

private:
    Tensor m_weight;
};

// The one child "conv" of a sampler without parameters of its own ("downsamplers.0.conv").
class ConvSampler : public Module {
public:
    ConvSampler(std::int64_t channels, ConvOptions options);
    std::shared_ptr<Conv2d> conv;
};

// Over the last axis.
class LayerNorm : public Module {
public:
    explicit LayerNorm(std::int64_t channels, double eps = 1e-5);
    Tensor forward(const Tensor& x) const;

private:
    Tensor m_weight, m_bias;
    double m_eps;
};

// [N, C, H, W] (channels_last) <-> [N, H*W, C]: the same bytes.
Tensor toTokens(const Tensor& x);
Tensor fromTokens(const Tensor& tokens, std::int64_t height, std::int64_t width);

// [B*F, C, H, W] -> [B, C, F, H*W] in channels_last memory: the same bytes, frames as the picture's height.
Tensor toTemporal(const Tensor& x, std::int64_t frames);
Tensor fromTemporal(const Tensor& x, std::int64_t height, std::int64_t width); // -> [B*F, C, H, W]

// [B, C, F, H, W] -> [B*F, C, H, W] channels_last, and back.
Tensor toFrames(const Tensor& video);
Tensor fromFrames(const Tensor& frames, std::int64_t batch);

} // namespace s1::nn
