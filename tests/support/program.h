#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>

namespace s1::test {

// Starts words[0] with nothing in its environment but what is given.
inline pid_t startProgram(std::vector<std::string> words, std::vector<std::string> environment) {
    const auto pointers = [](std::vector<std::string>& texts) {
        std::vector<char*> result;
        for (std::string& text : texts)
            result.push_back(text.data());
        result.push_back(nullptr);
        return result;
    };
    pid_t child = 0;
    EXPECT_EQ(posix_spawn(&child, words.front().c_str(), nullptr, nullptr, pointers(words).data(), pointers(environment).data()), 0);
    return child;
}

inline int endOf(pid_t child) { // waitpid's status
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

} // namespace s1::test
