#include "library/file_hash.h"

#include "base/input_file.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace s1::library {

namespace {

constexpr std::size_t kPiece = 1 << 20;

struct ContextEnd {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

struct HashJob {
    const EVP_MD* method;
    bool asGit = false; // Git hashes a header with the length, too
};

Result<std::string> hash(const std::filesystem::path& path, const HashJob& job, const std::stop_token& stop,
                         const OnBytes& onBytes) {
    S1_TRY(const InputFile file, InputFile::open(path));
    const std::unique_ptr<EVP_MD_CTX, ContextEnd> context(EVP_MD_CTX_new());
    EVP_DigestInit_ex(context.get(), job.method, nullptr);
    if (job.asGit) {
        const std::string header = fmt::format("blob {}", file.size());
        EVP_DigestUpdate(context.get(), header.c_str(), header.size() + 1);
    }
    std::vector<char> piece(kPiece);
    std::uint64_t done = 0;
    for (std::size_t n = kPiece; n == kPiece; done += n) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "cancelled; nothing was changed", ""};
        S1_TRY(n, file.readUpTo(done, piece.data(), kPiece));
        EVP_DigestUpdate(context.get(), piece.data(), n);
        if (onBytes)
            onBytes(done + n);
    }
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context.get(), digest, &size);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i)
        hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

} // namespace

Result<std::string> fileSha256(const std::filesystem::path& file, const std::stop_token& stop, const OnBytes& onBytes) {
    return hash(file, {EVP_sha256()}, stop, onBytes);
}

bool isBlobName(std::string_view name) {
    return (name.size() == 64 || name.size() == 40) && name.find_first_not_of("0123456789abcdef") == name.npos;
}

Result<bool> matchesBlobName(const std::filesystem::path& file, const std::string& name, const std::stop_token& stop,
                             const OnBytes& onBytes) {
    const bool large = name.size() == 64;
    S1_TRY(const std::string found, hash(file, {large ? EVP_sha256() : EVP_sha1(), !large}, stop, onBytes));
    return found == name;
}

} // namespace s1::library
