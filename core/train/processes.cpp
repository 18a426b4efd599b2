#include "train/processes.h"

#include "weights/guard.h"

#include <ATen/ops/from_blob.h>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <string_view>

namespace s1::train {

namespace {

constexpr std::uint16_t kPort = 29500; // torchrun's own
constexpr std::int64_t kPiece = 1 << 20; // floats of one value: c10d's store takes 8 MB at most

Error badVariable(const char* name, const std::string& value, const std::string& wanted) {
    return {ErrorCode::InvalidArgument, fmt::format("the environment variable {} is \"{}\"; it has to be {}", name, value, wanted), name};
}

Result<int> number(const std::function<const char*(const char*)>& variable, const char* name, int least, int most) {
    const char* text = variable(name);
    const std::string_view value = text ? text : "";
    int result = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
    if (error != std::errc() || end != value.data() + value.size() || result < least || result > most)
        return badVariable(name, std::string(value), fmt::format("a number from {} to {}", least, most));
    return result;
}

// "node[07-12,20],login" -> "node07"
std::string firstNode(std::string_view list) {
    const auto end = list.find_first_of("[,");
    std::string node(list.substr(0, end));
    if (end != std::string_view::npos && list[end] == '[') {
        const auto inside = list.substr(end + 1);
        node += inside.substr(0, inside.find_first_of(",-]"));
    }
    return node;
}

} // namespace

Result<MeetingPlace> meetingPlace(const std::function<const char*(const char*)>& variable) {
    const bool byTorchrun = variable("WORLD_SIZE") != nullptr;
    if (!byTorchrun && !variable("SLURM_STEP_NODELIST"))
        return MeetingPlace{};
    MeetingPlace place;
    S1_TRY(place.count, number(variable, byTorchrun ? "WORLD_SIZE" : "SLURM_NTASKS", 1, 4096));
    if (place.count == 1)
        return MeetingPlace{};
    S1_TRY(place.rank, number(variable, byTorchrun ? "RANK" : "SLURM_PROCID", 0, place.count - 1));
    if (const char* host = variable("MASTER_ADDR"))
        place.host = host;
    else if (!byTorchrun)
        place.host = firstNode(variable("SLURM_STEP_NODELIST"));
    if (place.host.empty())
        return badVariable("MASTER_ADDR", "", "the host of rank 0");
    place.port = kPort;
    if (variable("MASTER_PORT")) {
        S1_TRY(const int port, number(variable, "MASTER_PORT", 1, 65535));
        place.port = static_cast<std::uint16_t>(port);
    }
    const char* held = variable("TORCHELASTIC_USE_AGENT_STORE");
    place.held = held && std::string_view(held) == "True";
    return place;
}

struct Processes::Store {
    c10::intrusive_ptr<c10d::TCPStore> keys;
    bool served;

    static std::string key(std::uint64_t round, int rank) { return fmt::format("show1/{}/{}", round, rank); }
};

Processes::Processes() = default;
Processes::Processes(Processes&&) noexcept = default;
Processes& Processes::operator=(Processes&&) noexcept = default;

Result<Processes> Processes::meet(const MeetingPlace& place) {
    Processes all;
    if (place.count == 1)
        return all;
    c10d::TCPStoreOptions options;
    options.port = place.port;
    options.isServer = place.rank == 0 && !place.held;
    if (!place.held)
        options.numWorkers = static_cast<std::size_t>(place.count);
    all.m_rank = place.rank;
    all.m_count = place.count;
    try {
        all.m_store = std::make_unique<Store>(c10::make_intrusive<c10d::TCPStore>(place.host, options), options.isServer);
    } catch (const c10::Error& e) {
        return Error{ErrorCode::Io, fmt::format("the {} processes did not meet at {}:{}: {}", place.count, place.host, place.port, weights::firstLine(e.what_without_backtrace())), "MASTER_ADDR"};
    }
    return all;
}

Processes::~Processes() {
    if (!m_store)
        return;
    try {
        std::vector<std::string> others;
        for (int rank = 1; rank < m_count; ++rank)
            others.push_back(fmt::format("show1/left/{}", rank));
        if (m_rank > 0)
            m_store->keys->set(others[static_cast<std::size_t>(m_rank - 1)], Bytes{1});
        else if (m_store->served)
            m_store->keys->wait(others, std::chrono::seconds(5));
    } catch (const std::exception&) { // who has ended otherwise does not say so
    }
}

Processes::Bytes Processes::exchange(Bytes own, const std::function<void(Bytes&, const Bytes&)>& add) {
    if (!m_store)
        return own;
    auto& store = *m_store->keys;
    const auto round = m_round++;
    try {
        if (m_rank > 0) {
            store.set(Store::key(round, m_rank), own);
            return store.get(Store::key(round, 0));
        }
        for (int rank = 1; rank < m_count; ++rank) {
            add(own, store.get(Store::key(round, rank)));
            store.deleteKey(Store::key(round, rank));
        }
        if (round > 0)
            store.deleteKey(Store::key(round - 1, 0)); // all have read it, as they are here
        store.set(Store::key(round, 0), own);
        return own;
    } catch (const c10::Error& e) {
        throw Lost(weights::firstLine(e.what_without_backtrace()));
    }
}

double Processes::largest(double value) {
    Bytes own(sizeof value);
    std::memcpy(own.data(), &value, sizeof value);
    const auto all = exchange(std::move(own), [](Bytes& most, const Bytes& next) {
        double a = 0, b = 0;
        std::memcpy(&a, most.data(), sizeof a);
        std::memcpy(&b, next.data(), sizeof b);
        if (b > a)
            most = next;
    });
    std::memcpy(&value, all.data(), sizeof value);
    return value;
}

void Processes::sum(at::Tensor& values) {
    if (!m_store)
        return;
    for (std::int64_t begin = 0; begin < values.numel(); begin += kPiece) {
        const at::Tensor piece = values.narrow(0, begin, std::min(kPiece, values.numel() - begin));
        const auto* data = reinterpret_cast<const std::uint8_t*>(piece.const_data_ptr<float>());
        const Bytes all = exchange(Bytes(data, data + piece.nbytes()), [](Bytes& total, const Bytes& next) {
            const auto asTensor = [](const Bytes& bytes) {
                return at::from_blob(const_cast<std::uint8_t*>(bytes.data()), {static_cast<std::int64_t>(bytes.size() / sizeof(float))}, at::kFloat);
            };
            asTensor(total).add_(asTensor(next));
        });
        std::memcpy(piece.data_ptr<float>(), all.data(), piece.nbytes());
    }
}

} // namespace s1::train
