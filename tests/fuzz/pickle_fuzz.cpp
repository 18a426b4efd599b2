#include "weights/pickle.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = s1::weights::readPickle({reinterpret_cast<const char*>(data), size}, "model.bin");
    if (!value && value.error().message.find("model.bin") == std::string::npos)
        std::abort();
    return 0;
}
