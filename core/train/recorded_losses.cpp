#include "train/recorded_losses.h"

#include "nn/work.h"

#include <fmt/ranges.h>

namespace s1::train {

namespace {

// All that the loss depends on but the tensors' numbers.
std::string kindOf(NoisySample shown) {
    std::string kind = fmt::format("{} {} {}", shown.sample.movement, shown.sample.flicker, shown.sample.levelled);
    for (const at::Tensor* tensor : tensorsOf(shown))
        kind += fmt::format(" [{}]", fmt::join(tensor->defined() ? tensor->sizes().vec() : std::vector<std::int64_t>(), ","));
    return kind;
}

} // namespace

RecordedLosses::RecordedLosses(std::vector<at::Tensor> parameters, at::Device device, Loss loss)
    : m_parameters(std::move(parameters)), m_device(device), m_loss(std::move(loss)) {}

Cost RecordedLosses::operator()(const NoisySample& shown) {
    const auto [found, first] = m_recordings.try_emplace(kindOf(shown));
    Recording& recording = found->second;
    if (!first && !recording.work)
        record(recording, shown);
    if (!recording.work)
        return {m_loss(onDevice(shown, m_device))};
    NoisySample source = shown;
    const auto from = tensorsOf(source), to = tensorsOf(recording.shown);
    constexpr bool kNotWaiting = true;
    for (std::size_t i = 0; i < from.size(); ++i)
        if (from[i]->defined())
            to[i]->copy_(*from[i], kNotWaiting);
    recording.work->play();
    nn::countWork(recording.operations);
    return recording.cost;
}

void RecordedLosses::record(Recording& recording, const NoisySample& shown) {
    recording.shown = onDevice(shown, m_device);
    const std::int64_t before = nn::workDone;
    recording.work = nn::recordOnGpu([&] {
        recording.cost.loss = m_loss(recording.shown);
        recording.cost.gradients = gradientsOf(recording.cost.loss, m_parameters);
        recording.cost.loss = recording.cost.loss.detach();
    });
    recording.operations = nn::workDone - before;
    nn::countWork(-recording.operations);
}

} // namespace s1::train
