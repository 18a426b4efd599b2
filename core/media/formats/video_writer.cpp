#include "media/formats/video_writer.h"

#include "media/formats/encoder.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1 {

namespace fs = std::filesystem;
using namespace ffmpeg;

namespace {

class VideoWriter : public ClipWriter {
public:
    VideoWriter(std::unique_ptr<Encoder> encoder, const ClipInfo& info, AVPixelFormat format)
        : m_encoder(std::move(encoder)), m_info(info),
          m_scaler(Converter::fromRgb(format, m_encoder->width(), m_encoder->height())),
          m_rgb(makeFrame(AV_PIX_FMT_RGB24, m_encoder->width(), m_encoder->height())),
          m_frame(makeFrame(format, m_encoder->width(), m_encoder->height())) {}

    Result<void> write(const Frame& frame) override {
        S1_CHECK(checkFrame(frame, m_info));
        if (!m_scaler || !m_rgb || !m_frame || av_frame_make_writable(m_frame.get()) < 0)
            return Error{ErrorCode::OutOfMemory, fmt::format("no memory for frames of {}x{}", frame.width, frame.height),
                         "frame"};
        // Odd sizes repeat their last row and column: nothing is scaled or lost.
        for (int y = 0; y < m_encoder->height(); ++y) {
            const std::uint8_t* from = frame.row(std::min(y, frame.height - 1));
            std::uint8_t* to = m_rgb->data[0] + static_cast<std::ptrdiff_t>(y) * m_rgb->linesize[0];
            std::copy_n(from, frame.width * 3, to);
            if (m_encoder->width() > frame.width)
                std::copy_n(from + (frame.width - 1) * 3, 3, to + frame.width * 3);
        }
        sws_scale(m_scaler.get(), m_rgb->data, m_rgb->linesize, 0, m_encoder->height(), m_frame->data,
                  m_frame->linesize);
        return m_encoder->encode(*m_frame);
    }

    Result<void> finish() override { return m_encoder->finish(); }

private:
    std::unique_ptr<Encoder> m_encoder;
    ClipInfo m_info;
    ScalerPtr m_scaler;
    FramePtr m_rgb, m_frame;
};

Result<std::unique_ptr<ClipWriter>> open(const fs::path& path, const ClipInfo& info, const EncoderSettings& settings) {
    S1_TRY(auto encoder, Encoder::open(path, info, settings));
    return std::unique_ptr<ClipWriter>(new VideoWriter(std::move(encoder), info, settings.pixelFormat));
}

// Without use_metadata_tags MP4 keeps a few fixed keys only and the recipe would be lost.
constexpr std::pair<const char*, const char*> kMp4Flags = {"movflags", "+faststart+use_metadata_tags"};

} // namespace

Result<std::unique_ptr<ClipWriter>> openMp4H264(const fs::path& path, const ClipInfo& info) {
    constexpr int kFine = 17;
    const std::string crf = std::to_string(info.crf > 0 ? info.crf : kFine);
    return open(path, info, {.encoder = "libx264", .container = "mp4", .pixelFormat = AV_PIX_FMT_YUV420P,
                             .evenSize = true, .options = {{"profile", "high"}, {"preset", "medium"}, {"crf", crf.c_str()}},
                             .muxerOptions = {kMp4Flags}});
}

Result<std::unique_ptr<ClipWriter>> openWebmVp9(const fs::path& path, const ClipInfo& info) {
    return open(path, info, {.encoder = "libvpx-vp9", .container = "webm", .pixelFormat = AV_PIX_FMT_YUV420P,
                             .evenSize = true, .options = {{"crf", "20"}, {"b", "0"}, {"cpu-used", "3"}}});
}

Result<std::unique_ptr<ClipWriter>> openMkvFfv1(const fs::path& path, const ClipInfo& info) {
    return open(path, info, {.encoder = "ffv1", .container = "matroska", .pixelFormat = AV_PIX_FMT_BGR0,
                             .options = {{"level", "3"}, {"slicecrc", "1"}}});
}

} // namespace s1
