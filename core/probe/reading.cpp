#include "probe/reading.h"

#include "base/stop.h"
#include "cascade/model_set.h"
#include "probe/on_models.h"
#include "toyland/captions.h"
#include "train/text_readers.h"

#include <torch/torch.h>

namespace s1::probe {

using toyland::Expectation;

namespace {

// One part as each of its values and not at all; the rest as said, which comes first.
using Others = std::vector<Expectation>;

template <typename Value>
Others others(const Expectation& said, std::optional<Value> Expectation::*part, int count) {
    Others all{said};
    if (!(said.*part))
        return all;
    Expectation other = said;
    for (int i = 0; i < count; ++i) {
        other.*part = static_cast<Value>(i);
        if (other != said)
            all.push_back(other);
    }
    (other.*part).reset();
    all.push_back(other);
    return all;
}

Others otherBackgrounds(const Expectation& said) {
    Others all = others(said, &Expectation::background, toyland::kCoreBackgroundKinds);
    const std::size_t kinds = all.size();
    for (std::size_t i = 0; i < kinds; ++i) {
        auto& other = all[i];
        if (!other.background || !toyland::hasColor(*other.background)) {
            if (i > 0)
                other.backgroundColor.reset();
            continue;
        }
        const Others colored = others(other, &Expectation::backgroundColor, toyland::kCoreColors);
        all.insert(all.end(), colored.begin() + 1, colored.end());
    }
    return all;
}

class Reader {
public:
    static Result<Reader> open(cascade::ModelSet& models) {
        Reader reader;
        for (const auto part : {cascade::Part::Base, cascade::Part::Translation}) {
            S1_TRY(const auto network, models.unet(part));
            reader.m_readers.addAllOf(network);
        }
        S1_TRY(reader.m_encoder, models.textEncoder(cascade::Part::Base));
        return reader;
    }

    Expectation read(const toyland::Question& question) const {
        const auto& said = question.expected;
        const at::Tensor given = m_encoder->encode(question.prompt);
        Expectation taken;
        taken.object = nearest(given, others(said, &Expectation::object, toyland::kCoreObjects)).object;
        taken.color = nearest(given, others(said, &Expectation::color, toyland::kCoreColors)).color;
        taken.motion = nearest(given, others(said, &Expectation::motion, toyland::kCoreMotions)).motion;
        const Expectation before = nearest(given, otherBackgrounds(said));
        taken.background = before.background;
        taken.backgroundColor = before.backgroundColor;
        return taken;
    }

private:
    const Expectation& nearest(const at::Tensor& given, const Others& all) const {
        if (all.size() == 1)
            return all.front();
        std::vector<std::string> captions;
        for (const auto& one : all)
            captions.push_back(toyland::plainCaption(one));
        return all[static_cast<std::size_t>(m_readers.distances(given, m_encoder->encodeAll(captions)).argmin().item<std::int64_t>())];
    }

    train::TextReaders m_readers;
    std::shared_ptr<text::TextEncoder> m_encoder;
};

} // namespace

Result<void> readPrompts(const std::filesystem::path& model, const std::vector<toyland::Question>& prompts, const std::function<void(const Expectation& taken)>& onRead, const std::stop_token& stop) {
    return onModels(model, stop, [&](cascade::ModelSet& models) -> Result<void> {
        S1_TRY(const Reader reader, Reader::open(models));
        for (const auto& question : prompts) {
            throwIfStopped();
            onRead(reader.read(question));
        }
        return {};
    });
}

} // namespace s1::probe
