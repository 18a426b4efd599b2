#include "base/json.h"
#include "diffusion/schedule.h"
#include "nn/unet_config.h"
#include "nn/vae.h"
#include "text/clip_encoder.h"
#include "text/t5_encoder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = s1::parseJson({reinterpret_cast<const char*>(data), size}, "config.json");
    if (!json)
        return 0;
    (void)s1::nn::UNetConfig::fromJson(*json, "config.json");
    (void)s1::nn::VaeConfig::fromJson(*json, "config.json");
    (void)s1::text::T5Config::fromJson(*json, "config.json");
    (void)s1::text::ClipConfig::fromJson(*json, "config.json");
    if (const auto scheduler = s1::diffusion::SchedulerConfig::fromJson(*json, "config.json"))
        (void)s1::diffusion::NoiseSchedule(*scheduler);
    return 0;
}
