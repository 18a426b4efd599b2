#pragma once

#include "plan/plan.h"

#include <QWidget>

#include <array>
#include <optional>

class QDoubleSpinBox;
class QSpinBox;

namespace s1::ui {

// The expert fold: steps and guidance of each stage, and how much the last one repaints.
class PlanEditor : public QWidget {
    Q_OBJECT

public:
    explicit PlanEditor(QWidget* parent = nullptr);

    const CascadePlan& plan() const { return m_plan; }
    void setPlan(const CascadePlan& plan);
    void clearSeeds(); // every stage takes the run's seed

Q_SIGNALS:
    void edited(); // by the user

private:
    CascadePlan m_plan;
    std::array<QSpinBox*, kStages.size()> m_steps{};
    std::array<QDoubleSpinBox*, kStages.size()> m_guidance{};
    QDoubleSpinBox* m_strength = nullptr;
};

} // namespace s1::ui
