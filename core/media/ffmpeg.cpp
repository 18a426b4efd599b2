#include "media/ffmpeg.h"

#include <fmt/format.h>

#include <cstring>
#include <mutex>

namespace s1::ffmpeg {
namespace {

constexpr int kExact = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP | SWS_BITEXACT;

// Files without a tag: by size, as players do.
int matrixOf(const AVFrame& frame) {
    switch (frame.colorspace) {
    case AVCOL_SPC_BT709: return SWS_CS_ITU709;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M: return SWS_CS_ITU601;
    case AVCOL_SPC_FCC: return SWS_CS_FCC;
    case AVCOL_SPC_SMPTE240M: return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL: return SWS_CS_BT2020;
    default: return frame.height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601;
    }
}

bool isFullRange(AVPixelFormat format, AVColorRange range) {
    switch (format) {
    case AV_PIX_FMT_YUVJ420P:
    case AV_PIX_FMT_YUVJ422P:
    case AV_PIX_FMT_YUVJ444P:
    case AV_PIX_FMT_YUVJ440P:
    case AV_PIX_FMT_YUVJ411P: return true;
    default: return range == AVCOL_RANGE_JPEG;
    }
}

} // namespace

void silence() {
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_level(AV_LOG_QUIET); });
}

std::string errorText(int code) {
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof text);
    return text;
}

std::string fileUrl(const std::filesystem::path& path) { return "file:" + path.string(); }

Error makeError(ErrorCode code, std::string_view action, const std::filesystem::path& path, int averror,
                std::string_view advice) {
    return {code, fmt::format("{} {} ({}); {}", action, path.string(), errorText(averror), advice), path.string()};
}

FramePtr makeFrame(AVPixelFormat format, int width, int height) {
    FramePtr frame(av_frame_alloc());
    frame->format = format;
    frame->width = width;
    frame->height = height;
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return nullptr;
    for (AVBufferRef* buffer : frame->buf)
        if (buffer) // libswscale and encoders look at the padding beside odd sizes
            std::memset(buffer->data, 0, buffer->size);
    return frame;
}

ScalerPtr Converter::toRgb(const AVFrame& frame, int width, int height) {
    const auto format = static_cast<AVPixelFormat>(frame.format);
    ScalerPtr scaler(sws_getContext(frame.width, frame.height, format, width, height, AV_PIX_FMT_RGB24, kExact, nullptr,
                                    nullptr, nullptr));
    if (scaler) // fails harmlessly for RGB sources, which have no matrix
        sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(matrixOf(frame)),
                                 isFullRange(format, frame.color_range), sws_getCoefficients(SWS_CS_ITU709), 1, 0,
                                 1 << 16, 1 << 16);
    return scaler;
}

ScalerPtr Converter::fromRgb(AVPixelFormat format, int width, int height) {
    ScalerPtr scaler(sws_getContext(width, height, AV_PIX_FMT_RGB24, width, height, format, kExact, nullptr, nullptr,
                                    nullptr));
    if (scaler)
        sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(SWS_CS_ITU709), 1, sws_getCoefficients(SWS_CS_ITU709),
                                 0, 0, 1 << 16, 1 << 16);
    return scaler;
}

} // namespace s1::ffmpeg
