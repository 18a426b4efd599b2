#include "viewers/viewer_panel.h"

#include "models/generation.h"
#include "text.h"
#include "viewers/picture_viewer.h"
#include "viewers/playback_clock.h"
#include "viewers/transport_bar.h"
#include "viewers/viewer_factory.h"
#include "widgets/type_scale.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

ViewerPanel::ViewerPanel(Generation& generation, PlaybackClock& clock, CutLine& slice, QWidget* parent)
    : QWidget(parent), m_generation(generation), m_clock(clock) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);

    m_picture = qobject_cast<PictureViewer*>(makeViewer(u"picture"_s, slice, this));
    m_picture->setEmptyText(tr("Nothing to show yet"), tr("Write what should happen and press Generate, "
                                                          "or drop a clip on this window."));
    auto* top = new QHBoxLayout;
    top->setSpacing(10);
    top->addWidget(makeTabs());
    m_caption = makeElidedNote();
    m_caption->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    top->addWidget(m_caption, 1);
    top->addWidget(makeZoom());
    column->addLayout(top);
    column->addWidget(m_picture, 1);
    column->addWidget(new TransportBar(m_clock, this));

    connect(&m_clock, &PlaybackClock::frameChanged, m_picture, &PictureViewer::showFrame);
    connect(&m_generation, &Generation::clipChanged, this, &ViewerPanel::takeClip);
    connect(&m_generation, &Generation::started, this, [this] {
        m_following = true;
        setCaption(QString());
    });
    showStage(m_stage);
}

QWidget* ViewerPanel::makeTabs() {
    auto* frame = new QFrame;
    frame->setObjectName(u"tabs"_s);
    auto* row = new QHBoxLayout(frame);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    auto* group = new QButtonGroup(frame);
    for (const StageId id : kStages) {
        const auto index = static_cast<std::size_t>(id);
        auto* tab = new QToolButton;
        tab->setText(stageTabTitle(id));
        tab->setCheckable(true);
        tab->setProperty("role", u"tab"_s);
        tab->setFocusPolicy(Qt::TabFocus);
        tab->setAccessibleName(tr("Show stage: %1").arg(stageTabTitle(id)));
        tab->setToolTip(tr("Show the result of this stage (Ctrl+%1)").arg(index + 1));
        connect(tab, &QToolButton::clicked, this, [this, id] { pickStage(id); });
        group->addButton(tab);
        row->addWidget(tab);
        m_tabs[index] = tab;
    }
    return frame;
}

QComboBox* ViewerPanel::makeZoom() {
    auto* zoom = new QComboBox;
    zoom->setAccessibleName(tr("Zoom"));
    zoom->setToolTip(tr("Zoom (Ctrl and mouse wheel)"));
    zoom->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    zoom->addItem(tr("Fit"), 0.0);
    for (const int percent : {50, 100, 200, 400, 800})
        zoom->addItem(tr("%1 %").arg(percent), percent / 100.0);
    connect(zoom, &QComboBox::activated, this, [this, zoom](int row) {
        const double value = zoom->itemData(row).toDouble();
        m_picture->setZoom(value > 0 ? std::optional(value) : std::nullopt);
    });
    connect(m_picture, &PictureViewer::zoomChanged, zoom, [this, zoom] {
        const auto value = m_picture->zoom();
        int row = zoom->findData(value.value_or(0.0));
        zoom->setPlaceholderText(value ? tr("%1 %").arg(qRound(*value * 100)) : QString());
        zoom->setCurrentIndex(row);
    });
    connect(m_picture, &PictureViewer::doubleClicked, zoom,
            [this] { m_picture->setZoom(m_picture->zoom() ? std::nullopt : std::optional(1.0)); });
    return zoom;
}

void ViewerPanel::pickStage(StageId stage) {
    if (!m_generation.stage(stage).clip) {
        m_tabs[static_cast<std::size_t>(m_stage)]->setChecked(true);
        return;
    }
    m_following = false;
    showStage(stage);
}

void ViewerPanel::setCaption(const QString& text) {
    m_origin = text;
    showCaption();
}

void ViewerPanel::takeClip(StageId stage) {
    m_tabs[static_cast<std::size_t>(stage)]->setEnabled(m_generation.stage(stage).clip != nullptr);
    if (m_following && m_generation.stage(stage).clip)
        showStage(stage);
    else if (stage == m_stage)
        showStage(m_stage);
}

void ViewerPanel::showStage(StageId stage) {
    m_stage = stage;
    for (const StageId id : kStages) {
        m_tabs[static_cast<std::size_t>(id)]->setEnabled(m_generation.stage(id).clip != nullptr);
        m_tabs[static_cast<std::size_t>(id)]->setChecked(id == stage);
    }
    if (const ClipPtr& clip = m_generation.stage(stage).clip)
        m_clip = clip; // a run that has nothing yet leaves the last clip on show
    else if (!m_generation.isRunning())
        m_clip = nullptr;
    m_clock.setLength(m_clip ? m_clip->frameCount() : 0, m_clip ? m_clip->fps : 8);
    m_picture->setClip(m_clip);
    m_picture->showFrame(m_clock.frame());
    showCaption();
    Q_EMIT clipChanged();
}

void ViewerPanel::showCaption() {
    const QString size = m_clip ? tr("%1 × %2").arg(m_clip->width()).arg(m_clip->height()) : QString();
    m_caption->setText(m_origin.isEmpty() || size.isEmpty() ? size : m_origin + u" · "_s + size);
}

} // namespace s1::ui
