#pragma once

#include "bridge/engine_bridge.h"
#include "models/model_list.h"
#include "settings/session.h"
#include "support/fake_engine.h"

#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

namespace s1::test {

constexpr int kPatience = 20000; // ms for what takes a moment; a loaded machine missed 5 s

// A profile of its own, a bridge and the fake engine behind it: what a window needs.
struct Rig {
    explicit Rig(FakeScript script = {})
        : bridge([this, script](EventSink sink) -> Result<std::unique_ptr<Engine>> {
              auto made = std::make_unique<FakeEngine>(std::move(sink), script);
              engine = made.get();
              return std::unique_ptr<Engine>(std::move(made));
          }) {}

    void start() {
        bridge.start();
        QVERIFY(QTest::qWaitFor([this] { return bridge.isReady(); }));
    }

    template <typename Request>
    std::vector<Request> asked() const {
        std::vector<Request> found;
        for (const JobRequest& request : engine->requests())
            if (const auto* match = std::get_if<Request>(&request))
                found.push_back(*match);
        return found;
    }

    QTemporaryDir profile;
    FakeEngine* engine = nullptr; // owned by the bridge
    ui::EngineBridge bridge;
    ui::ModelList models{bridge};
    ui::Session session{profile.path()};
};

// Of the embedded model, with several steps to be seen in every stage but the last.
inline CascadePlan steppedPlan() {
    CascadePlan plan = makePlan(Preset::Standard, ModelKind::Embedded);
    plan[StageId::Interpolation].steps = 8;
    plan[StageId::Superres].steps = 2;
    return plan;
}

// The control that a screen reader calls so; null: none.
template <typename T>
T* named(QWidget& where, const QString& name) {
    for (T* widget : where.findChildren<T*>())
        if (widget->accessibleName() == name)
            return widget;
    return nullptr;
}

// A button that is not hidden; null: none.
inline QPushButton* buttonSaying(QWidget& where, const QString& text) {
    for (QPushButton* button : where.findChildren<QPushButton*>())
        if (button->text() == text && !button->isHidden())
            return button;
    return nullptr;
}

} // namespace s1::test
