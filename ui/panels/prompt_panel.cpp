#include "panels/prompt_panel.h"

#include "bridge/engine_bridge.h"
#include "models/model_list.h"
#include "panels/model_picker.h"
#include "panels/motion_picker.h"
#include "panels/plan_editor.h"
#include "panels/prompt_edit.h"
#include "text.h"
#include "widgets/fold.h"
#include "widgets/seed_edit.h"
#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QComboBox>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMostHints = 3;
constexpr double kLongSeconds = 3600; // a run to think about twice
constexpr int kCustom = -1; // the preset row of a plan edited by hand
} // namespace

PromptPanel::PromptPanel(EngineBridge& bridge, ModelList& models, MotionList& motions, QWidget* parent)
    : QWidget(parent),
      m_bridge(bridge),
      m_models(models),
      m_description(new PromptDescription(bridge, this)),
      m_prompt(new PromptEdit),
      m_tokens(makeNote(QString())),
      m_hints(new QVBoxLayout),
      m_negative(new PromptEdit),
      m_plan(new PlanEditor),
      m_generate(new QPushButton),
      m_forecast(makeNote(QString())) {
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setPlaceholderText(tr("What should happen, in one sentence"));
    m_prompt->setVisibleLines(5);
    QFont larger = m_prompt->font();
    larger.setPointSizeF(larger.pointSizeF() * 1.1);
    m_prompt->setFont(larger);

    auto* negative = new QWidget;
    auto* negativeColumn = new QVBoxLayout(negative);
    negativeColumn->setContentsMargins(0, 0, 0, 0);
    negativeColumn->setSpacing(4);
    m_negative->setVisibleLines(2);
    m_negative->setAccessibleName(tr("Negative prompt"));
    m_negative->setPlaceholderText(tr("What should not be seen"));
    auto* negativeNote = makeNote(tr("Reaches the last stage only, as in the published Show-1."));
    negativeNote->setWordWrap(true);
    negativeColumn->addWidget(m_negative);
    negativeColumn->addWidget(negativeNote);
    m_negativeFold = new Fold(tr("Negative prompt"), negative);

    m_tokens->setToolTip(tr("Tokens of the prompt and the most the model reads"));
    auto* below = new QHBoxLayout;
    m_hints->setSpacing(4);
    below->addLayout(m_hints, 1);
    below->addWidget(m_tokens, 0, Qt::AlignTop | Qt::AlignRight);

    auto* scrolled = new QWidget;
    scrolled->setObjectName(u"scrolled"_s);
    auto* column = new QVBoxLayout(scrolled);
    column->setContentsMargins(14, 12, 14, 8);
    column->setSpacing(8);
    column->addWidget(m_prompt);
    column->addLayout(below);
    column->addWidget(m_negativeFold);
    column->addWidget(makeFields(motions));
    column->addWidget(new Fold(tr("Per-stage settings"), m_plan));
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(scrolled);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(14, 6, 14, 12);
    foot->setSpacing(8);
    m_forecast->setAlignment(Qt::AlignHCenter);
    m_forecast->setWordWrap(true);
    m_forecast->setToolTip(tr("The clip to be made, and about how much time and memory it takes here"));
    foot->addWidget(m_generate);
    foot->addWidget(m_forecast);

    auto* card = new QFrame;
    card->setProperty("card", u"true"_s);
    auto* cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(1, 1, 1, 1);
    cardColumn->setSpacing(0);
    cardColumn->addWidget(scroll, 1);
    cardColumn->addLayout(foot);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(card);
    setMinimumWidth(fontMetrics().averageCharWidth() * 42);

    connect(m_prompt, &QPlainTextEdit::textChanged, this, [this] {
        m_description->setText(m_prompt->toPlainText());
        m_generate->setEnabled(m_running || !m_prompt->toPlainText().trimmed().isEmpty());
        Q_EMIT changed();
    });
    connect(m_negative, &QPlainTextEdit::textChanged, this, [this] {
        m_negativeFold->setTitle(m_negative->toPlainText().isEmpty() ? tr("Negative prompt")
                                                                     : tr("Negative prompt (in use)"));
        Q_EMIT changed();
    });
    connect(m_description, &PromptDescription::changed, this, &PromptPanel::showDescription);
    connect(m_plan, &PlanEditor::edited, this, [this] {
        m_preset->setCurrentIndex(m_preset->findData(kCustom));
        showForecast();
        Q_EMIT changed();
    });
    connect(m_generate, &QPushButton::clicked, this,
            [this] { m_running ? Q_EMIT cancelRequested() : Q_EMIT generateRequested(); });
    connect(&m_bridge, &EngineBridge::ready, this, &PromptPanel::showForecast);
    setRunning(false, false);
    showForecast();
}

QWidget* PromptPanel::makeFields(MotionList& motions) {
    m_motion = new MotionPicker(motions);
    m_model = new ModelPicker(m_models);
    m_preset = new QComboBox;
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_preset->setMinimumContentsLength(2); // a long name must not widen the panel
    offerPresets();
    m_seed = new SeedEdit;

    auto* fields = new QWidget;
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 4, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Model"), m_model);
    form->addRow(tr("Motion"), m_motion);
    form->addRow(tr("Preset"), m_preset);
    form->addRow(tr("Seed"), m_seed);
    centreLabels(*form);

    connect(m_model, &ModelPicker::picked, this, &PromptPanel::takeModel);
    connect(m_model, &ModelPicker::listRequested, this, &PromptPanel::modelsRequested);
    connect(m_model, &ModelPicker::lost, this, [this](const QString& name) {
        takeModel();
        Q_EMIT modelLost(name);
    });
    connect(&m_models, &ModelList::modelsChanged, this, [this] {
        if (m_kind == modelKind())
            return;
        m_kind = modelKind(); // it was a guess
        offerPresets();
        showForecast();
    });
    connect(m_preset, &QComboBox::activated, this, [this] {
        if (const auto picked = preset())
            pickPreset(*picked);
    });
    connect(m_motion, &MotionPicker::changed, this, &PromptPanel::changed);
    connect(m_motion, &MotionPicker::learnRequested, this, &PromptPanel::learnRequested);
    connect(m_motion, &MotionPicker::openRequested, this, &PromptPanel::openMotionRequested);
    connect(m_seed, &SeedEdit::changed, this, &PromptPanel::changed);
    return fields;
}

ModelKind PromptPanel::modelKind() const {
    return m_models.kindOf(m_model->model());
}

// A plan is made for one kind of model; the other kind begins with the same preset, where it has it.
void PromptPanel::takeModel() {
    m_description->setModel(m_model->model());
    const auto wanted = preset();
    if (m_kind != modelKind()) {
        m_kind = modelKind();
        const auto presets = presetsFor(m_kind);
        const bool kept = wanted && std::find(presets.begin(), presets.end(), *wanted) != presets.end();
        pickPreset(kept ? *wanted : Preset::Standard);
        return;
    }
    showForecast();
    Q_EMIT changed();
}

void PromptPanel::chooseModel(const std::string& name) {
    m_model->setModel(name);
    takeModel();
}

void PromptPanel::offerPresets() {
    const QSignalBlocker blocker(m_preset);
    m_preset->clear();
    int row = -1;
    for (const Preset preset : presetsFor(m_kind)) {
        m_preset->addItem(presetTitle(preset), static_cast<int>(preset));
        m_preset->setItemData(m_preset->count() - 1, presetHint(preset, m_kind), Qt::ToolTipRole);
        if (m_plan->plan() == makePlan(preset, m_kind))
            row = m_preset->count() - 1;
    }
    m_preset->addItem(tr("Custom"), kCustom);
    m_preset->setItemData(m_preset->count() - 1, tr("The per-stage settings below"), Qt::ToolTipRole);
    m_preset->setCurrentIndex(row < 0 ? m_preset->count() - 1 : row);
    m_preset->setToolTip(m_preset->currentData(Qt::ToolTipRole).toString());
}

std::optional<Preset> PromptPanel::preset() const {
    const int value = m_preset->currentData().toInt();
    return value == kCustom ? std::nullopt : std::optional(static_cast<Preset>(value));
}

void PromptPanel::pickPreset(Preset preset) {
    m_plan->setPlan(makePlan(preset, m_kind));
    offerPresets();
    showForecast();
    Q_EMIT changed();
}

GenerateRequest PromptPanel::request() const {
    GenerateRequest request;
    request.prompt = m_prompt->toPlainText().simplified().toStdString();
    request.negative = m_negative->toPlainText().simplified().toStdString();
    request.seed = m_seed->seed();
    request.model = m_model->model();
    request.plan = m_plan->plan();
    request.motion = m_motion->choice();
    return request;
}

bool PromptPanel::restore(const Recipe& recipe) {
    m_prompt->replaceText(toQString(recipe.prompt));
    m_negative->replaceText(toQString(recipe.negative));
    m_negativeFold->setOpen(!recipe.negative.empty());
    m_seed->setSeed(recipe.seed);
    m_seed->setLocked(true);
    const bool here = m_models.canUse(recipe.model);
    m_model->setModel(here ? recipe.model : std::string());
    m_description->setModel(m_model->model());
    m_kind = modelKind();
    m_plan->setPlan(here ? recipe.plan : makePlan(Preset::Standard, m_kind));
    offerPresets();
    m_motion->setChoice(here ? recipe.motion : std::nullopt); // learned from that model
    showForecast();
    Q_EMIT changed();
    return here;
}

bool PromptPanel::isSeedLocked() const {
    return m_seed->isLocked();
}
void PromptPanel::setSeedLocked(bool locked) {
    m_seed->setLocked(locked);
}

void PromptPanel::rollSeed() {
    if (m_seed->isLocked())
        return;
    m_seed->roll();
    m_plan->clearSeeds(); // of a stage that was run again in the clip these settings came from
}

bool PromptPanel::hasDraft() const {
    return m_preset->findData(static_cast<int>(Preset::Draft)) >= 0;
}
void PromptPanel::useDraft() {
    pickPreset(Preset::Draft);
}

void PromptPanel::chooseMotion(const QString& file) {
    m_motion->setChoice(MotionChoice{toPath(file), 1.0});
}

void PromptPanel::setRunning(bool running, bool stopping) {
    if (std::exchange(m_running, running) && !running)
        showForecast(); // how long it takes is known better now
    m_generate->setText(stopping ? tr("Stopping…") : running ? tr("Cancel") : tr("Generate"));
    m_generate->setIcon(running ? themedIcon(u"stop"_s) : themedIcon(u"generate"_s, QPalette::HighlightedText));
    m_generate->setToolTip(running ? tr("Stop this run (Esc)") : tr("Make the clip (Ctrl+Enter)"));
    m_generate->setDefault(!running);
    m_generate->setEnabled(!stopping && (running || !m_prompt->toPlainText().trimmed().isEmpty()));
    setStyleProperty(*m_generate, "role", running ? u"stop"_s : u"primary"_s);
}

void PromptPanel::showDescription() {
    m_tokens->setText(tr("%1 / %2").arg(m_description->tokens()).arg(m_description->limit()));
    m_tokens->setAccessibleName(tr("%1 of %2 tokens").arg(m_description->tokens()).arg(m_description->limit()));
    setTone(*m_tokens, m_description->tokens() > m_description->limit() ? Tone::Warning : Tone::Muted);
    m_prompt->markUnknown(m_description->unknown());
    while (QLayoutItem* item = m_hints->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    int shown = 0;
    for (const auto& word : m_description->unknown()) {
        if (shown++ == kMostHints)
            break;
        auto* hint = new QPushButton;
        hint->setProperty("role", u"hint"_s);
        hint->setEnabled(!word.nearest.isEmpty());
        hint->setText(word.nearest.isEmpty() ? tr("“%1” is not known").arg(word.text)
                                             : tr("“%1” → %2").arg(word.text, word.nearest));
        hint->setToolTip(tr("The model does not know “%1”. Click to use the nearest word it knows.").arg(word.text));
        hint->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        makeSmall(*hint);
        connect(hint, &QPushButton::clicked, this, [this, word] { m_prompt->replaceWord(word, word.nearest); });
        m_hints->addWidget(hint);
    }
    if (m_description->leavesColorOpen()) {
        QLabel* note = makeNote(tr("No colour said: it may change"));
        note->setToolTip(tr("The model chooses a colour in each picture. Say one, as in “a red ball”, and it stays."));
        note->setWordWrap(true);
        m_hints->addWidget(note);
    }
}

void PromptPanel::showForecast() {
    const StagePlan& last = m_plan->plan()[kStages.back()];
    QString text = tr("%1 frames · %2 × %3").arg(last.frames).arg(last.width).arg(last.height);
    const auto forecast = m_bridge.forecast(m_kind, m_plan->plan());
    if (forecast)
        text += u'\n' + tr("≈ %1 · %2").arg(durationText(forecast->seconds), sizeText(forecast->memoryGiB));
    setTone(*m_forecast, forecast && forecast->seconds > kLongSeconds ? Tone::Warning : Tone::Muted);
    m_forecast->setText(text);
}

} // namespace s1::ui
