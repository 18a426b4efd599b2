#include "weights/zip_directory.h"

#include "weights/tensor_rules.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace s1::weights {

namespace {

constexpr std::size_t kEndSize = 22, kEnd64Size = 56, kLocatorSize = 20, kCentralSize = 46, kLocalSize = 30;
constexpr std::uint32_t kEndMark = 0x06054b50, kEnd64Mark = 0x06064b50, kLocatorMark = 0x07064b50;
constexpr std::uint32_t kCentralMark = 0x02014b50, kLocalMark = 0x04034b50, kDescriptorMark = 0x08074b50;
constexpr std::uint16_t kHasDescriptor = 1 << 3, kUtf8Names = 1 << 11;
constexpr std::uint32_t kIn64 = 0xffffffff; // the value is in the zip64 part
constexpr std::uint64_t kMostDirectoryBytes = 64u << 20;

// Little-endian fields, one after the other.
class Fields {
public:
    explicit Fields(std::string_view bytes) : m_bytes(bytes) {}
    template <typename T>
    T next() {
        T value{};
        if (m_bytes.size() < sizeof value)
            m_whole = false;
        else
            std::memcpy(&value, m_bytes.data(), sizeof value);
        m_bytes.remove_prefix(std::min(sizeof value, m_bytes.size()));
        return value;
    }
    std::string_view text(std::size_t n) {
        m_whole = m_whole && n <= m_bytes.size();
        const auto taken = m_bytes.substr(0, n);
        m_bytes.remove_prefix(taken.size());
        return taken;
    }
    bool whole() const { return m_whole; } // nothing was taken that is not there
    bool atEnd() const { return m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_whole = true;
};

// The part of both kinds of header that says the same.
struct Common {
    std::uint16_t flags, method;
    std::uint32_t crc;
    std::uint64_t packed, size;
    std::uint16_t nameSize, extraSize;
};
Common common(Fields& in) {
    Common c{};
    in.next<std::uint16_t>(); // version needed
    c.flags = in.next<std::uint16_t>();
    c.method = in.next<std::uint16_t>();
    in.next<std::uint32_t>(); // time and date
    c.crc = in.next<std::uint32_t>();
    c.packed = in.next<std::uint32_t>();
    c.size = in.next<std::uint32_t>();
    c.nameSize = in.next<std::uint16_t>();
    c.extraSize = in.next<std::uint16_t>();
    return c;
}

// Puts the 64-bit numbers of the zip64 part in the place of those that ask for it. False where they are not there.
bool widen(std::string_view extra, std::vector<std::uint64_t*> values) {
    std::erase_if(values, [](const std::uint64_t* value) { return *value != kIn64; });
    for (Fields in(extra); !in.atEnd();) {
        const auto kind = in.next<std::uint16_t>(), size = in.next<std::uint16_t>();
        Fields part(in.text(size));
        if (!in.whole())
            return false;
        if (kind != 1 || values.empty())
            continue;
        for (std::uint64_t* value : values)
            *value = part.next<std::uint64_t>();
        values.clear();
        if (!part.whole() || !part.atEnd())
            return false;
    }
    return values.empty();
}

std::string whyNotAPath(std::string_view name) {
    if (const std::string why = whyNotAName(name); !why.empty())
        return why;
    if (name.front() == '/' || name.find('\\') != name.npos)
        return "is not relative";
    for (std::size_t from = 0; from <= name.size();) {
        const std::size_t end = std::min(name.find('/', from), name.size());
        const std::string_view part = name.substr(from, end - from);
        if (part == "." || part == ".." || (part.empty() && end != name.size()))
            return "leads elsewhere";
        from = end + 1;
    }
    return {};
}

class DirectoryReader {
public:
    explicit DirectoryReader(const InputFile& file) : m_file(file) {}

    Result<ZipDirectory> read() {
        S1_CHECK(readEnd());
        S1_TRY(const std::string central, bytes(m_start, m_bytes));
        Fields in(central);
        for (std::uint64_t i = 0; i < m_count; ++i)
            S1_CHECK(readEntry(in));
        if (!in.atEnd())
            return irregular("its directory has more than its entries");
        std::sort(m_spans.begin(), m_spans.end());
        for (std::size_t i = 1; i < m_spans.size(); ++i)
            if (m_spans[i].first < m_spans[i - 1].second)
                return irregular("two of its entries overlap");
        return std::move(m_directory);
    }

private:
    Error irregular(const std::string& why) const {
        const std::string name = m_file.path().string();
        return {ErrorCode::Corrupt, fmt::format("{} is not a usable archive: {}; get the file again", name, why), name};
    }

    Result<std::string> bytes(std::uint64_t offset, std::uint64_t size) const {
        std::string text(size, '\0');
        S1_CHECK(m_file.read(offset, text.data(), size));
        return text;
    }

    // The record at the very end; no comment may stand behind it.
    Result<void> readEnd() {
        if (m_file.size() < kEndSize)
            return irregular("it is too short");
        std::uint64_t end = m_file.size() - kEndSize;
        S1_TRY(const std::string record, bytes(end, kEndSize));
        Fields in(record);
        const auto mark = in.next<std::uint32_t>(), disks = in.next<std::uint32_t>();
        const auto here = in.next<std::uint16_t>(), all = in.next<std::uint16_t>();
        const auto size = in.next<std::uint32_t>(), start = in.next<std::uint32_t>();
        if (mark != kEndMark || disks != 0 || here != all || in.next<std::uint16_t>() != 0)
            return irregular("it does not end as a zip archive does");
        m_count = all, m_bytes = size, m_start = start;
        S1_CHECK(readEnd64(end, all, size, start));
        if (m_count > kMostTensors || m_bytes > kMostDirectoryBytes || m_bytes > end || m_start != end - m_bytes ||
            m_count * kCentralSize > m_bytes)
            return irregular("its directory is not where it says");
        return {};
    }

    // Where a zip64 record stands before the end: its numbers count, and the small ones may not contradict it.
    Result<void> readEnd64(std::uint64_t& end, std::uint16_t count, std::uint32_t size, std::uint32_t start) {
        if (end < kLocatorSize + kEnd64Size)
            return {};
        S1_TRY(const std::string locator, bytes(end - kLocatorSize, kLocatorSize));
        Fields at(locator);
        if (at.next<std::uint32_t>() != kLocatorMark)
            return {};
        const auto disk = at.next<std::uint32_t>();
        const auto place = at.next<std::uint64_t>();
        end -= kLocatorSize + kEnd64Size;
        if (disk != 0 || place != end || at.next<std::uint32_t>() != 1)
            return irregular("its zip64 part is not where it says");
        S1_TRY(const std::string record, bytes(end, kEnd64Size));
        Fields in(record);
        const bool starts = in.next<std::uint32_t>() == kEnd64Mark && in.next<std::uint64_t>() == kEnd64Size - 12;
        in.next<std::uint32_t>(); // versions
        const auto disks = in.next<std::uint64_t>(), here = in.next<std::uint64_t>();
        m_count = in.next<std::uint64_t>(), m_bytes = in.next<std::uint64_t>(), m_start = in.next<std::uint64_t>();
        const auto agrees = [](std::uint64_t small, std::uint64_t large, std::uint64_t most) {
            return small == large || small == most;
        };
        if (!starts || disks != 0 || here != m_count || !agrees(count, m_count, 0xffff) ||
            !agrees(size, m_bytes, kIn64) || !agrees(start, m_start, kIn64))
            return irregular("its zip64 part contradicts its end");
        return {};
    }

    Result<void> readEntry(Fields& in) {
        const bool starts = in.next<std::uint32_t>() == kCentralMark;
        in.next<std::uint16_t>(); // made by
        Common central = common(in);
        const auto commentSize = in.next<std::uint16_t>(), disk = in.next<std::uint16_t>();
        in.next<std::uint16_t>(), in.next<std::uint32_t>(); // attributes
        std::uint64_t offset = in.next<std::uint32_t>();
        const std::string name(in.text(central.nameSize));
        const std::string_view extra = in.text(central.extraSize);
        const std::string shown = shownName(name);
        if (!starts || !in.whole())
            return irregular("its directory is cut short");
        if (const std::string why = whyNotAPath(name); !why.empty())
            return irregular(fmt::format("the name \"{}\" in it {}", shown, why));
        if (!widen(extra, {&central.size, &central.packed, &offset}) || disk != 0 || commentSize != 0)
            return irregular(fmt::format("its entry {} has an irregular header", shown));
        if (central.method != 0 || central.packed != central.size)
            return irregular(fmt::format("its entry {} is compressed, which torch.save never does", shown));
        if (central.flags & ~(kHasDescriptor | kUtf8Names))
            return irregular(fmt::format("its entry {} is encrypted or has unknown flags", shown));
        S1_CHECK(readLocal(name, central, offset));
        if (name.back() == '/')
            return central.size == 0 ? Result<void>() : irregular(fmt::format("its folder {} has bytes", shown));
        if (!m_directory.emplace(name, m_entry).second)
            return irregular(fmt::format("it has {} twice", shown));
        return {};
    }

    // The header before the bytes must say what the directory says.
    Result<void> readLocal(const std::string& name, const Common& central, std::uint64_t offset) {
        const auto mismatch = [&] {
            return irregular(fmt::format("the two headers of its entry {} disagree", shownName(name)));
        };
        if (offset > m_start || m_start - offset < kLocalSize)
            return mismatch();
        S1_TRY(const std::string header, bytes(offset, kLocalSize));
        Fields in(header);
        if (in.next<std::uint32_t>() != kLocalMark)
            return mismatch();
        Common local = common(in);
        const std::uint64_t begin = offset + kLocalSize + local.nameSize + local.extraSize;
        if (begin > m_start || central.size > m_start - begin)
            return mismatch();
        S1_TRY(const std::string tail, bytes(offset + kLocalSize, std::uint64_t(local.nameSize) + local.extraSize));
        const bool streamed =
            local.flags & kHasDescriptor; // the sizes then stand behind the bytes, and here is nothing
        const bool blank = streamed && local.crc == 0 && local.size == 0 && local.packed == 0;
        if (tail.substr(0, local.nameSize) != name || local.flags != central.flags || local.method != central.method)
            return mismatch();
        if (!blank && !widen(std::string_view(tail).substr(local.nameSize), {&local.size, &local.packed}))
            return mismatch();
        if (!blank && (local.crc != central.crc || local.size != central.size || local.packed != central.packed))
            return mismatch();
        m_entry = {begin, central.size, central.crc};
        std::uint64_t end = begin + central.size;
        if (streamed) {
            S1_TRY(const std::size_t size, descriptorSize(end, central));
            if (size == 0)
                return mismatch();
            end += size;
        }
        m_spans.emplace_back(offset, end);
        return {};
    }

    // Of the record behind the bytes, 0 where there is none that agrees. Its sizes have 32 bits or 64.
    Result<std::size_t> descriptorSize(std::uint64_t offset, const Common& central) const {
        const std::uint64_t size = std::min<std::uint64_t>(24, m_start - offset);
        S1_TRY(const std::string record, bytes(offset, size));
        Fields in(record), wide(record);
        if (in.next<std::uint32_t>() == kDescriptorMark && in.next<std::uint32_t>() == central.crc &&
            in.next<std::uint32_t>() == central.size && in.next<std::uint32_t>() == central.size && in.whole())
            return std::size_t(16);
        if (wide.next<std::uint32_t>() == kDescriptorMark && wide.next<std::uint32_t>() == central.crc &&
            wide.next<std::uint64_t>() == central.size && wide.next<std::uint64_t>() == central.size && wide.whole())
            return std::size_t(24);
        return std::size_t(0);
    }

    const InputFile& m_file;
    std::uint64_t m_start = 0, m_bytes = 0, m_count = 0; // of the directory
    ZipDirectory m_directory;
    ZipEntry m_entry; // the one just read
    std::vector<std::pair<std::uint64_t, std::uint64_t>> m_spans;
};

} // namespace

Result<ZipDirectory> readZipDirectory(const InputFile& file) {
    return DirectoryReader(file).read();
}

Result<void> readZipEntry(const InputFile& file, const ZipEntry& entry, const std::string& name, void* out) {
    S1_CHECK(file.read(entry.offset, out, entry.size));
    if (crc32_z(crc32_z(0, nullptr, 0), static_cast<const Bytef*>(out), entry.size) == entry.crc)
        return {};
    return Error{
        ErrorCode::Corrupt,
        fmt::format("{}: the checksum of {} is wrong; get the file again", file.path().string(), shownName(name)),
        file.path().string()};
}

} // namespace s1::weights
