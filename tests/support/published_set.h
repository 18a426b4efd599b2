#pragma once

#include "library/catalogue.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <functional>

namespace s1::test {

// One published repository, as its files are called; a few bytes in each.
inline void writePart(const library::Repository& repository, const std::filesystem::path& folder) {
    const auto write = [&](const std::string& file, const std::string& bytes) {
        std::filesystem::create_directories((folder / file).parent_path());
        std::ofstream(folder / file) << bytes;
    };
    for (const std::string_view file : repository.files)
        write(std::string(file),
              file == "model_index.json" ? fmt::format(R"({{"_class_name": "{}"}})", repository.className) : "{}");
    for (const std::string_view network : repository.networks)
        write(
            fmt::format("{}/{}.safetensors", network, network == "text_encoder" ? "model" : "diffusion_pytorch_model"),
            "weights");
}

inline void writePublishedSet(const std::filesystem::path& folder,
                              const std::function<std::string(std::string_view)>& nameOf = {}) {
    for (const auto& repository : library::repositories())
        writePart(repository, folder / (nameOf ? nameOf(repository.name()) : std::string(repository.name())));
}

} // namespace s1::test
