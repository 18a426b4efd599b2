#include "panels/stage_card.h"

#include "text.h"
#include "widgets/clip_thumbnail.h"
#include "widgets/elided_label.h"
#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kGap = 4; // in the row under the bar

QString whatItDoes(StageId stage) {
    switch (stage) {
    case StageId::Keyframes:
        return StageCard::tr("Eight small pictures that move as the prompt says");
    case StageId::Interpolation:
        return StageCard::tr("Fills in the pictures between the keyframes");
    case StageId::Superres:
        return StageCard::tr("Makes the clip four times as large, still in pixels");
    case StageId::Translation:
        return StageCard::tr("Repaints it at full size with the latent model");
    }
    return {};
}

} // namespace

StageCard::StageCard(StageId stage, const PlaybackClock& clock, QWidget* parent)
    : QFrame(parent),
      m_stage(stage),
      m_title(new ElidedLabel),
      m_thumbnail(new ClipThumbnail(&clock)),
      m_status(makeElidedNote()),
      m_time(makeNote(QString())),
      m_progress(new QProgressBar),
      m_rerun(new QPushButton(themedIcon(u"rerun"_s, QPalette::Link), tr("From here"))) {
    setProperty("card", u"true"_s);
    setAccessibleName(stageTitle(stage));
    setToolTip(whatItDoes(stage));
    m_thumbnail->setPlaceholder(u"film"_s, whatItDoes(stage));
    m_thumbnail->setFitted(true); // what moves at the edge is as much worth seeing
    m_thumbnail->setCursor(Qt::PointingHandCursor);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of %1").arg(stageTitle(stage)));
    m_rerun->setProperty("role", u"quiet"_s);
    m_rerun->setToolTip(tr("Re-run from here: makes this stage and the later ones again and keeps the earlier ones. "
                           "With the seed unlocked it is another take."));
    m_rerun->setAccessibleName(tr("Re-run from %1").arg(stageTitle(stage)));
    makeSmall(*m_rerun);

    auto* letter = makeHeading(stageLetter(stage));
    setTone(*letter, Tone::Accent);
    auto* head = new QHBoxLayout;
    head->setSpacing(5);
    head->addWidget(letter);
    m_title->setText(stageTitle(stage));
    head->addWidget(m_title, 1);
    auto* status = new QHBoxLayout;
    status->setSpacing(kGap);
    status->addWidget(m_status, 1);
    status->addWidget(m_time);
    status->addWidget(m_rerun);
    const int rowHeight = m_rerun->sizeHint().height(); // the button comes and goes; the cards stay calm
    status->addSpacerItem(new QSpacerItem(0, rowHeight, QSizePolicy::Fixed, QSizePolicy::Fixed));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(9, 8, 9, 6);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(m_thumbnail, 1);
    column->addWidget(m_progress);
    column->addLayout(status);
    connect(m_rerun, &QPushButton::clicked, this, [this] { Q_EMIT rerunRequested(m_stage); });
}

void StageCard::showStage(const Generation& generation) {
    const Generation::Stage& stage = generation.stage(m_stage);
    using Phase = Generation::Phase;
    const bool running = stage.phase == Phase::Running;
    m_progress->setRange(0, std::max(1, stage.steps));
    m_progress->setValue(stage.phase == Phase::Done ? m_progress->maximum() : stage.step);
    m_time->clear();
    switch (stage.phase) {
    case Phase::Waiting:
        say(generation.isRunning() ? tr("waiting") : stage.clip ? tr("opened") : tr("not run yet"));
        break;
    case Phase::Running:
        if (stage.step == 0) {
            say(tr("starting"));
        } else {
            say(tr("%1 / %2 steps").arg(stage.step).arg(stage.steps), tr("%1 / %2").arg(stage.step).arg(stage.steps));
            m_time->setText(tr("%1 left").arg(durationText(stage.secondsLeft)));
        }
        break;
    case Phase::Done:
        if (stage.fromCache)
            say(tr("kept"));
        else
            say(tr("done · %1").arg(durationText(stage.seconds)), durationText(stage.seconds));
        break;
    case Phase::Stopped:
        say(tr("stopped · %1/%2").arg(stage.step).arg(stage.steps), tr("stopped"));
        break;
    }
    m_status->setToolTip(stage.secondsPerStep > 0
                             ? tr("%1 s per step").arg(locale().toString(stage.secondsPerStep, 'g', 2))
                             : QString());
    setTone(*m_status, running ? Tone::Accent : Tone::Muted);
    setStyleProperty(*this, "card", running ? u"active"_s : u"true"_s);
    // The first stage can always be run again; a later one needs what the ones before it made.
    const bool reached = m_stage == StageId::Keyframes ||
                         generation.stage(static_cast<StageId>(static_cast<int>(m_stage) - 1)).phase == Phase::Done;
    m_rerun->setVisible(generation.canRerun() && reached);
    m_time->setVisible(!m_time->text().isEmpty());
    fitTexts();
    setAccessibleDescription(statusText());
    if (!stage.clip)
        showClip(nullptr);
}

void StageCard::showClip(const ClipPtr& clip) {
    m_thumbnail->setClip(clip);
}

// brief is for a narrow card, whose bar says the rest.
void StageCard::say(const QString& full, const QString& brief) {
    m_full = full;
    m_brief = brief.isEmpty() ? full : brief;
}

void StageCard::fitTexts() {
    const auto fits = [this](const QString& text) {
        int taken = m_status->fontMetrics().horizontalAdvance(text);
        for (const QWidget* beside : {static_cast<QWidget*>(m_time), static_cast<QWidget*>(m_rerun)})
            taken += beside->isHidden() ? 0 : beside->sizeHint().width() + kGap;
        const QMargins margins = layout()->contentsMargins();
        return taken <= contentsRect().width() - margins.left() - margins.right();
    };
    m_rerun->setText(tr("From here"));
    if (!fits(m_brief))
        m_rerun->setText(QString());
    m_status->setText(fits(m_full) ? m_full : m_brief);
    const bool whole = m_title->fontMetrics().horizontalAdvance(stageTitle(m_stage)) <= m_title->width();
    m_title->setText(whole ? stageTitle(m_stage) : stageTabTitle(m_stage));
}

QString StageCard::statusText() const {
    return m_time->text().isEmpty() ? m_full : m_full + u" · "_s + m_time->text();
}

void StageCard::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fitTexts();
}

void StageCard::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->pos()))
        Q_EMIT picked(m_stage);
}

} // namespace s1::ui
