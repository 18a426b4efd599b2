#pragma once

#include "viewers/clip_viewer.h"
#include "viewers/slice_handles.h"

#include <QImage>

#include <optional>

namespace s1::ui {

class CutLine;

// The picture itself: fitted or zoomed, panned by dragging, with the slice line on top.
class PictureViewer : public ClipViewer {
    Q_OBJECT

public:
    explicit PictureViewer(CutLine& slice, QWidget* parent = nullptr);

    void setClip(ClipPtr clip) override;
    void showFrame(int frame) override;

    int frame() const { return m_frame; }
    const QImage& image() const { return m_image; }
    std::optional<double> zoom() const { return m_zoom; } // unset: fit
    void setZoom(std::optional<double> zoom);
    void setEmptyText(const QString& title, const QString& text);
    QRectF pictureRect() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void zoomChanged();
    void doubleClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void paintEmpty(QPainter& painter);
    void copyFrame();

    CutLine& m_slice;
    SliceHandles m_handles;
    ClipPtr m_clip;
    int m_frame = 0;
    QImage m_image;
    std::optional<double> m_zoom;
    QPointF m_pan; // of the picture's middle from the widget's, while zoomed
    std::optional<QPointF> m_panFrom;
    QString m_emptyTitle;
    QString m_emptyText;
};

} // namespace s1::ui
