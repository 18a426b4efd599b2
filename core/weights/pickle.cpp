#include "weights/pickle.h"

#include "weights/tensor_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace s1::weights {

namespace {

struct PickleFailure {
    std::string why;
};

// The stack machine. Failure is an exception that never leaves this file: a typed refusal in 30 places would hide
// the grammar.
class Machine {
public:
    explicit Machine(std::string_view program) : m_program(program) {}

    PicklePtr run() {
        for (std::size_t step = 0; step < kMostSteps; ++step) {
            const auto op = static_cast<unsigned char>(take(1)[0]);
            if (op == '.')
                return pop();
            execute(op);
        }
        fail("it goes on for too long");
    }

private:
    [[noreturn]] static void fail(std::string why) { throw PickleFailure{std::move(why)}; }

    std::string_view take(std::size_t n) {
        if (n > m_program.size() - m_at)
            fail("it ends in the middle");
        const auto bytes = m_program.substr(m_at, n);
        m_at += n;
        return bytes;
    }

    template <typename T>
    T number() {
        T value;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }

    std::string_view line() {
        const auto end = m_program.find('\n', m_at);
        if (end == std::string_view::npos)
            fail("it ends in the middle");
        const auto text = m_program.substr(m_at, end - m_at);
        m_at = end + 1;
        return text;
    }

    template <typename T>
    void push(T value) {
        if (m_stack.size() >= kMostObjects || ++m_made >= kMostObjects)
            fail("it makes too many objects");
        m_stack.push_back(std::make_shared<PickleValue>(PickleValue{std::move(value)}));
    }

    PicklePtr pop() {
        if (m_stack.empty() || (!m_marks.empty() && m_marks.back() == m_stack.size()))
            fail("it takes from an empty stack");
        auto top = std::move(m_stack.back());
        m_stack.pop_back();
        return top;
    }

    PickleValue& top() {
        if (m_stack.empty())
            fail("it looks at an empty stack");
        return *m_stack.back();
    }

    void mark() {
        if (m_marks.size() >= kMostObjects)
            fail("it makes too many marks");
        m_marks.push_back(m_stack.size());
    }

    std::vector<PicklePtr> popMark() {
        if (m_marks.empty())
            fail("a mark is missing");
        const std::size_t mark = m_marks.back();
        m_marks.pop_back();
        if (mark > m_stack.size())
            fail("a mark is above the stack");
        std::vector<PicklePtr> items(m_stack.begin() + static_cast<std::ptrdiff_t>(mark), m_stack.end());
        m_stack.resize(mark);
        return items;
    }

    template <typename T>
    static const T& as(const PicklePtr& value, const char* what) {
        if (const T* data = std::get_if<T>(&value->data))
            return *data;
        fail(fmt::format("{} is missing", what));
    }

    // Items of a container are complete when they go in and stay as they are. So nothing can hold itself, and depth is
    // known, which keeps the recursive destruction of values short.
    void putInto(PickleValue& container, const std::vector<PicklePtr>& items) {
        for (const PicklePtr& item : items) {
            item->closed = true;
            container.depth = std::max(container.depth, item->depth + 1);
        }
        if (container.closed)
            fail("it changes a tuple, or a value that is already part of another");
        if (container.depth > kMostLevels)
            fail(fmt::format("it nests deeper than {} levels", kMostLevels));
    }

    void setItems(const std::vector<PicklePtr>& items) {
        auto* dict = std::get_if<PickleDict>(&top().data);
        if (!dict || items.size() % 2)
            fail("items are set on something that is no dictionary");
        putInto(top(), items);
        for (std::size_t i = 0; i < items.size(); i += 2)
            dict->items.emplace_back(items[i], items[i + 1]);
    }

    void tuple(std::vector<PicklePtr> items) {
        push(PickleList{});
        putInto(top(), items);
        std::get<PickleList>(top().data).items = std::move(items);
        top().closed = true;
    }

    void tuple(std::size_t n) {
        std::vector<PicklePtr> items(n);
        for (std::size_t i = n; i-- > 0;)
            items[i] = pop();
        tuple(std::move(items));
    }

    void memoPut(std::uint32_t index) {
        if (m_memo.size() >= kMostObjects || m_stack.empty())
            fail("its memo is broken");
        m_memo[index] = m_stack.back();
    }

    void memoGet(std::uint32_t index) {
        const auto it = m_memo.find(index);
        if (it == m_memo.end())
            fail(fmt::format("memo {} is not set", index));
        if (m_stack.size() >= kMostObjects)
            fail("it makes too many objects");
        m_stack.push_back(it->second);
    }

    // The persistent id of torch.save: ("storage", <class>, key, location, element count).
    void storage() {
        const auto id = pop();
        const auto& parts = as<PickleList>(id, "a storage description").items;
        if (parts.size() < 5 || as<std::string>(parts[0], "the word storage") != "storage")
            fail("a persistent id is not a storage");
        const auto& type = as<PickleGlobal>(parts[1], "a storage class");
        if (type.module != "torch")
            fail(fmt::format("it names {}.{}, which is not a storage", type.module, type.name));
        push(PickleStorage{type.name, as<std::string>(parts[2], "a storage key"),
                           as<std::int64_t>(parts[4], "a storage size")});
    }

    static std::vector<std::int64_t> integers(const PicklePtr& list) {
        std::vector<std::int64_t> values;
        for (const auto& item : as<PickleList>(list, "a shape").items)
            values.push_back(as<std::int64_t>(item, "a number of a shape"));
        return values;
    }

    // The only names a state dict needs. None of them is ever looked up.
    void global(std::string_view module, std::string_view name) {
        static constexpr std::pair<std::string_view, std::string_view> kKnown[] = {
            {"collections", "OrderedDict"}, {"torch._utils", "_rebuild_tensor_v2"}, {"torch._utils", "_rebuild_parameter"},
            {"torch", "FloatStorage"}, {"torch", "HalfStorage"}, {"torch", "BFloat16Storage"}, {"torch", "DoubleStorage"},
            {"torch", "LongStorage"}, {"torch", "IntStorage"}, {"torch", "ShortStorage"}, {"torch", "CharStorage"},
            {"torch", "ByteStorage"}, {"torch", "BoolStorage"}};
        if (std::find(std::begin(kKnown), std::end(kKnown), std::pair(module, name)) == std::end(kKnown))
            fail(fmt::format("it names {}.{}, which no state dict needs", shownName(module), shownName(name)));
        push(PickleGlobal{std::string(module), std::string(name)});
    }

    void reduce() {
        const auto arguments = pop();
        const auto callee = pop();
        const auto& function = as<PickleGlobal>(callee, "a function").name;
        const auto& list = as<PickleList>(arguments, "an argument list").items;
        if (function == "OrderedDict" && list.empty()) {
            push(PickleDict{});
        } else if (function == "_rebuild_tensor_v2" && (list.size() == 6 || list.size() == 7)) { // gradient, hooks, metadata
            push(PickleTensor{as<PickleStorage>(list[0], "a storage"), as<std::int64_t>(list[1], "an offset"),
                              integers(list[2]), integers(list[3])});
        } else if (function == "_rebuild_parameter" && list.size() == 3) { // gradient, hooks
            as<PickleTensor>(list[0], "a tensor");
            m_stack.push_back(list[0]);
        } else {
            fail(fmt::format("it calls {} with {} arguments, which no state dict does", function, list.size()));
        }
    }

    // Attributes of an OrderedDict (_metadata), not needed.
    void build() {
        const auto state = pop();
        as<PickleDict>(state, "a dictionary of attributes");
        if (!std::holds_alternative<PickleDict>(top().data))
            fail("it sets attributes of something that is no dictionary");
    }

    std::string text(std::size_t size) {
        const auto bytes = take(size);
        if (size > kMostStringBytes)
            fail(fmt::format("a string has {} bytes", size));
        return std::string(bytes);
    }

    void execute(unsigned char op) {
        switch (op) {
        case 0x80: take(1); break;            // PROTO
        case 0x95: take(8); break;            // FRAME
        case '(': mark(); break;
        case 'N': push(std::monostate{}); break;
        case 0x88: push(true); break;
        case 0x89: push(false); break;
        case 'K': push<std::int64_t>(number<std::uint8_t>()); break;
        case 'M': push<std::int64_t>(number<std::uint16_t>()); break;
        case 'J': push<std::int64_t>(number<std::int32_t>()); break;
        case 0x8a: longInteger(number<std::uint8_t>()); break;
        case 'G': push(bigEndianDouble()); break;
        case 'X': push(text(number<std::uint32_t>())); break;
        case 'U': case 0x8c: push(text(number<std::uint8_t>())); break;
        case 'c': {
            const auto module = line();
            global(module, line());
            break;
        }
        case 0x93: {
            const auto name = pop(), module = pop();
            global(as<std::string>(module, "a module name"), as<std::string>(name, "a class name"));
            break;
        }
        case '}': push(PickleDict{}); break;
        case ']': push(PickleList{}); break;
        case ')': tuple(0); break;
        case 't': tuple(popMark()); break;
        case 0x85: tuple(1); break;
        case 0x86: tuple(2); break;
        case 0x87: tuple(3); break;
        case 's': {
            auto value = pop(), key = pop();
            setItems({std::move(key), std::move(value)});
            break;
        }
        case 'u': setItems(popMark()); break;
        case 'a': append({pop()}); break;
        case 'e': append(popMark()); break;
        case 'q': memoPut(number<std::uint8_t>()); break;
        case 'r': memoPut(number<std::uint32_t>()); break;
        case 0x94: memoPut(static_cast<std::uint32_t>(m_memo.size())); break;
        case 'h': memoGet(number<std::uint8_t>()); break;
        case 'j': memoGet(number<std::uint32_t>()); break;
        case 'Q': storage(); break;
        case 'R': reduce(); break;
        case 'b': build(); break;
        case '0': pop(); break;
        default: fail(fmt::format("opcode 0x{:02x} at byte {} is not part of a state dict", op, m_at - 1));
        }
    }

    void append(const std::vector<PicklePtr>& items) {
        auto* list = std::get_if<PickleList>(&top().data);
        if (!list)
            fail("items are appended to something that is no list");
        putInto(top(), items);
        list->items.insert(list->items.end(), items.begin(), items.end());
    }

    void longInteger(std::size_t size) {
        const auto bytes = take(size);
        if (size > 8)
            fail("a number has more than 64 bits");
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value |= std::uint64_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
        if (size > 0 && size < 8 && (static_cast<unsigned char>(bytes[size - 1]) & 0x80))
            value |= ~std::uint64_t(0) << (8 * size);
        push(static_cast<std::int64_t>(value));
    }

    double bigEndianDouble() {
        const auto bits = __builtin_bswap64(number<std::uint64_t>());
        double value;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }

    static constexpr int kMostLevels = 64;
    static constexpr std::size_t kMostObjects = 1'000'000; // the largest published file makes some ten thousand
    static constexpr std::size_t kMostSteps = 50'000'000;
    static constexpr std::size_t kMostStringBytes = 1 << 20;

    std::string_view m_program;
    std::size_t m_at = 0;
    std::size_t m_made = 0;
    std::vector<PicklePtr> m_stack;
    std::vector<std::size_t> m_marks;
    std::map<std::uint32_t, PicklePtr> m_memo;
};

} // namespace

Result<PicklePtr> readPickle(std::string_view program, const std::string& fileName) {
    try {
        return Machine(program).run();
    } catch (const PickleFailure& failure) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} cannot be read as weights: {}; get the file again", fileName, failure.why), fileName};
    }
}

} // namespace s1::weights
