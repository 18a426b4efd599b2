#include "media/clip_writer.h"
#include "media/ffmpeg.h"
#include "media/formats/video_writer.h"

#include <array>

namespace s1 {
namespace {

constexpr std::array kFormats = {
    ExportFormat{"mp4-h264", "MP4 video (H.264)", "mp4", "libx264", false, openMp4H264},
    ExportFormat{"webm-vp9", "WebM video (VP9)", "webm", "libvpx-vp9", false, openWebmVp9},
    ExportFormat{"gif", "Animated GIF", "gif", "gif", false, openGif},
    ExportFormat{"png-sequence", "PNG frames in a folder", "", "png", true, openPngSequence},
    ExportFormat{"mkv-ffv1", "Matroska video (FFV1)", "mkv", "ffv1", true, openMkvFfv1}};

} // namespace

std::span<const ExportFormat> exportFormats() { return kFormats; }

bool isAvailable(const ExportFormat& format) {
    return avcodec_find_encoder_by_name(std::string(format.encoder).c_str()) != nullptr;
}

} // namespace s1
