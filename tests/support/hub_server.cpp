#include "support/hub_server.h"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace s1::test {

namespace {

constexpr int kPollMs = 20;

bool sendAll(int line, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<HubRequest> readRequest(int line) {
    std::string text;
    std::array<char, 4096> piece{};
    while (text.find("\r\n\r\n") == text.npos) {
        const auto got = ::recv(line, piece.data(), piece.size(), 0);
        if (got <= 0)
            return std::nullopt;
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
    HubRequest request;
    const auto begin = text.find(' ') + 1;
    request.path = text.substr(begin, text.find(' ', begin) - begin);
    for (auto at = text.find("\r\n") + 2; text.compare(at, 2, "\r\n") != 0;) {
        const auto end = text.find("\r\n", at), colon = text.find(':', at);
        std::string name = text.substr(at, colon - at);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        request.headers[name] = text.substr(colon + 2, end - colon - 2);
        at = end + 2;
    }
    return request;
}

} // namespace

std::string hexDigest(const char* method, const std::string& bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_get_digestbyname(method), nullptr);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
        hex += "0123456789abcdef"[digest[i] >> 4];
        hex += "0123456789abcdef"[digest[i] & 15];
    }
    return hex;
}

std::string HubRequest::header(const std::string& name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? "" : it->second;
}

HubServer::HubServer(std::string repository) : m_repository(std::move(repository)) {
    setenv("no_proxy", "127.0.0.1,localhost", 1);
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listening, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listening, 16) != 0 ||
        ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        std::abort();
    m_port = ntohs(address.sin_port);
    m_accepting = std::jthread([this](const std::stop_token& stop) { accept(stop); });
}

HubServer::~HubServer() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_accepting.request_stop();
    m_accepting.join();
    m_lines.clear();
    ::close(m_listening);
}

std::string HubServer::url(const std::string& host) const {
    return "http://" + host + ":" + std::to_string(m_port);
}

void HubServer::put(const std::string& file, std::string body) {
    const bool large = file.ends_with(".bin") || file.ends_with(".safetensors");
    const std::string git = "blob " + std::to_string(body.size()) + std::string(1, '\0') + body;
    const std::string blob = large ? hexDigest("SHA256", body) : hexDigest("SHA1", git);
    const std::lock_guard lock(m_mutex);
    m_files[file] = {std::move(body), blob, large, std::nullopt};
}

void HubServer::lieAboutSize(const std::string& file, std::uint64_t size) {
    const std::lock_guard lock(m_mutex);
    m_files.at(file).size = size;
}

void HubServer::moveMain(const std::string& commit) {
    const std::lock_guard lock(m_mutex);
    m_main = commit;
}

std::string HubServer::blobOf(const std::string& file) const {
    const std::lock_guard lock(m_mutex);
    return m_files.at(file).blob;
}

void HubServer::meddle(Meddle meddle) {
    const std::lock_guard lock(m_mutex);
    m_meddle = std::move(meddle);
}

std::vector<HubRequest> HubServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::vector<HubRequest> HubServer::requestsFor(const std::string& file) const {
    auto found = requests();
    std::erase_if(found, [&](const HubRequest& request) { return !request.isFor(file); });
    return found;
}

void HubServer::waitUntilStalled() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_stalled > 0; });
}

void HubServer::accept(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        pollfd waiting{m_listening, POLLIN, 0};
        if (::poll(&waiting, 1, kPollMs) <= 0)
            continue;
        const int line = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (line >= 0)
            m_lines.emplace_back([this, line] {
                serve(line);
                ::close(line);
            });
    }
}

void HubServer::serve(int line) {
    const auto request = readRequest(line);
    if (!request)
        return;
    HubReply reply;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(*request);
        reply = answer(*request);
        if (m_meddle)
            m_meddle(*request, reply);
    }
    send(line, reply);
}

void HubServer::send(int line, const HubReply& reply) {
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " Said\r\nConnection: close\r\n";
    head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    for (const auto& [name, value] : reply.headers)
        head += name + ": " + value + "\r\n";
    const auto bytes =
        std::min(reply.cutAfter.value_or(reply.body.size()), reply.stallAfter.value_or(reply.body.size()));
    if (!sendAll(line, head + "\r\n") || !sendAll(line, std::string_view(reply.body).substr(0, bytes)) ||
        !reply.stallAfter)
        return;
    std::unique_lock lock(m_mutex);
    ++m_stalled;
    m_changed.notify_all();
    while (!m_ending) {
        lock.unlock();
        pollfd other{line, POLLIN | POLLRDHUP, 0};
        const bool gone = ::poll(&other, 1, kPollMs) > 0;
        lock.lock();
        if (gone)
            break;
    }
    --m_stalled;
}

HubReply HubServer::answer(const HubRequest& request) const {
    const std::string api = "/api/models/" + m_repository, files = "/" + m_repository + "/resolve/";
    if (request.path == api + "/revision/main")
        return {200, {}, nlohmann::json{{"sha", m_main}}.dump()};
    if (request.path.starts_with(api + "/tree/"))
        return list();
    if (request.path.starts_with(files)) {
        const auto it = m_files.find(request.path.substr(files.size() + 41));
        if (it != m_files.end())
            return content(it->second, request);
    }
    return {404, {{"X-Error-Code", "EntryNotFound"}}, "no"};
}

HubReply HubServer::list() const {
    auto entries = nlohmann::json::array({{{"type", "directory"}, {"path", "unet"}, {"oid", kCommit}, {"size", 0}}});
    for (const auto& [path, file] : m_files) {
        const std::uint64_t size = file.size.value_or(file.body.size());
        entries.push_back(
            {{"type", "file"}, {"path", path}, {"size", size}, {"oid", file.large ? kCommit : file.blob}});
        if (file.large)
            entries.back()["lfs"] = {{"oid", file.blob}, {"size", size}, {"pointerSize", 134}};
    }
    return {200, {}, entries.dump()};
}

HubReply HubServer::content(const File& file, const HubRequest& request) const {
    HubReply reply{200, {{"ETag", "\"" + file.blob + "\""}}, file.body};
    const std::string range = request.header("range"), guard = request.header("if-range");
    if (range.empty() || (!guard.empty() && guard != reply.headers["ETag"]))
        return reply;
    const std::size_t from = std::stoull(range.substr(std::string("bytes=").size()));
    if (from >= file.body.size())
        return {416, {{"Content-Range", "bytes */" + std::to_string(file.body.size())}}, ""};
    reply.status = 206;
    reply.body = file.body.substr(from);
    reply.headers["Content-Range"] = "bytes " + std::to_string(from) + "-" + std::to_string(file.body.size() - 1) +
                                     "/" + std::to_string(file.body.size());
    return reply;
}

} // namespace s1::test
