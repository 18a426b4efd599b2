#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace s1::test {

struct HubRequest {
    std::string path;                           // with the query
    std::map<std::string, std::string> headers; // names in lower case

    std::string header(const std::string& name) const;
    bool isFor(const std::string& file) const { return path.ends_with("/" + file); }
};

struct HubReply {
    int status = 200;
    std::map<std::string, std::string> headers;
    std::string body;
    std::optional<std::size_t> cutAfter;   // closes the line after so many bytes of the body
    std::optional<std::size_t> stallAfter; // says nothing more after so many, until the other side goes
};

// Plays the hub with one repository on this machine: the two questions of its API, and its files with ranges and
// ETags. A test meddles with what it would answer. Threads of its own; the methods are for the test's.
class HubServer {
public:
    explicit HubServer(std::string repository);
    ~HubServer();

    std::string url(const std::string& host = "127.0.0.1") const;
    void put(const std::string& file, std::string body); // weights are large files with a SHA-256
    void lieAboutSize(const std::string& file, std::uint64_t size);
    void moveMain(const std::string& commit);
    std::string blobOf(const std::string& file) const;

    using Meddle = std::function<void(const HubRequest& request, HubReply& reply)>;
    void meddle(Meddle meddle);
    std::vector<HubRequest> requests() const;
    std::vector<HubRequest> requestsFor(const std::string& file) const;
    void waitUntilStalled();

    static constexpr const char* kCommit = "1111111111111111111111111111111111111111";

private:
    struct File {
        std::string body, blob;
        bool large = false;
        std::optional<std::uint64_t> size;
    };

    void accept(const std::stop_token& stop);
    void serve(int line);
    void send(int line, const HubReply& reply);
    HubReply answer(const HubRequest& request) const;
    HubReply list() const;
    HubReply content(const File& file, const HubRequest& request) const;

    const std::string m_repository;
    int m_listening = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, File> m_files;
    std::string m_main = kCommit;
    Meddle m_meddle;
    std::vector<HubRequest> m_requests;
    int m_stalled = 0;
    bool m_ending = false;
    std::vector<std::jthread> m_lines;
    std::jthread m_accepting; // last: it ends first
};

std::string hexDigest(const char* method, const std::string& bytes);

} // namespace s1::test
