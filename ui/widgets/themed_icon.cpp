#include "widgets/themed_icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QByteArray drawing, QPalette::ColorRole ink) : m_drawing(std::move(drawing)), m_ink(ink) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const QPalette palette = QGuiApplication::palette();
        QColor ink = palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active, m_ink);
        if (state == QIcon::On && mode != QIcon::Disabled)
            ink = palette.color(QPalette::Link);
        if (mode == QIcon::Disabled)
            painter->setOpacity(0.5);
        QByteArray drawing = m_drawing;
        drawing.replace("#000", ink.name().toLatin1());
        QSvgRenderer(drawing).render(painter, rect);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, pixmap.rect(), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new ThemedIconEngine(*this); }

private:
    QByteArray m_drawing;
    QPalette::ColorRole m_ink;
};

} // namespace

QIcon themedIcon(const QString& name, QPalette::ColorRole ink) {
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new ThemedIconEngine(file.readAll(), ink));
}

} // namespace s1::ui
