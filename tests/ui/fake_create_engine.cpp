// Stands in for s1::engine, so that the program itself starts in a test without LibTorch.
#include "support/fake_engine.h"

namespace s1 {

Result<std::unique_ptr<Engine>> createEngine(EngineOptions, EventSink sink) {
    test::FakeScript script;
    script.stepTime = std::chrono::milliseconds(60);
    script.recipe = test::sampleRecipe("a red ball bounces over a blue background", 345);
    return std::unique_ptr<Engine>(std::make_unique<test::FakeEngine>(std::move(sink), script));
}

} // namespace s1
