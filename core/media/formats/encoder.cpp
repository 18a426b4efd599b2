#include "media/formats/encoder.h"

#include <fmt/format.h>

#include <cerrno>
#include <cmath>
#include <cstring>

namespace s1::ffmpeg {

namespace fs = std::filesystem;

Result<void> checkTarget(const fs::path& path, const ClipInfo& info) {
    if (info.width <= 0 || info.height <= 0 || !(info.fps > 0) || !(info.fps <= 1000))
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("cannot write {}: a clip of {}x{} at {} frames a second is not possible", path.string(),
                                 info.width, info.height, info.fps),
                     path.string()};
    std::error_code ec;
    const auto status = fs::status(path, ec);
    // Renaming over a device would replace the device.
    if (fs::exists(status) && !fs::is_regular_file(status))
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot write {}: it exists and is not a file; choose another name", path.string()),
                     path.string()};
    return {};
}

Result<void> checkFrame(const Frame& frame, const ClipInfo& info) {
    if (frame.width == info.width && frame.height == info.height &&
        frame.rgb.size() == static_cast<std::size_t>(info.width) * info.height * 3)
        return {};
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("a frame is {}x{} but the clip is {}x{}; all frames must be alike", frame.width, frame.height,
                             info.width, info.height),
                 "frame"};
}

Result<std::unique_ptr<Encoder>> Encoder::open(const fs::path& path, const ClipInfo& info,
                                               const EncoderSettings& settings) {
    silence();
    S1_CHECK(checkTarget(path, info));
    const AVCodec* codec = avcodec_find_encoder_by_name(settings.encoder);
    if (!codec)
        return Error{ErrorCode::Unsupported,
                     fmt::format("cannot write {}: this FFmpeg has no encoder {}; choose another format", path.string(),
                                 settings.encoder),
                     settings.encoder};
    std::unique_ptr<Encoder> self(new Encoder(path));
    AVFormatContext* raw = nullptr;
    int code = avformat_alloc_output_context2(&raw, nullptr, settings.container,
                                              fileUrl(self->m_file.path()).c_str()); // faststart reads this name again
    if (code < 0)
        return makeError(ErrorCode::Unsupported, "cannot write", path, code, "choose another format");
    self->m_output.reset(raw);
    raw->flags |= AVFMT_FLAG_BITEXACT; // no version strings or times: the same clip gives the same bytes

    AVStream* stream = avformat_new_stream(raw, nullptr);
    self->m_codec.reset(avcodec_alloc_context3(codec));
    AVCodecContext& context = *self->m_codec;
    context.width = settings.evenSize ? (info.width + 1) / 2 * 2 : info.width;
    context.height = settings.evenSize ? (info.height + 1) / 2 * 2 : info.height;
    context.pix_fmt = settings.pixelFormat;
    context.framerate = av_d2q(info.fps, 100000);
    context.time_base = av_inv_q(context.framerate);
    context.sample_aspect_ratio = {1, 1};
    context.thread_count = 1;
    context.gop_size = 24; // scrubbing in players stays quick
    context.flags |= AV_CODEC_FLAG_BITEXACT;
    if (raw->oformat->flags & AVFMT_GLOBALHEADER)
        context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (settings.evenSize) { // the formats in YUV
        context.color_primaries = AVCOL_PRI_BT709;
        context.color_trc = AVCOL_TRC_BT709;
        context.colorspace = AVCOL_SPC_BT709;
        context.color_range = AVCOL_RANGE_MPEG;
    }
    AVDictionary* options = nullptr;
    for (const auto& [key, value] : settings.options)
        av_dict_set(&options, key, value, 0);
    code = avcodec_open2(&context, codec, &options);
    av_dict_free(&options);
    if (code < 0)
        return makeError(ErrorCode::Unsupported, "cannot start the encoder for", path, code,
                         "choose another size or format");
    stream->time_base = context.time_base;
    stream->avg_frame_rate = context.framerate;
    avcodec_parameters_from_context(stream->codecpar, &context);

    const auto set = [raw](const char* key, const std::string& value) {
        if (!value.empty())
            av_dict_set(&raw->metadata, key, value.c_str(), 0);
    };
    set("show1_studio", info.recipe);
    set("title", info.title);
    set("comment", info.comment);
    code = avio_open(&raw->pb, fileUrl(self->m_file.path()).c_str(), AVIO_FLAG_WRITE);
    if (code < 0)
        return makeError(ErrorCode::CannotCreate, "cannot write", path, code, "choose another place");
    AVDictionary* muxer = nullptr;
    for (const auto& [key, value] : settings.muxerOptions)
        av_dict_set(&muxer, key, value, 0);
    code = avformat_write_header(raw, &muxer);
    av_dict_free(&muxer);
    if (code < 0)
        return self->failure(code);
    return self;
}

Error Encoder::failure(int code) const {
    return makeError(ErrorCode::Io, "writing", m_file.target(), code, "free some space or choose another place");
}

Result<void> Encoder::encode(AVFrame& frame) {
    frame.pts = m_count++;
    return drain(&frame);
}

Result<void> Encoder::drain(const AVFrame* frame) {
    int code = avcodec_send_frame(m_codec.get(), frame);
    if (code < 0)
        return failure(code);
    while ((code = avcodec_receive_packet(m_codec.get(), m_packet.get())) >= 0) {
        if (m_packet->duration == 0)
            m_packet->duration = 1;
        av_packet_rescale_ts(m_packet.get(), m_codec->time_base, m_output->streams[0]->time_base);
        m_packet->stream_index = 0;
        code = av_interleaved_write_frame(m_output.get(), m_packet.get());
        if (code < 0 || m_output->pb->error < 0)
            return failure(code < 0 ? code : m_output->pb->error);
    }
    if (code != AVERROR(EAGAIN) && code != AVERROR_EOF)
        return failure(code);
    return {};
}

Result<void> Encoder::finish() {
    if (m_count == 0)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("{} would have no frame; write at least one", m_file.target().string()),
                     m_file.target().string()};
    S1_CHECK(drain(nullptr));
    int code = av_write_trailer(m_output.get());
    if (code >= 0 && m_output->pb->error < 0)
        code = m_output->pb->error; // a full disk shows here only
    const int closed = avio_closep(&m_output->pb);
    if (code < 0 || closed < 0)
        return failure(code < 0 ? code : closed);
    return m_file.commit();
}

} // namespace s1::ffmpeg
