#pragma once

#include "base/result.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace s1::cascade {
class ModelSet;
}

namespace s1::probe {

// work with the folder's networks, which stay loaded, without gradients; ended by stop, and with what is thrown as an error.
Result<void> onModels(const std::filesystem::path& folder, const std::stop_token& stop, const std::function<Result<void>(cascade::ModelSet&)>& work);

} // namespace s1::probe
