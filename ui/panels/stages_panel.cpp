#include "panels/stages_panel.h"

#include "panels/stage_card.h"
#include "text.h"
#include "widgets/type_scale.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QTimer>
#include <QVBoxLayout>

namespace s1::ui {

namespace {
constexpr int kTotalMs = 500;
constexpr int kParts = 1000; // of the total progress
} // namespace

StagesPanel::StagesPanel(Generation& generation, const PlaybackClock& clock, QWidget* parent)
    : QWidget(parent),
      m_generation(generation),
      m_total(makeNote(QString())),
      m_progress(new QProgressBar),
      m_seconds(new QTimer(this)) {
    m_progress->setRange(0, kParts);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    m_progress->setAccessibleName(tr("Progress of the whole run"));
    QSizePolicy keep = m_progress->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keep);

    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(makeHeading(tr("Stages")));
    head->addStretch(1);
    head->addWidget(m_total);
    head->addWidget(m_progress);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (const StageId id : kStages) {
        auto* card = new StageCard(id, clock);
        m_cards[static_cast<std::size_t>(id)] = card;
        row->addWidget(card, 1);
        connect(card, &StageCard::rerunRequested, this, &StagesPanel::rerunRequested);
        connect(card, &StageCard::picked, this, &StagesPanel::stagePicked);
        card->showStage(m_generation);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(head);
    column->addLayout(row, 1);

    m_seconds->setInterval(kTotalMs);
    connect(m_seconds, &QTimer::timeout, this, &StagesPanel::showTotal);
    connect(&m_generation, &Generation::stageChanged, this, [this](StageId id) {
        card(id).showStage(m_generation);
        showTotal();
    });
    connect(&m_generation, &Generation::clipChanged, this,
            [this](StageId id) { card(id).showClip(m_generation.stage(id).clip); });
    connect(&m_generation, &Generation::runningChanged, this, [this](bool running) {
        running ? m_seconds->start() : m_seconds->stop();
        for (StageCard* card : m_cards)
            card->showStage(m_generation); // whether it may be run again
        showTotal();
    });
    showTotal();
}

void StagesPanel::showTotal() {
    const bool running = m_generation.isRunning();
    m_progress->setVisible(running);
    m_progress->setValue(static_cast<int>(m_generation.progress() * kParts));
    if (m_generation.isStopping())
        m_total->setText(tr("stopping"));
    else if (running)
        m_total->setText(tr("about %1 left").arg(durationText(m_generation.secondsLeft())));
    else
        m_total->clear();
}

} // namespace s1::ui
