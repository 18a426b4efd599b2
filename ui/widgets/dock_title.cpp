#include "widgets/dock_title.h"

#include "widgets/type_scale.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace s1::ui {

using namespace Qt::StringLiterals;

DockTitle::DockTitle(QDockWidget* dock) : QWidget(dock) {
    auto* close = makeIconButton(u"close"_s, tr("Close %1").arg(dock->windowTitle()));
    close->setIconSize(QSize(12, 12));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 0, 0, 8);
    row->addWidget(makeHeading(dock->windowTitle()), 1);
    row->addWidget(close);
    setFixedHeight(fontMetrics().height() + 26); // in line with the viewer's row of tabs
    connect(close, &QToolButton::clicked, dock, &QDockWidget::close);
}

} // namespace s1::ui
