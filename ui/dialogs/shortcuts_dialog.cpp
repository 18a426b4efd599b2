#include "dialogs/shortcuts_dialog.h"

#include "widgets/type_scale.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(9);
    QList<QAction*> keyed;
    for (QAction* action : actions)
        if (!action->shortcut().isEmpty())
            keyed.append(action);
    const auto rows = (keyed.size() + 1) / 2;
    for (qsizetype i = 0; i < keyed.size(); ++i) {
        const int row = static_cast<int>(i % rows);
        const int column = i < rows ? 0 : 3;
        QString name = keyed[i]->text();
        name.remove(u'&');
        if (name.endsWith(u'…'))
            name.chop(1);
        auto* key = new QLabel(keyed[i]->shortcut().toString(QKeySequence::NativeText));
        setTone(*key, Tone::Accent);
        grid->addWidget(key, row, column);
        grid->addWidget(new QLabel(name), row, column + 1);
    }
    grid->setColumnMinimumWidth(2, 16);
    auto* close = new QPushButton(tr("Close"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 18);
    column->setSpacing(16);
    column->addWidget(makeTitle(tr("Keyboard shortcuts")));
    column->addLayout(grid);
    column->addWidget(close, 0, Qt::AlignRight);
}

} // namespace s1::ui
