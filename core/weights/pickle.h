#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace s1::weights {

// A value of the small pickle grammar that torch.save writes for state dicts (reliability.md 2.2). Classes and
// functions stay names: nothing is imported or called.
struct PickleValue;
using PicklePtr = std::shared_ptr<PickleValue>;

struct PickleGlobal {
    std::string module, name;
};
struct PickleList {
    std::vector<PicklePtr> items; // list or tuple
};
struct PickleDict {
    std::vector<std::pair<PicklePtr, PicklePtr>> items; // dict or OrderedDict, in order
};
struct PickleStorage {
    std::string type; // "HalfStorage"
    std::string key;  // file data/<key>
    std::int64_t elements = 0;
};
struct PickleTensor {
    PickleStorage storage;
    std::int64_t offset = 0; // elements
    std::vector<std::int64_t> shape, stride;
};

struct PickleValue {
    std::variant<std::monostate, bool, std::int64_t, double, std::string, PickleGlobal, PickleList, PickleDict,
                 PickleStorage, PickleTensor>
        data;
    int depth = 0;       // levels of containers below
    bool closed = false; // part of another value, so it changes no more
};

// Runs the program and gives its value. Any opcode, class or function outside the grammar is refused by name.
Result<PicklePtr> readPickle(std::string_view program, const std::string& fileName);

} // namespace s1::weights
