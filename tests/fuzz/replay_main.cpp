#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// Runs the target on every file of the folder given, whole and cut at every byte. A crash or an exception is the
// failure; an empty folder too, as then nothing was tried.
int main(int argc, char** argv) {
    int inputs = 0;
    for (int i = 1; i < argc; ++i)
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream file(entry.path(), std::ios::binary);
            const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
            for (std::size_t size = 0; size <= bytes.size(); ++size) {
                const std::vector<std::uint8_t> input(
                    bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)); // its end is an end
                LLVMFuzzerTestOneInput(input.data(), input.size());
            }
            ++inputs;
        }
    std::printf("%d inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
