#pragma once

#include "models/generation.h"

#include <QWidget>

#include <array>

class QLabel;
class QProgressBar;
class QTimer;

namespace s1::ui {

class PlaybackClock;
class StageCard;

// The four stages side by side, with the time left in total.
class StagesPanel : public QWidget {
    Q_OBJECT

public:
    StagesPanel(Generation& generation, const PlaybackClock& clock, QWidget* parent = nullptr);

    StageCard& card(StageId stage) { return *m_cards[static_cast<std::size_t>(stage)]; }

Q_SIGNALS:
    void rerunRequested(s1::StageId stage);
    void stagePicked(s1::StageId stage);

private:
    void showTotal();

    Generation& m_generation;
    std::array<StageCard*, kStages.size()> m_cards{};
    QLabel* m_total;
    QProgressBar* m_progress;
    QTimer* m_seconds;
};

} // namespace s1::ui
