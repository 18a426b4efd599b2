#pragma once

#include "base/files.h"
#include "media/clip_writer.h"
#include "media/ffmpeg.h"

#include <vector>

namespace s1::ffmpeg {

// How one format is encoded; a table row in video_writer.cpp.
struct EncoderSettings {
    const char* encoder;   // "libx264"
    const char* container; // "mp4"
    AVPixelFormat pixelFormat;
    bool evenSize = false;
    std::vector<std::pair<const char*, const char*>> options; // of the encoder
    std::vector<std::pair<const char*, const char*>> muxerOptions;
};

// One video stream into a temporary file; frames come in the encoder's pixel format.
class Encoder {
public:
    static Result<std::unique_ptr<Encoder>> open(const std::filesystem::path& path, const ClipInfo& info,
                                                 const EncoderSettings& settings);

    int width() const { return m_codec->width; } // even where the format needs it
    int height() const { return m_codec->height; }
    Result<void> encode(AVFrame& frame); // sets its time
    Result<void> finish();               // CannotCreate or Io; then the file has its name

private:
    explicit Encoder(const std::filesystem::path& path) : m_file(path) {}
    Result<void> drain(const AVFrame* frame);
    Error failure(int code) const;

    TemporaryFile m_file;
    OutputPtr m_output;
    CodecPtr m_codec;
    PacketPtr m_packet{av_packet_alloc()};
    std::int64_t m_count = 0;
};

// Refuses what no writer can do: no size, no rate, a target that is a folder or a device.
Result<void> checkTarget(const std::filesystem::path& path, const ClipInfo& info);
Result<void> checkFrame(const Frame& frame, const ClipInfo& info);

} // namespace s1::ffmpeg
