#pragma once

#include "base/result.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <stdexcept>

// Parameters that take less memory than their values in f32: kept as the file stores them, or left in the file. Whatever
// is chosen, the values computed with are the same, and so are the bits of a result.
namespace s1::weights {

// While it lives, this thread's newParameter() has shapes only: for a network whose weights are loaded afterwards.
class ShapesOnly {
public:
    ShapesOnly();
    ~ShapesOnly();
    ShapesOnly(const ShapesOnly&) = delete;
    ShapesOnly& operator=(const ShapesOnly&) = delete;

private:
    bool m_before;
};

// f32, uninitialised.
at::Tensor newParameter(at::IntArrayRef shape);

// Puts a value, of any floating type, in the place of what newParameter() gave; every holder of the parameter sees it.
void setParameter(at::Tensor& parameter, const at::Tensor& value);

// The parameter's value stays where read() finds it, which gives it on device. read is called from the threads that compute, and may throw
// ReadFailed.
void leaveOnDisk(at::Tensor& parameter, at::Device device, std::function<at::Tensor()> read);

// The value to compute with: the parameter itself if it is f32 in memory, else a copy that goes with its last user.
at::Tensor valueOf(const at::Tensor& parameter);

// Where no Result can be given: in the middle of a network.
struct ReadFailed : std::runtime_error {
    explicit ReadFailed(Error why) : std::runtime_error(why.message), error(std::move(why)) {}
    Error error;
};

} // namespace s1::weights
