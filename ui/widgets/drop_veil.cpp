#include "widgets/drop_veil.h"

#include "widgets/themed_icon.h"

#include <QPainter>

namespace s1::ui {

using namespace Qt::StringLiterals;

DropVeil::DropVeil(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropVeil::say(const QString& title, const QString& text) {
    m_title = title;
    m_text = text;
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

void DropVeil::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.88F);
    painter.fillRect(rect(), veil);
    QPen dashes(palette().color(QPalette::Highlight), 2);
    dashes.setDashPattern({5, 4});
    painter.setPen(dashes);
    painter.drawRoundedRect(QRectF(rect()).adjusted(16, 16, -16, -16), 16, 16);
    const int line = fontMetrics().height();
    const QPoint middle = rect().center();
    themedIcon(u"film"_s, QPalette::Link)
        .paint(&painter, QRect(middle.x() - line * 3 / 2, middle.y() - line * 4, line * 3, line * 3));
    QFont title = font();
    title.setPointSizeF(title.pointSizeF() * 1.35);
    title.setWeight(QFont::DemiBold);
    painter.setFont(title);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRect(0, middle.y() - line / 2, width(), line * 2), Qt::AlignCenter, m_title);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(QRect(40, middle.y() + line * 2, width() - 80, line * 3), Qt::AlignHCenter | Qt::TextWordWrap,
                     m_text);
}

} // namespace s1::ui
