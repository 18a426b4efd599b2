#include "viewers/picture_viewer.h"

#include "models/cut_line.h"
#include "viewers/clip_image.h"
#include "widgets/themed_icon.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kPixelZoom = 4.0; // from here on pixels are shown as squares: the user came to see them
constexpr double kRadius = 10;
} // namespace

PictureViewer::PictureViewer(CutLine& slice, QWidget* parent) : ClipViewer(parent), m_slice(slice), m_handles(slice) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture"));
    setAccessibleDescription(tr("The clip. Arrow up and down move the slice line, comma and full stop step."));
    connect(&m_slice, &CutLine::changed, this, qOverload<>(&QWidget::update));
}

QSize PictureViewer::sizeHint() const {
    return {640, 400};
}
QSize PictureViewer::minimumSizeHint() const {
    return {240, 120};
}

void PictureViewer::setClip(ClipPtr clip) {
    m_clip = std::move(clip);
    showFrame(m_frame);
}

void PictureViewer::showFrame(int frame) {
    m_frame = m_clip ? std::clamp(frame, 0, std::max(0, m_clip->frameCount() - 1)) : 0;
    m_image = clipImage(m_clip, m_frame);
    update();
}

void PictureViewer::setZoom(std::optional<double> zoom) {
    m_zoom = zoom ? std::optional(std::clamp(*zoom, 0.1, 16.0)) : std::nullopt;
    if (!m_zoom)
        m_pan = {};
    update();
    Q_EMIT zoomChanged();
}

void PictureViewer::setEmptyText(const QString& title, const QString& text) {
    m_emptyTitle = title;
    m_emptyText = text;
    update();
}

QRectF PictureViewer::pictureRect() const {
    if (m_image.isNull())
        return {};
    const QSizeF area = size();
    QSizeF picture = m_image.size();
    if (m_zoom)
        picture *= *m_zoom / devicePixelRatioF(); // 100 % is one picture pixel on one screen pixel
    else
        picture.scale(area, Qt::KeepAspectRatio);
    const QPointF middle = QPointF(area.width() / 2, area.height() / 2) + m_pan;
    return {middle - QPointF(picture.width() / 2, picture.height() / 2), picture};
}

void PictureViewer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // A fitted picture is its own card; one that is empty or zoomed lies on a stage.
    const QRectF picture = pictureRect();
    const QRectF card = m_image.isNull() || m_zoom ? QRectF(rect()) : picture;
    QPainterPath stage;
    stage.addRoundedRect(card, kRadius, kRadius);
    painter.fillPath(stage, palette().color(QPalette::Dark));
    if (m_image.isNull()) {
        paintEmpty(painter);
        return;
    }
    painter.setClipPath(stage);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !m_zoom || *m_zoom < kPixelZoom);
    painter.drawImage(picture, m_image);
    m_handles.paint(painter, picture, palette());
    if (hasFocus()) {
        painter.setClipping(false);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), kRadius - 1, kRadius - 1);
    }
}

void PictureViewer::paintEmpty(QPainter& painter) {
    const int icon = fontMetrics().height() * 3;
    const QRect area = rect().adjusted(24, 0, -24, 0);
    const int middle = area.center().y();
    themedIcon(u"film"_s, QPalette::PlaceholderText)
        .paint(&painter, QRect(area.center().x() - icon / 2, middle - icon - 14, icon, icon));
    QFont title = font();
    title.setWeight(QFont::DemiBold);
    painter.setFont(title);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRect(area.x(), middle, area.width(), fontMetrics().height() + 4), Qt::AlignCenter, m_emptyTitle);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(QRect(area.x(), middle + fontMetrics().height() + 8, area.width(), fontMetrics().height() * 3),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

void PictureViewer::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_handles.press(event->position(), pictureRect()))
        return;
    if (m_zoom) {
        m_panFrom = event->position();
        setCursor(Qt::ClosedHandCursor);
    }
}

void PictureViewer::mouseMoveEvent(QMouseEvent* event) {
    if (m_handles.isHeld()) {
        m_handles.drag(event->position(), pictureRect());
    } else if (m_panFrom) {
        m_pan += event->position() - *m_panFrom;
        m_panFrom = event->position();
        update();
    } else {
        const Qt::CursorShape shape = m_handles.cursorAt(event->position(), pictureRect());
        setCursor(shape == Qt::ArrowCursor && m_zoom ? Qt::OpenHandCursor : shape);
    }
}

void PictureViewer::mouseReleaseEvent(QMouseEvent*) {
    m_handles.release();
    if (m_panFrom)
        setCursor(Qt::OpenHandCursor);
    m_panFrom.reset();
}

void PictureViewer::mouseDoubleClickEvent(QMouseEvent*) {
    Q_EMIT doubleClicked();
}

void PictureViewer::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier) || m_image.isNull()) {
        event->ignore();
        return;
    }
    const double now = pictureRect().width() * devicePixelRatioF() / m_image.width();
    setZoom(now * (event->angleDelta().y() > 0 ? 1.25 : 0.8));
}

void PictureViewer::keyPressEvent(QKeyEvent* event) {
    const bool up = event->key() == Qt::Key_Up;
    if ((!up && event->key() != Qt::Key_Down) || m_image.isNull()) {
        event->ignore(); // the window knows the transport keys
        return;
    }
    const double sign = up ? -1 : 1;
    if (m_slice.kind() == CutLine::Kind::Vertical)
        m_slice.moveBy({sign / m_image.width(), 0});
    else
        m_slice.moveBy({0, sign / m_image.height()});
}

void PictureViewer::contextMenuEvent(QContextMenuEvent* event) {
    if (m_image.isNull())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(themedIcon(u"copy"_s), tr("Copy frame"), this, &PictureViewer::copyFrame);
    menu->popup(event->globalPos());
}

void PictureViewer::copyFrame() {
    QApplication::clipboard()->setImage(m_image);
}

} // namespace s1::ui
