#pragma once

#include <QIcon>
#include <QPalette>
#include <QString>

namespace s1::ui {

// A drawing of resources/icons in the theme's ink, crisp at every scale and right again after a theme change.
QIcon themedIcon(const QString& name, QPalette::ColorRole ink = QPalette::WindowText);

} // namespace s1::ui
