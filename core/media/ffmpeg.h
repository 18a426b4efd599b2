#pragma once

// Private to core/media: the only header that shows FFmpeg's types. Owners for its handles and its errors as ours.

#include "base/error.h"
#include "media/clip.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace s1::ffmpeg {

struct Deleter {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
using FramePtr = std::unique_ptr<AVFrame, Deleter>;
using PacketPtr = std::unique_ptr<AVPacket, Deleter>;
using CodecPtr = std::unique_ptr<AVCodecContext, Deleter>;
using ScalerPtr = std::unique_ptr<SwsContext, Deleter>;

struct InputCloser {
    void operator()(AVFormatContext* input) const { avformat_close_input(&input); }
};
using InputPtr = std::unique_ptr<AVFormatContext, InputCloser>;

struct OutputCloser {
    void operator()(AVFormatContext* output) const {
        if (output->pb)
            avio_closep(&output->pb);
        avformat_free_context(output);
    }
};
using OutputPtr = std::unique_ptr<AVFormatContext, OutputCloser>;

// FFmpeg talks on stderr by default, where the command line promises one line of its own.
void silence();

std::string errorText(int code);
// "file:…": a name such as http:x stays a file.
std::string fileUrl(const std::filesystem::path& path);
// action: "cannot read", advice: what to do.
Error makeError(ErrorCode code, std::string_view action, const std::filesystem::path& path, int averror,
                std::string_view advice);

FramePtr makeFrame(AVPixelFormat format, int width, int height);

// sRGB bytes to another layout and back. YUV is BT.709 in limited range on this side.
class Converter {
public:
    // Reading: from any decoded frame, with its own matrix and range, to RGB of the given size.
    static ScalerPtr toRgb(const AVFrame& frame, int width, int height);
    // Writing: from RGB24 to format.
    static ScalerPtr fromRgb(AVPixelFormat format, int width, int height);
};

} // namespace s1::ffmpeg
