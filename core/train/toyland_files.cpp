#include "train/toyland_files.h"

#include "base/files.h"
#include "base/json.h"
#include "plan/plan.h"
#include "weights/load.h"

#include <torch/torch.h>

#include <fmt/format.h>

#include <cmath>

namespace s1::train {

using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr int kTextWidth = 64, kLatents = 8;

// Flat pictures carry their structure at very low signal: the cosine schedule's log-SNR is lowered by this much
// (motion-and-quality.md 3.5), and handed on as trained_betas.
std::vector<double> shiftedCosineBetas(double logSnrShift) {
    std::vector<double> betas;
    double previous = 1;
    for (int i = 0; i < 1000; ++i) {
        const double u = (i + 1) / 1000.0;
        const double bar = std::pow(std::cos((std::min(u, 0.9995) + 0.008) / 1.008 * M_PI / 2), 2);
        const double shifted = 1 / (1 + (1 - bar) / bar * std::exp(-logSnrShift));
        betas.push_back(std::clamp(1 - shifted / previous, 1e-6, 0.9999));
        previous *= 1 - betas.back();
    }
    return betas;
}

// Images and key frames are made from noise and words alone.
bool knowsOnlyText(ToylandNetwork network) {
    return network == ToylandNetwork::Images || network == ToylandNetwork::Keyframes || network == ToylandNetwork::LatentKeyframes;
}

bool isLatent(ToylandNetwork network) { return network == ToylandNetwork::Translation || network == ToylandNetwork::LatentKeyframes; }

// Interpolation and super-resolution are given most of what they are to make.
bool knowsPicture(ToylandNetwork network) { return network == ToylandNetwork::Interpolation || network == ToylandNetwork::Superres; }

// As the published pixel networks are built.
json deepFloydUNet(ToylandNetwork network, const std::vector<int>& widths, int inChannels, int outChannels = 3) {
    const bool temporal = network != ToylandNetwork::Images, classLabel = network == ToylandNetwork::Superres;
    const std::string d = temporal ? "3D" : "2D";
    std::vector<std::string> down, up;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        // Attention where it is cheap: super-resolution keeps it for its lowest level.
        const bool attends = classLabel ? i + 1 == widths.size() : i > 0 || isLatent(network);
        down.push_back((attends ? "SimpleCrossAttnDownBlock" : "ResnetDownsampleBlock") + d);
        up.insert(up.begin(), (attends ? "SimpleCrossAttnUpBlock" : "ResnetUpsampleBlock") + d);
    }
    json config = {{"_class_name", temporal ? "UNet3DConditionModel" : "UNet2DConditionModel"},
                   {"act_fn", "silu"},
                   {"addition_embed_type", "text"},
                   {"addition_embed_type_num_heads", 8},
                   {"attention_head_dim", 8},
                   {"block_out_channels", widths},
                   {"cross_attention_dim", kTextWidth},
                   {"cross_attention_norm", "group_norm"},
                   {"down_block_types", down},
                   {"encoder_hid_dim", kTextWidth},
                   {"encoder_hid_dim_type", "text_proj"},
                   {"fused_attention", true},
                   {"in_channels", inChannels},
                   {"layers_per_block", 1},
                   {"mid_block_type", "UNetMidBlock" + d + "SimpleCrossAttn"},
                   {"norm_num_groups", knowsPicture(network) ? 1 : 8}, // one: as startFromCondition needs it
                   {"out_channels", outChannels},
                   {"resnet_time_scale_shift", "scale_shift"},
                   {"time_embedding_dim", 96},
                   {"up_block_types", up}};
    if (knowsOnlyText(network))
        config.update({{"frame_embedding", true}, {"place_embedding", true}, {"frames_from", 300}});
    if (classLabel)
        config["class_embed_type"] = "timestep";
    if (temporal)
        config["transfromer_in_opt"] = false;
    return config;
}

} // namespace

json unetConfig(ToylandNetwork network) {
    const std::vector<int> keyframeWidths{16, 48, 80, 112};
    switch (network) {
    case ToylandNetwork::Images:
    case ToylandNetwork::Keyframes: return deepFloydUNet(network, keyframeWidths, 3);
    case ToylandNetwork::Interpolation: return deepFloydUNet(network, {16, 32, 48, 64}, 7);
    case ToylandNetwork::Superres: return deepFloydUNet(network, {16, 24, 32, 48}, 6);
    case ToylandNetwork::LatentKeyframes: return deepFloydUNet(network, {48, 80, 112}, kLatents, kLatents); // key frames' without the highest level
    case ToylandNetwork::Translation: break;
    }
    return {{"_class_name", "UNet3DConditionModel"}, {"act_fn", "silu"}, {"attention_head_dim", {4, 4, 8}},
            {"block_out_channels", {24, 32, 48}}, {"cross_attention_dim", kTextWidth}, {"cross_attention_norm", nullptr},
            {"down_block_types", {"DownBlock3D", "CrossAttnDownBlock3D", "CrossAttnDownBlock3D"}}, {"in_channels", kLatents},
            {"layers_per_block", 1}, {"mid_block_type", "UNetMidBlock3DCrossAttn"}, {"norm_num_groups", 1}, {"out_channels", kLatents},
            {"resnet_time_scale_shift", "default"}, {"time_embedding_dim", 96}, {"transfromer_in_opt", false},
            {"up_block_types", {"CrossAttnUpBlock3D", "CrossAttnUpBlock3D", "UpBlock3D"}}, {"use_linear_projection", true}};
}

json vaeConfig(double scalingFactor) {
    return {{"_class_name", "AutoencoderKL"}, {"act_fn", "silu"}, {"block_out_channels", {16, 24, 48, 48}}, {"in_channels", 3},
            {"latent_channels", kLatents}, {"layers_per_block", 1}, {"norm_num_groups", 1}, {"out_channels", 3}, {"scaling_factor", scalingFactor}};
}

json textConfig(int vocabulary) {
    return {{"model_type", "t5"}, {"architectures", {"T5EncoderModel"}}, {"vocab_size", vocabulary}, {"d_model", kTextWidth}, {"d_ff", 192},
            {"d_kv", 16}, {"num_layers", 4}, {"num_heads", 4}, {"relative_attention_num_buckets", 32},
            {"relative_attention_max_distance", 128}, {"layer_norm_epsilon", 1e-6}, {"feed_forward_proj", "gated-gelu"}};
}

json schedulerConfig(ToylandNetwork network) {
    json config = {{"_class_name", "DPMSolverMultistepScheduler"}, {"algorithm_type", "dpmsolver++"}, {"beta_schedule", "squaredcos_cap_v2"},
                   {"dynamic_thresholding_ratio", 0.995}, {"final_sigmas_type", "zero"}, {"lower_order_final", true},
                   {"num_train_timesteps", 1000}, {"prediction_type", knowsPicture(network) ? "sample" : "v_prediction"}, {"sample_max_value", 1.0}, {"solver_order", 2},
                   {"solver_type", "midpoint"}, {"thresholding", !isLatent(network)}, {"timestep_spacing", "linspace"}};
    constexpr double kPixels = -3, kLatentPixels = -3 + 1.4; // a quarter as many, each of which says as much more at one noise
    config["trained_betas"] = shiftedCosineBetas(!knowsOnlyText(network) ? 0 : isLatent(network) ? kLatentPixels : kPixels); // the others know most of the picture
    return config;
}

fs::path unetFolder(const fs::path& root, ToylandNetwork network) {
    switch (network) {
    case ToylandNetwork::Images: return root / "images" / "unet";
    case ToylandNetwork::Keyframes: return root / "base" / "unet";
    case ToylandNetwork::Interpolation: return root / "interpolation" / "unet";
    case ToylandNetwork::Superres: return root / "sr1" / "unet";
    case ToylandNetwork::Translation: return root / "sr2" / "unet";
    case ToylandNetwork::LatentKeyframes: return root / "latent" / "unet";
    }
    return {};
}

Result<void> writeJson(const fs::path& path, const json& object) {
    std::error_code ec;
    fs::create_directories(path.parent_path(), ec);
    return writeFileAtomically(path, object.dump(1) + "\n");
}

weights::TensorMap toHalf(const weights::TensorMap& tensors) {
    weights::TensorMap half;
    for (const auto& [name, tensor] : tensors)
        half[name] = tensor.detach().to(at::kHalf);
    return half;
}

namespace {

json modelIndex(ToylandNetwork network) {
    const char* pipeline = "TextToVideoIFPipeline";
    if (network == ToylandNetwork::Interpolation)
        pipeline = "TextToVideoIFInterpPipeline";
    else if (network == ToylandNetwork::Superres)
        pipeline = "TextToVideoIFSuperResolutionPipeline_Cond";
    else if (network == ToylandNetwork::Translation)
        pipeline = "VideoToVideoSDPipeline";
    json index = {{"_class_name", pipeline}, {"scheduler", {"diffusers", "DPMSolverMultistepScheduler"}},
                  {"unet", {"showone.models.unet_3d_condition", "UNet3DConditionModel"}}};
    if (network == ToylandNetwork::Keyframes || network == ToylandNetwork::Translation) {
        index["text_encoder"] = {"transformers", "T5EncoderModel"};
        index["tokenizer"] = {"transformers", "T5Tokenizer"};
    }
    if (network == ToylandNetwork::Translation)
        index["vae"] = {"diffusers", "AutoencoderKL"};
    if (network == ToylandNetwork::Superres)
        index["image_noising_scheduler"] = {"diffusers", "DDPMScheduler"};
    return index;
}

} // namespace

Result<void> writeUNet(const fs::path& root, ToylandNetwork network, const weights::TensorMap& tensors, const std::string& recipe) {
    const fs::path folder = unetFolder(root, network), part = folder.parent_path();
    S1_CHECK(writeJson(folder / "config.json", unetConfig(network)));
    S1_CHECK(writeJson(part / "scheduler" / "scheduler_config.json", schedulerConfig(network)));
    if (network == ToylandNetwork::Superres)
        S1_CHECK(writeJson(part / "image_noising_scheduler" / "scheduler_config.json",
                           {{"_class_name", "DDPMScheduler"}, {"beta_schedule", "squaredcos_cap_v2"}, {"num_train_timesteps", 1000}}));
    if (network != ToylandNetwork::Images && network != ToylandNetwork::LatentKeyframes) // no parts of a cascade
        S1_CHECK(writeJson(part / "model_index.json", modelIndex(network)));
    S1_CHECK(writeJson(root / kEmbeddedMarker, {{"schema", "show1.toyland/1"}, {"title", "Toyland sample model"}}));
    return weights::writeSafetensors(folder / "diffusion_pytorch_model.safetensors", toHalf(tensors), {{"recipe", recipe}});
}

Result<void> writeVae(const fs::path& root, const weights::TensorMap& tensors, double scalingFactor, const std::string& recipe) {
    const fs::path folder = root / "sr2" / "vae";
    S1_CHECK(writeJson(folder / "config.json", vaeConfig(scalingFactor)));
    return weights::writeSafetensors(folder / "diffusion_pytorch_model.safetensors", toHalf(tensors), {{"recipe", recipe}});
}

Result<bool> takeOver(torch::nn::Module& network, const fs::path& folder, std::int64_t normGroups) {
    std::error_code ec;
    if (!fs::exists(folder / "config.json", ec))
        return false;
    S1_TRY(const json config, readJson(folder / "config.json"));
    if (const auto found = config.find("norm_num_groups"); found != config.end() && *found != normGroups)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("{} holds weights for {} norm groups, not {}; train this part afresh, without it in --init", folder.string(), found->dump(), normGroups),
                     "init"};
    torch::NoGradGuard noGrad;
    S1_TRY(const auto file, weights::openComponentWeights(folder));
    for (const auto& item : network.named_parameters()) {
        if (!file->tensors().contains(item.key()))
            continue;
        S1_TRY(const at::Tensor stored, file->read(item.key()));
        at::Tensor parameter = item.value();
        if (stored.sizes() == parameter.sizes())
            parameter.copy_(stored);
        else if (item.key() == "conv_in.weight" && stored.size(1) < parameter.size(1)) {
            parameter.zero_();
            parameter.narrow(1, 0, stored.size(1)).copy_(stored);
        }
    }
    return true;
}

} // namespace s1::train
