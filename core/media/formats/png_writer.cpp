#include "media/formats/encoder.h"
#include "media/formats/video_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace s1 {

namespace fs = std::filesystem;
using namespace ffmpeg;

namespace {

Result<std::string> encodePng(const Frame& frame) {
    silence();
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
    if (!codec)
        return Error{ErrorCode::Unsupported, "this FFmpeg has no PNG encoder; choose another format", "png"};
    const CodecPtr context(avcodec_alloc_context3(codec));
    context->width = frame.width;
    context->height = frame.height;
    context->pix_fmt = AV_PIX_FMT_RGB24;
    context->time_base = {1, 8};
    context->thread_count = 1;
    context->compression_level = 6;
    av_opt_set(context->priv_data, "pred", "mixed", 0);
    int code = avcodec_open2(context.get(), codec, nullptr);
    const FramePtr picture = makeFrame(AV_PIX_FMT_RGB24, frame.width, frame.height);
    const PacketPtr packet(av_packet_alloc());
    if (code >= 0 && picture) {
        for (int y = 0; y < frame.height; ++y)
            std::copy_n(frame.row(y), frame.width * 3,
                        picture->data[0] + static_cast<std::ptrdiff_t>(y) * picture->linesize[0]);
        code = avcodec_send_frame(context.get(), picture.get());
        if (code >= 0)
            code = avcodec_receive_packet(context.get(), packet.get());
    }
    if (code < 0 || !picture)
        return Error{ErrorCode::Internal, fmt::format("cannot encode a PNG of {}x{} ({})", frame.width, frame.height,
                                                      errorText(code)), "png"};
    return std::string(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
}

// A folder frame_00001.png …, filled under another name and renamed at the end.
class PngSequenceWriter : public ClipWriter {
public:
    PngSequenceWriter(fs::path target, fs::path temporary, const ClipInfo& info)
        : m_target(std::move(target)), m_temporary(std::move(temporary)), m_info(info) {}

    ~PngSequenceWriter() override {
        std::error_code ignored;
        if (!m_temporary.empty())
            fs::remove_all(m_temporary, ignored);
    }

    Result<void> write(const Frame& frame) override {
        S1_CHECK(checkFrame(frame, m_info));
        S1_TRY(const std::string bytes, encodePng(frame));
        return writeFileAtomically(m_temporary / fmt::format("frame_{:05}.png", ++m_count), bytes);
    }

    Result<void> finish() override {
        if (m_count == 0)
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("{} would have no frame; write at least one", m_target.string()), m_target.string()};
        if (!m_info.recipe.empty())
            S1_CHECK(writeFileAtomically(m_temporary / "recipe.json", m_info.recipe));
        std::error_code ec;
        fs::rename(m_temporary, m_target, ec); // also onto an empty folder
        if (ec)
            return Error{ErrorCode::CannotCreate,
                         fmt::format("cannot write the folder {} ({}); choose another name", m_target.string(),
                                     ec.message()),
                         m_target.string()};
        m_temporary.clear();
        return {};
    }

private:
    fs::path m_target, m_temporary;
    ClipInfo m_info;
    int m_count = 0;
};

} // namespace

Result<std::unique_ptr<ClipWriter>> openPngSequence(const fs::path& target, const ClipInfo& info) {
    // "frames/" names the folder frames
    const fs::path path = target.has_filename() ? target : target.parent_path();
    std::error_code ec;
    if (fs::exists(path, ec) && !(fs::is_directory(path, ec) && fs::is_empty(path, ec)))
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot write frames to {}: it exists and is not an empty folder; choose another name",
                                 path.string()),
                     path.string()};
    ClipInfo sized = info;
    if (fs::is_directory(path, ec))
        S1_CHECK(checkTarget(path / "frame.png", sized));
    else
        S1_CHECK(checkTarget(path, sized));
    const fs::path temporary = temporarySibling(path);
    fs::create_directory(temporary, ec);
    if (ec)
        return Error{ErrorCode::CannotCreate,
                     fmt::format("cannot create the folder {} ({}); choose another place", path.string(), ec.message()),
                     path.string()};
    return std::unique_ptr<ClipWriter>(new PngSequenceWriter(path, temporary, info));
}

Result<void> writePng(const fs::path& path, const Frame& frame) {
    const ClipInfo info{.width = frame.width, .height = frame.height};
    S1_CHECK(checkTarget(path, info));
    S1_CHECK(checkFrame(frame, info));
    S1_TRY(const std::string bytes, encodePng(frame));
    return writeFileAtomically(path, bytes);
}

} // namespace s1
