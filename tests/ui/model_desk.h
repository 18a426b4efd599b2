#pragma once

#include "desk.h"
#include "dialogs/models_dialog.h"
#include "panels/prompt_panel.h"

#include <QComboBox>
#include <QLabel>

namespace s1::test {

inline FakeScript withModels(std::vector<ModelInfo> models) {
    FakeScript script;
    script.models = std::move(models);
    return script;
}
inline FakeScript withParts(int parts) {
    return withModels({toyland(), publishedSet(parts)});
}

// A window that has seen which models there are.
struct ModelDesk : Desk {
    explicit ModelDesk(FakeScript script = withParts(0)) : Desk(std::move(script)) { awaitList(); }

    void open() {
        Desk::open();
        awaitList();
    }
    void awaitList() { QVERIFY(QTest::qWaitFor([&] { return models().isListed(); })); }
    ui::ModelsDialog& openDialog() {
        window->openModels();
        auto* dialog = window->findChild<ui::ModelsDialog*>();
        (void)QTest::qWaitForWindowActive(dialog);
        (void)untilIdle();
        return *dialog;
    }
    bool untilIdle() {
        const bool idle = QTest::qWaitFor([&] { return !models().isBusy(); });
        QTest::qWait(1); // new labels show themselves
        return idle;
    }
    void choose(const std::string& name) { window->promptPanel().chooseModel(name); }
    ui::ModelList& models() { return window->studio().models(); }
    ui::PromptPanel& panel() { return window->promptPanel(); }
    GenerateRequest request() { return panel().request(); }
    QComboBox& combo() { return *named<QComboBox>(panel(), u"Model"_s); }
};

inline QStringList presetsOf(ui::PromptPanel& panel) {
    QStringList titles;
    auto* presets = named<QComboBox>(panel, u"Preset"_s);
    for (int row = 0; row < presets->count(); ++row)
        titles.append(presets->itemText(row));
    return titles;
}

inline QString wordsOf(QWidget& widget) {
    QString all;
    for (QLabel* label : widget.findChildren<QLabel*>())
        if (!label->isHidden())
            all += label->text() + u'\n';
    return all;
}

} // namespace s1::test
