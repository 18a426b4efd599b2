#pragma once

namespace s1::train {

// While it lives, memory of tensors that is freed waits for the next tensor of its size, on any thread. A step of training frees
// and takes the same blocks over and over: the library's way back to the system and the clearing of new pages cost a fifth
// of a step. One at a time; it keeps what was the most needed of each size.
class BlockCache {
public:
    BlockCache();
    ~BlockCache();
    BlockCache(const BlockCache&) = delete;
    BlockCache& operator=(const BlockCache&) = delete;
};

} // namespace s1::train
