#pragma once

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <sys/syscall.h>
#include <unistd.h>

namespace s1::test {

// A disk that answers late, or from some read on not at all until it is let go. pread of this program goes through it:
// include this in one file of a test program only.
class SlowDisk {
public:
    SlowDisk(int readsBeforeStall, std::chrono::milliseconds delay = {}) : m_left(readsBeforeStall), m_delay(delay) { s_disk = this; }
    ~SlowDisk() {
        letGo();
        s_disk = nullptr;
    }

    int reads() const { return m_reads; }
    bool stalled() const { return m_waiting > 0; }
    // Answers again, and waits until those who were left hanging are through.
    void letGo() {
        std::unique_lock lock(m_mutex);
        m_answers = true;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return m_waiting == 0; });
    }

    static ssize_t read(int descriptor, void* out, size_t size, off_t offset) {
        if (SlowDisk* disk = s_disk)
            disk->wait();
        return syscall(SYS_pread64, descriptor, out, size, offset);
    }

private:
    void wait() {
        std::this_thread::sleep_for(m_delay);
        ++m_reads;
        if (m_left-- != 0)
            return;
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_changed.wait(lock, [&] { return m_answers; });
        --m_waiting;
        m_changed.notify_all();
    }

    static inline std::atomic<SlowDisk*> s_disk = nullptr;
    std::atomic<int> m_left, m_reads = 0, m_waiting = 0;
    std::chrono::milliseconds m_delay;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_answers = false;
};

} // namespace s1::test

// Stands before libc's.
extern "C" ssize_t pread(int descriptor, void* out, size_t size, off_t offset) {
    return s1::test::SlowDisk::read(descriptor, out, size, offset);
}
