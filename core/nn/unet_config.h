#pragma once

#include "base/result.h"
#include "nn/layers.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace s1::nn {

// Families of UNet blocks in the published configs; the 2D and 3D types of a family differ in temporal layers only.
enum class BlockFamily {
    Resnet,      // Resnet{Down,Up}sampleBlock: no attention, resnets as samplers
    SimpleCross, // SimpleCrossAttn{Down,Up}Block: added-KV attention, resnets as samplers
    Plain,       // DownBlock, UpBlock: no attention, convolutions as samplers
    CrossAttn,   // CrossAttn{Down,Up}Block: spatial transformer, convolutions as samplers
};

// The keys of unet/config.json that vary between the five published UNets (show1.md 3.1).
struct UNetConfig {
    bool temporal = true; // UNet3DConditionModel; false: UNet2DConditionModel
    std::int64_t inChannels = 3;
    std::int64_t outChannels = 6;
    std::vector<std::int64_t> blockOutChannels;
    std::vector<std::int64_t> layersPerBlock;
    std::vector<BlockFamily> downBlocks, upBlocks;
    BlockFamily midBlock = BlockFamily::SimpleCross;
    Activation activation = Activation::Gelu;
    // SimpleCross: channels per spatial head, and number of temporal heads. CrossAttn: number of heads of both.
    std::vector<std::int64_t> attentionHeadDim;
    std::int64_t crossAttentionDim = 0;
    bool crossAttentionNorm = false; // "group_norm"
    std::int64_t encoderHidDim = 0;  // 0: no encoder_hid_proj
    bool additionText = false;       // add_embedding
    std::int64_t additionHeads = 64;
    bool classTimestep = false;
    std::int64_t timeEmbeddingDim = 0;
    Activation timeEmbeddingActivation = Activation::None;
    bool scaleShift = false;
    bool skipTimeAct = false;
    double resnetOutScale = 1.0;
    double midBlockScale = 1.0;
    bool transformerIn = false;
    bool fusedAttention = false; // our own key, for the embedded model's narrow heads
    bool frameEmbedding = false; // our own key: what a frame's place in the clip and the text's mean say is added to its time embedding
    bool placeEmbedding = false; // our own key: what the time embedding says of places is added before the middle block
    std::int64_t framesFrom = 0; // our own key: the timestep from which these two are heard
    std::int64_t normGroups = 32;
    double normEps = 1e-5;
    std::int64_t downsamplePadding = 1;
    bool flipSinToCos = true;
    double freqShift = 0;

    std::int64_t textWidth() const { return encoderHidDim ? encoderHidDim : crossAttentionDim; } // of what it is given

    // Unknown classes and values this network does not compute are Unsupported, named with the known ones.
    static Result<UNetConfig> fromJson(const nlohmann::json& json, const std::string& file);
};

} // namespace s1::nn
