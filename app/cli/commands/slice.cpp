#include "command.h"

namespace s1::cli {
void addSlice(CLI::App& app, Action& action) {
    (void)app;
    (void)action;
}
} // namespace s1::cli
