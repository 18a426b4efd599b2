#include "panels/plan_editor.h"

#include "text.h"
#include "widgets/type_scale.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>

namespace s1::ui {

namespace {

QDoubleSpinBox* makeNumber(double low, double high, double step, const QString& name) {
    auto* box = new QDoubleSpinBox;
    box->setRange(low, high);
    box->setSingleStep(step);
    box->setDecimals(step < 0.1 ? 2 : 1);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setAccessibleName(name);
    return box;
}

} // namespace

PlanEditor::PlanEditor(QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(4, 0, 0, 4);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(0, 1);
    grid->addWidget(makeNote(tr("Stage")), 0, 0);
    grid->addWidget(makeNote(tr("Steps")), 0, 1);
    grid->addWidget(makeNote(tr("Guidance")), 0, 2);
    for (const StageId id : kStages) {
        const auto index = static_cast<std::size_t>(id);
        const int row = static_cast<int>(index) + 1;
        auto* steps = new QSpinBox;
        steps->setRange(1, 1000);
        steps->setButtonSymbols(QAbstractSpinBox::NoButtons);
        steps->setAccessibleName(tr("Steps of %1").arg(stageTitle(id)));
        auto* guidance = makeNumber(0, 100, 0.5, tr("Guidance of %1").arg(stageTitle(id)));
        guidance->setToolTip(tr("How closely the stage follows the prompt. 1 or less: no guidance, twice as fast."));
        auto* name = new QLabel(stageTitle(id));
        name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        name->setToolTip(stageTitle(id));
        grid->addWidget(name, row, 0);
        grid->addWidget(steps, row, 1);
        grid->addWidget(guidance, row, 2);
        connect(steps, &QSpinBox::valueChanged, this, [this, id](int value) {
            m_plan[id].steps = value;
            Q_EMIT edited();
        });
        connect(guidance, &QDoubleSpinBox::valueChanged, this, [this, id](double value) {
            m_plan[id].guidance = value;
            Q_EMIT edited();
        });
        m_steps[index] = steps;
        m_guidance[index] = guidance;
    }
    m_strength = makeNumber(0.01, 1, 0.05, tr("Repaint of the last stage"));
    m_strength->setToolTip(
        tr("How much of the picture the last stage paints anew: 0.5 keeps the form, 1 keeps nothing."));
    grid->addWidget(new QLabel(tr("Repaint (last)")), 5, 0, 1, 2);
    grid->addWidget(m_strength, 5, 2);
    connect(m_strength, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_plan[StageId::Translation].strength = value;
        Q_EMIT edited();
    });
    setPlan(makePlan(Preset::Standard, ModelKind::Embedded));
}

void PlanEditor::setPlan(const CascadePlan& plan) {
    m_plan = plan;
    for (const StageId id : kStages) {
        const auto index = static_cast<std::size_t>(id);
        const QSignalBlocker steps(m_steps[index]), guidance(m_guidance[index]);
        m_steps[index]->setValue(plan[id].steps);
        m_guidance[index]->setValue(plan[id].guidance);
    }
    const QSignalBlocker strength(m_strength);
    m_strength->setValue(plan[StageId::Translation].strength);
}

void PlanEditor::clearSeeds() {
    for (StagePlan& stage : m_plan.stages)
        stage.seed.reset();
}

} // namespace s1::ui
