#include "nn/gpu_layers.h"

#include "nn/work.h"

#include <torch/torch.h>

#include <array>

namespace s1::nn {

using at::Tensor;

namespace {

const GpuKernels* kernelsInUse = nullptr;

GpuType typeOf(const Tensor& x) { return x.scalar_type() == at::kFloat ? GpuType::F32 : GpuType::Bf16; }

Tensor channelsInside(const Tensor& x) { return x.movedim(1, -1).contiguous(); } // [N, …, C]

// x as channelsInside gives it.
GpuGroupNorm normOf(const Tensor& x, const Tensor& gamma, const Tensor& beta, const Tensor& sums, double eps, bool silu, at::ScalarType type) {
    return {.x = x.const_data_ptr(), .gamma = gamma.const_data_ptr<float>(), .beta = beta.const_data_ptr<float>(), .sums = sums.data_ptr<double>(),
            .pictures = x.size(0), .rows = x.numel() / x.size(0) / x.size(-1), .channels = x.size(-1), .groups = sums.size(1),
            .gammaStride = gamma.dim() == 2 ? x.size(-1) : 0, .eps = eps, .silu = silu, .in = typeOf(x), .out = type == at::kFloat ? GpuType::F32 : GpuType::Bf16};
}

struct GroupNormOnGpu : torch::autograd::Function<GroupNormOnGpu> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& x, const Tensor& gamma, const Tensor& beta, std::int64_t groups, double eps, bool silu,
                          at::ScalarType type) {
        const Tensor inside = channelsInside(x), sums = at::zeros({x.size(0), groups, 2}, x.options().dtype(at::kDouble));
        const Tensor y = at::empty(inside.sizes(), x.options().dtype(type));
        kernelsInUse->groupNorm(normOf(inside, gamma, beta, sums, eps, silu, type), y.data_ptr());
        context->save_for_backward({inside, gamma, beta, sums});
        context->saved_data["eps"] = eps;
        context->saved_data["silu"] = silu;
        return y.movedim(-1, 1);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &gamma = saved[1], &beta = saved[2], &sums = saved[3];
        const Tensor dy = channelsInside(gradients[0]), dx = at::empty_like(x), slopes = at::zeros({x.size(0), x.size(-1), 2}, x.options().dtype(at::kFloat));
        const GpuGroupNorm norm = normOf(x, gamma, beta, sums, context->saved_data["eps"].toDouble(), context->saved_data["silu"].toBool(), dy.scalar_type());
        kernelsInUse->groupNormSlopes(norm, dy.const_data_ptr(), slopes.data_ptr<float>(), dx.data_ptr());
        const Tensor affine = gamma.dim() == 2 ? slopes : slopes.sum(0); // [N, C, 2] or [C, 2]
        return {dx.movedim(-1, 1), affine.select(-1, 0), affine.select(-1, 1), {}, {}, {}, {}};
    }
};

GpuTemporalAttention attentionOf(const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
    return {.q = q.const_data_ptr(), .k = k.const_data_ptr(), .v = v.const_data_ptr(), .batch = q.size(0), .frames = q.size(1), .pixels = q.size(2),
            .heads = heads, .width = q.size(3) / heads, .type = typeOf(q)};
}

struct TemporalAttentionOnGpu : torch::autograd::Function<TemporalAttentionOnGpu> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
        const Tensor out = at::empty_like(q);
        kernelsInUse->temporalAttention(attentionOf(q, k, v, heads), out.data_ptr());
        context->save_for_backward({q, k, v});
        context->saved_data["heads"] = heads;
        return out;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor above = gradients[0].contiguous();
        std::array<Tensor, 3> slopes;
        for (Tensor& slope : slopes)
            slope = at::empty_like(saved[0]);
        kernelsInUse->temporalAttentionSlopes(attentionOf(saved[0], saved[1], saved[2], context->saved_data["heads"].toInt()), above.const_data_ptr(),
                                              slopes[0].data_ptr(), slopes[1].data_ptr(), slopes[2].data_ptr());
        return {slopes[0], slopes[1], slopes[2], Tensor()};
    }
};

} // namespace

void useGpuKernels(const GpuKernels* kernels) { kernelsInUse = kernels; }

bool hasGpuKernels(const Tensor& x) {
    return kernelsInUse && x.is_cuda() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

Tensor gpuGroupNorm(const Tensor& x, const Tensor& gamma, const Tensor& beta, std::int64_t groups, double eps, bool silu, at::ScalarType type) {
    return GroupNormOnGpu::apply(x, gamma.to(at::kFloat).contiguous(), beta.to(at::kFloat).contiguous(), groups, eps, silu, type);
}

Tensor gpuTemporalAttention(const Tensor& q, const Tensor& k, const Tensor& v, std::int64_t heads) {
    countWork(4 * q.numel() * k.size(1));
    return TemporalAttentionOnGpu::apply(q.contiguous(), k.contiguous(), v.contiguous(), heads);
}

std::unique_ptr<GpuRecording> recordOnGpu(const std::function<void()>& work) { return kernelsInUse ? kernelsInUse->record(work) : nullptr; }

} // namespace s1::nn
