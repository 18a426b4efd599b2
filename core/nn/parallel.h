#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <functional>

namespace s1::nn {

// Cuts 0…count into as many equal parts as there are threads, at most count, and runs work(begin, end) on all of them
// at once, each with its share of the threads. Samples that do not see each other keep two threads busier this way than
// inside the loops of every layer. Grad mode, inference mode and StopScope of the caller hold in every part;
// the first exception of a part is thrown on when all have ended.
void inParts(std::int64_t count, const std::function<void(std::int64_t begin, std::int64_t end)>& work);

// The same where device computes: a GPU gets all of it as one part.
void inParts(const c10::Device& device, std::int64_t count, const std::function<void(std::int64_t begin, std::int64_t end)>& work);

} // namespace s1::nn
