#include "media/clip_reader.h"

#include "base/files.h"
#include "media/ffmpeg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>

namespace s1 {

namespace fs = std::filesystem;
using namespace ffmpeg;

namespace {

constexpr int kLargestSide = 16384;
constexpr std::string_view kRecipeKey = "show1_studio";
constexpr std::string_view kNotAVideo = "it is no video this build can read, or it is damaged";

// No playlists (hls, concat, dash): they name other files and addresses, and a live one never ends.
constexpr const char* kContainers =
    "mov,mp4,m4a,3gp,matroska,webm,avi,gif,apng,mpegts,mpeg,mpegvideo,m4v,flv,ogg,asf,h264,hevc,ivf,yuv4mpegpipe,nut,mxf,"
    "dv,image2,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe,ppm_pipe,pgm_pipe";

Result<InputPtr> openInput(const fs::path& path) {
    silence();
    std::error_code ec;
    if (!fs::exists(path, ec))
        return Error{ErrorCode::NotFound, fmt::format("{} does not exist; check the path", path.string()), path.string()};
    AVFormatContext* raw = avformat_alloc_context();
    raw->protocol_whitelist = av_strdup("file");
    raw->format_whitelist = av_strdup(kContainers);
    AVDictionary* options = nullptr;
    av_dict_set(&options, "pattern_type", "none", 0); // "%d" in a picture's name is no numbering
    int code = avformat_open_input(&raw, fileUrl(path).c_str(), nullptr, &options); // frees raw when it fails
    av_dict_free(&options);
    if (code < 0) {
        const bool io = code == AVERROR(EACCES) || code == AVERROR(EIO) || code == AVERROR(EPERM);
        return makeError(io ? ErrorCode::Io : ErrorCode::Corrupt, "cannot open", path, code,
                         io ? "check its permissions" : kNotAVideo);
    }
    InputPtr input(raw);
    code = avformat_find_stream_info(input.get(), nullptr);
    if (code < 0)
        return makeError(ErrorCode::Corrupt, "cannot read", path, code, kNotAVideo);
    return input;
}

struct Decoder {
    CodecPtr codec;
    AVStream* stream;
};

Result<Decoder> openDecoder(AVFormatContext& input, const fs::path& path) {
    const AVCodec* codec = nullptr;
    const int index = av_find_best_stream(&input, AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
    if (index == AVERROR_DECODER_NOT_FOUND)
        return Error{ErrorCode::Unsupported,
                     fmt::format("{} uses a video codec this build cannot decode; convert it to H.264", path.string()),
                     path.string()};
    if (index < 0)
        return Error{ErrorCode::Corrupt, fmt::format("{} holds no video; choose a video file", path.string()),
                     path.string()};
    AVStream* stream = input.streams[index];
    CodecPtr decoder(avcodec_alloc_context3(codec));
    int code = avcodec_parameters_to_context(decoder.get(), stream->codecpar);
    decoder->pkt_timebase = stream->time_base;
    decoder->thread_count = 2;
    if (code >= 0)
        code = avcodec_open2(decoder.get(), codec, nullptr);
    if (code < 0)
        return makeError(ErrorCode::Corrupt, "cannot decode", path, code, kNotAVideo);
    return Decoder{std::move(decoder), stream};
}

// Quarter turns clockwise that the file asks for.
int quarterTurns(const AVStream& stream) {
    const auto* matrix =
        reinterpret_cast<const std::int32_t*>(av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
    const double degrees = matrix ? -av_display_rotation_get(matrix) : 0;
    return std::isfinite(degrees) ? (static_cast<int>(std::lround(degrees / 90)) % 4 + 4) % 4 : 0;
}

Frame turned(const Frame& frame, int quarters) {
    if (quarters == 0)
        return frame;
    const bool upright = quarters == 2;
    Frame result(upright ? frame.width : frame.height, upright ? frame.height : frame.width);
    for (int y = 0; y < frame.height; ++y)
        for (int x = 0; x < frame.width; ++x) {
            const int toX = quarters == 1 ? frame.height - 1 - y : quarters == 2 ? frame.width - 1 - x : y;
            const int toY = quarters == 1 ? x : quarters == 2 ? frame.height - 1 - y : frame.width - 1 - x;
            std::copy_n(frame.row(y) + x * 3, 3, result.row(toY) + toX * 3);
        }
    return result;
}

class FrameReader {
public:
    FrameReader(const fs::path& path, const ReadOptions& options) : m_path(path), m_options(options) {}

    Result<Clip> read() {
        S1_TRY(m_input, openInput(m_path));
        S1_TRY(m_decoder, openDecoder(*m_input, m_path));
        const AVRational rate = av_guess_frame_rate(m_input.get(), m_decoder.stream, nullptr);
        m_clip.fps = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 8;
        m_turns = quarterTurns(*m_decoder.stream);
        if (m_options.startSeconds > 0) // lands on the key frame before it; what lies between is decoded and dropped
            av_seek_frame(m_input.get(), m_decoder.stream->index,
                          startTime() + static_cast<std::int64_t>(m_options.startSeconds / timeBase()),
                          AVSEEK_FLAG_BACKWARD);
        PacketPtr packet(av_packet_alloc());
        int code = 0;
        while (!m_done && (code = av_read_frame(m_input.get(), packet.get())) >= 0) {
            if (packet->stream_index == m_decoder.stream->index) {
                m_damaged = m_damaged || (packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
                S1_CHECK(decode(packet.get()));
            }
            av_packet_unref(packet.get());
        }
        if (!m_done && code != AVERROR_EOF && code < 0)
            return makeError(ErrorCode::Corrupt, "cannot read on in", m_path, code, "the file is damaged");
        if (!m_done)
            S1_CHECK(decode(nullptr));
        return finish();
    }

private:
    double timeBase() const { return av_q2d(m_decoder.stream->time_base); }
    std::int64_t startTime() const {
        return m_decoder.stream->start_time == AV_NOPTS_VALUE ? 0 : m_decoder.stream->start_time;
    }

    Result<void> decode(const AVPacket* packet) {
        int code = avcodec_send_packet(m_decoder.codec.get(), packet);
        m_damaged = m_damaged || (code < 0 && code != AVERROR_EOF && code != AVERROR(EAGAIN));
        FramePtr frame(av_frame_alloc());
        while (!m_done && avcodec_receive_frame(m_decoder.codec.get(), frame.get()) >= 0) {
            S1_CHECK(take(*frame));
            av_frame_unref(frame.get());
        }
        return {};
    }

    Result<void> take(const AVFrame& frame) {
        ++m_decoded;
        m_damaged = m_damaged || frame.decode_error_flags != 0;
        const double seconds = frame.best_effort_timestamp == AV_NOPTS_VALUE
                                   ? (m_decoded - 1) / m_clip.fps
                                   : static_cast<double>(frame.best_effort_timestamp - startTime()) * timeBase();
        const double half = 0.5 / m_clip.fps;
        if (seconds < m_options.startSeconds - half)
            return {};
        if (m_options.endSeconds > 0 && seconds > m_options.endSeconds - half) {
            m_done = true;
            return {};
        }
        if (frame.width <= 0 || frame.height <= 0 || frame.width > kLargestSide || frame.height > kLargestSide)
            return Error{ErrorCode::Corrupt,
                         fmt::format("{} says its frames are {}x{}; the file is damaged", m_path.string(), frame.width,
                                     frame.height),
                         m_path.string()};
        if (m_clip.frames.empty())
            chooseSize(frame);
        if ((m_clip.frames.size() + 1) * static_cast<std::size_t>(m_width) * m_height * 3 > m_options.maxBytes)
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("{} is too long to hold in memory ({} frames of {}x{} so far); choose a shorter range",
                                     m_path.string(), m_clip.frames.size(), m_width, m_height),
                         m_path.string()};
        if (!m_scaler || frame.width != m_sourceWidth || frame.height != m_sourceHeight || frame.format != m_format) {
            m_scaler = Converter::toRgb(frame, m_width, m_height);
            m_sourceWidth = frame.width, m_sourceHeight = frame.height, m_format = frame.format;
        }
        if (!m_scaler)
            return Error{ErrorCode::Unsupported,
                         fmt::format("{} uses a pixel format this build cannot convert; convert it to H.264",
                                     m_path.string()),
                         m_path.string()};
        Frame picture(m_width, m_height);
        // libswscale may write a few bytes past a row, so it gets rows of its own.
        if (!m_rgb)
            m_rgb = makeFrame(AV_PIX_FMT_RGB24, m_width, m_height);
        if (!m_rgb)
            return Error{ErrorCode::OutOfMemory, fmt::format("no memory for a frame of {}", m_path.string()),
                         m_path.string()};
        sws_scale(m_scaler.get(), frame.data, frame.linesize, 0, frame.height, m_rgb->data, m_rgb->linesize);
        for (int y = 0; y < m_height; ++y)
            std::copy_n(m_rgb->data[0] + static_cast<std::ptrdiff_t>(y) * m_rgb->linesize[0], m_width * 3,
                        picture.row(y));
        m_clip.frames.push_back(turned(picture, m_turns));
        m_done = m_options.maxFrames > 0 && m_clip.frameCount() >= m_options.maxFrames;
        return {};
    }

    void chooseSize(const AVFrame& frame) {
        const AVRational aspect = av_guess_sample_aspect_ratio(m_input.get(), m_decoder.stream, nullptr);
        const double stretch = aspect.num > 0 && aspect.den > 0 ? std::clamp(av_q2d(aspect), 0.25, 4.0) : 1;
        m_width = std::clamp(static_cast<int>(std::lround(frame.width * stretch)), 1, kLargestSide);
        m_height = frame.height;
    }

    Result<Clip> finish() {
        // A cut file ends in a broken packet or simply early; hidden leading frames explain a small gap.
        const auto promised = m_decoder.stream->nb_frames;
        const bool whole = !m_done && m_options.startSeconds <= 0;
        if (m_damaged || (whole && promised > 0 && m_decoded < promised * 9 / 10))
            return Error{ErrorCode::Corrupt,
                         fmt::format("{} is damaged or cut off: {} of {} frames can be read; fetch or export it again",
                                     m_path.string(), m_decoded, std::max<std::int64_t>(promised, m_decoded)),
                         m_path.string()};
        if (m_clip.frames.empty() && m_decoded > 0)
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("{} has no frame between {} s and {} s; choose another range", m_path.string(),
                                     m_options.startSeconds, m_options.endSeconds),
                         m_path.string()};
        if (m_clip.frames.empty())
            return Error{ErrorCode::Corrupt, fmt::format("no frame of {} can be decoded; {}", m_path.string(), kNotAVideo),
                         m_path.string()};
        if (m_clip.frames.size() == 1 && m_decoded == 1)
            m_clip.fps = 8; // a picture has no rate of its own
        return std::move(m_clip);
    }

    fs::path m_path;
    ReadOptions m_options;
    InputPtr m_input;
    Decoder m_decoder{};
    ScalerPtr m_scaler;
    FramePtr m_rgb;
    Clip m_clip;
    int m_width = 0, m_height = 0, m_turns = 0;
    int m_sourceWidth = 0, m_sourceHeight = 0, m_format = -1;
    std::int64_t m_decoded = 0;
    bool m_done = false, m_damaged = false;
};

Result<Clip> readFolder(const fs::path& path, const ReadOptions& options) {
    std::vector<fs::path> files;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(path, ec))
        if (entry.path().extension() == ".png")
            files.push_back(entry.path());
    if (files.empty())
        return Error{ErrorCode::NotFound, fmt::format("the folder {} holds no PNG files; choose a video or a folder of "
                                                      "frames", path.string()), path.string()};
    std::sort(files.begin(), files.end());
    Clip clip;
    const auto first = static_cast<std::size_t>(std::max(0.0, options.startSeconds * clip.fps));
    const auto last = options.endSeconds > 0 ? static_cast<std::size_t>(options.endSeconds * clip.fps) : files.size();
    for (std::size_t i = first; i < std::min(last, files.size()); ++i) {
        if (options.maxFrames > 0 && clip.frameCount() >= options.maxFrames)
            break;
        S1_TRY(Clip picture, FrameReader(files[i], {}).read());
        Frame& frame = picture.frames.front();
        if (!clip.frames.empty() && (frame.width != clip.width() || frame.height != clip.height()))
            return Error{ErrorCode::Corrupt,
                         fmt::format("{} is {}x{} but the frames before it are {}x{}; remove it or make them alike",
                                     files[i].string(), frame.width, frame.height, clip.width(), clip.height()),
                         files[i].string()};
        clip.frames.push_back(std::move(frame));
    }
    if (clip.frames.empty())
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("{} has no frame in the range; choose another one", path.string()), path.string()};
    return clip;
}

} // namespace

Result<Clip> readClip(const fs::path& path, const ReadOptions& options) {
    if (!(options.startSeconds >= 0) || !(options.endSeconds >= 0) ||
        (options.endSeconds > 0 && options.endSeconds <= options.startSeconds))
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("the range {} s to {} s of {} is empty; the end must lie after the start",
                                 options.startSeconds, options.endSeconds, path.string()),
                     path.string()};
    std::error_code ec;
    if (fs::is_directory(path, ec))
        return readFolder(path, options);
    return FrameReader(path, options).read();
}

Result<ClipMetadata> readMetadata(const fs::path& path) {
    std::error_code ec;
    ClipMetadata metadata;
    const bool folder = fs::is_directory(path, ec);
    const fs::path sidecar = folder ? path / "recipe.json" : fs::path(path.string() + ".json");
    if (folder || path.extension() == ".gif")
        if (auto text = readFile(sidecar))
            metadata.recipe = std::move(text).value();
    if (folder)
        return metadata;
    S1_TRY(const InputPtr input, openInput(path));
    const auto value = [&](std::string_view key) {
        // Matroska writes keys in capitals; the search ignores case.
        const AVDictionaryEntry* entry = av_dict_get(input->metadata, std::string(key).c_str(), nullptr, 0);
        return entry ? std::string(entry->value) : std::string();
    };
    if (auto recipe = value(kRecipeKey); !recipe.empty())
        metadata.recipe = std::move(recipe);
    metadata.title = value("title");
    metadata.comment = value("comment");
    return metadata;
}

Result<std::string> readRecipe(const fs::path& path) {
    S1_TRY(ClipMetadata metadata, readMetadata(path));
    return std::move(metadata.recipe);
}

} // namespace s1
