#pragma once

#include "main_window.h"
#include "ui_test.h"

#include <QCoreApplication>
#include <QDropEvent>
#include <QMimeData>

namespace s1::test {

using namespace Qt::StringLiterals;

// The window over the fake engine, with a clip ready, shown and active.
struct Desk {
    explicit Desk(FakeScript script = {}, const QString& ready = u"ready_clip.mp4"_s) : rig(withRecipe(script)) {
        rig.start();
        open(ready);
    }

    static FakeScript withRecipe(FakeScript script) {
        if (script.recipe.empty())
            script.recipe = sampleRecipe();
        return script;
    }
    void open(const QString& ready = u"ready_clip.mp4"_s) {
        window = std::make_unique<ui::MainWindow>(rig.bridge, rig.session, ready);
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }
    ui::Generation& generation() { return window->studio().generation(); }
    bool generate() {
        window->generate();
        return untilDone();
    }
    bool untilDone() {
        return QTest::qWaitFor([&] { return !generation().isRunning(); }, kPatience);
    }
    bool untilHeld() {
        return QTest::qWaitFor([&] { return rig.engine->isHolding(); }, kPatience);
    }
    void drop(const QString& path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &event);
    }

    Rig rig;
    std::unique_ptr<ui::MainWindow> window;
};

inline FakeScript holding(StageId stage, int step = 2) {
    FakeScript script;
    script.holdIn = stage;
    script.holdStep = step;
    return script;
}

} // namespace s1::test
