#pragma once

#include "base/error.h"

#include <cassert>
#include <utility>
#include <variant>

namespace s1 {

// A value or an Error, with the surface of std::expected (C++23), to become an alias of it one day.
template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { assert(has_value()); return std::get<0>(m_state); }
    const T& value() const& { assert(has_value()); return std::get<0>(m_state); }
    T&& value() && { assert(has_value()); return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const& { assert(!has_value()); return std::get<1>(m_state); }
    Error&& error() && { assert(!has_value()); return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : m_failed(true), m_error(std::move(error)) {}

    bool has_value() const { return !m_failed; }
    explicit operator bool() const { return has_value(); }
    void value() const { assert(has_value()); }
    const Error& error() const& { assert(m_failed); return m_error; }
    Error&& error() && { assert(m_failed); return std::move(m_error); }

private:
    bool m_failed = false;
    Error m_error;
};

} // namespace s1

#define S1_CONCAT_INNER(a, b) a##b
#define S1_CONCAT(a, b) S1_CONCAT_INNER(a, b)

// S1_TRY(auto header, readHeader(file)); declares header, or returns the error to the caller.
#define S1_TRY(declaration, expression)                                                                                \
    auto S1_CONCAT(s1_result_, __LINE__) = (expression);                                                               \
    if (!S1_CONCAT(s1_result_, __LINE__))                                                                              \
        return std::move(S1_CONCAT(s1_result_, __LINE__)).error();                                                     \
    declaration = std::move(S1_CONCAT(s1_result_, __LINE__)).value()

// S1_CHECK(file.write(bytes)); for a Result<void>.
#define S1_CHECK(expression)                                                                                           \
    do {                                                                                                               \
        if (auto s1_result = (expression); !s1_result)                                                                 \
            return std::move(s1_result).error();                                                                       \
    } while (false)
