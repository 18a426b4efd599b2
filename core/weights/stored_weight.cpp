#include "weights/stored_weight.h"

#include <torch/torch.h>

namespace s1::weights {

namespace {

thread_local bool shapesOnly = false;

// Hangs on the parameter and goes with it.
struct OnDisk : c10::BackendMeta {
    explicit OnDisk(std::function<at::Tensor()> source) : read(std::move(source)) {}
    std::function<at::Tensor()> read;
};

at::Tensor shapeOf(at::IntArrayRef shape, at::Device device) { return at::zeros({1}, device).expand(shape); }

} // namespace

ShapesOnly::ShapesOnly() : m_before(std::exchange(shapesOnly, true)) {}
ShapesOnly::~ShapesOnly() { shapesOnly = m_before; }

at::Tensor newParameter(at::IntArrayRef shape) { return shapesOnly ? shapeOf(shape, at::kCPU) : at::empty(shape); }

void setParameter(at::Tensor& parameter, const at::Tensor& value) {
    TORCH_CHECK(parameter.sizes() == value.sizes(), "a parameter keeps its shape");
    auto* target = parameter.unsafeGetTensorImpl();
    target->shallow_copy_from(value.detach().getIntrusivePtr());
    target->set_backend_meta(nullptr);
}

void leaveOnDisk(at::Tensor& parameter, at::Device device, std::function<at::Tensor()> read) {
    setParameter(parameter, shapeOf(parameter.sizes(), device));
    parameter.unsafeGetTensorImpl()->set_backend_meta(c10::make_intrusive<OnDisk>(std::move(read)));
}

at::Tensor valueOf(const at::Tensor& parameter) {
    at::Tensor value = parameter;
    if (const auto meta = parameter.unsafeGetTensorImpl()->get_backend_meta_intrusive_ptr())
        value = static_cast<const OnDisk&>(*meta).read();
    return c10::isReducedFloatingType(value.scalar_type()) ? value.to(at::kFloat) : value;
}

} // namespace s1::weights
