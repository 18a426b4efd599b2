#include "media/formats/encoder.h"
#include "media/formats/palette_map.h"
#include "media/formats/video_writer.h"

#include <fmt/format.h>

namespace s1 {

namespace fs = std::filesystem;
using namespace ffmpeg;

namespace {

// Keeps the frames until the end, because one palette serves them all.
class GifWriter : public ClipWriter {
public:
    GifWriter(fs::path path, std::unique_ptr<Encoder> encoder, const ClipInfo& info)
        : m_path(std::move(path)), m_encoder(std::move(encoder)), m_info(info) {}

    Result<void> write(const Frame& frame) override {
        S1_CHECK(checkFrame(frame, m_info));
        m_frames.push_back(frame);
        return {};
    }

    Result<void> finish() override {
        PaletteMap palette(m_frames);
        for (const Frame& frame : m_frames) {
            const FramePtr picture = makeFrame(AV_PIX_FMT_PAL8, frame.width, frame.height);
            if (!picture)
                return Error{ErrorCode::OutOfMemory, fmt::format("no memory to write {}", m_path.string()),
                             m_path.string()};
            auto* colors = reinterpret_cast<std::uint32_t*>(picture->data[1]);
            for (int i = 0; i < 256; ++i) {
                const auto& c = palette.colors()[static_cast<std::size_t>(i)];
                colors[i] = 0xff000000u | static_cast<std::uint32_t>(c[0]) << 16 | static_cast<std::uint32_t>(c[1]) << 8 |
                            c[2];
            }
            for (int y = 0; y < frame.height; ++y)
                for (int x = 0; x < frame.width; ++x)
                    picture->data[0][static_cast<std::ptrdiff_t>(y) * picture->linesize[0] + x] =
                        palette.indexOf(frame.row(y) + x * 3, x, y);
            S1_CHECK(m_encoder->encode(*picture));
        }
        S1_CHECK(m_encoder->finish());
        if (!m_info.recipe.empty()) // GIF keeps no keys
            return writeFileAtomically(m_path.string() + ".json", m_info.recipe);
        return {};
    }

private:
    fs::path m_path;
    std::unique_ptr<Encoder> m_encoder;
    ClipInfo m_info;
    std::vector<Frame> m_frames;
};

} // namespace

Result<std::unique_ptr<ClipWriter>> openGif(const fs::path& path, const ClipInfo& info) {
    S1_TRY(auto encoder, Encoder::open(path, info, {.encoder = "gif", .container = "gif",
                                                    .pixelFormat = AV_PIX_FMT_PAL8, .muxerOptions = {{"loop", "0"}}}));
    return std::unique_ptr<ClipWriter>(new GifWriter(path, std::move(encoder), info));
}

} // namespace s1
