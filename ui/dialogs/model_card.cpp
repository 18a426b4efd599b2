#include "dialogs/model_card.h"

#include "models/model_list.h"
#include "text.h"
#include "widgets/fold.h"
#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostFaults = 4;
const std::string kPublished = "show-1"; // what a folder is added as

double gibibytes(std::uint64_t bytes) {
    return static_cast<double>(bytes) / (1 << 30);
}

QLabel* makeText(const QString& text) {
    QLabel* label = makeNote(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QString partState(const ModelPartInfo& part) {
    if (part.folder.empty())
        return ModelCard::tr("missing");
    return isHere(part) ? sizeText(gibibytes(part.bytes)) : ModelCard::tr("incomplete");
}

QString missingText(const ModelPartInfo& part) {
    const QString first = toQString(part.missing.front());
    return part.missing.size() == 1
               ? ModelCard::tr("%1 is missing").arg(first)
               : ModelCard::tr("%1 and %2 more are missing").arg(first).arg(part.missing.size() - 1);
}

// "14 h" is one word.
QString unbroken(QString text) {
    return text.replace(u' ', QChar::Nbsp);
}

} // namespace

ModelCard::ModelCard(ModelList& models, EngineBridge& bridge, std::string name)
    : m_models(models),
      m_bridge(bridge),
      m_name(std::move(name)),
      m_title(makeHeading(QString())),
      m_state(makeNote(QString())),
      m_use(new QPushButton(tr("Use"))),
      m_description(makeText(QString())),
      m_parts(new QGridLayout),
      m_progress(new QProgressBar),
      m_work(makeText(QString())) {
    m_buttons = makeButtons();
    m_instructions = new Fold(tr("Where to get it"), makeInstructions());
    setProperty("card", u"true"_s);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    m_progress->setAccessibleName(tr("Verifying"));
    m_work->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_parts->setHorizontalSpacing(12);
    m_parts->setVerticalSpacing(5);
    m_parts->setColumnStretch(2, 1);

    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_title);
    head->addWidget(m_state, 1);
    head->addWidget(m_use);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_description);
    column->addLayout(m_parts);
    column->addWidget(m_progress);
    column->addWidget(m_work);
    column->addWidget(m_buttons);
    column->addWidget(m_instructions);

    connect(m_use, &QPushButton::clicked, this, &ModelCard::useRequested);
    connect(&m_models, &ModelList::modelsChanged, this, &ModelCard::showModel);
    connect(&m_models, &ModelList::workChanged, this, &ModelCard::showWork);
    showModel();
    const ModelInfo* const model = m_models.find(m_name);
    m_instructions->setOpen(model && !model->registered);
}

QWidget* ModelCard::makeButtons() {
    m_folder = new QPushButton(themedIcon(u"open"_s), tr("Choose folder…"));
    m_folder->setToolTip(
        tr("The folder that the parts lie in, side by side, or a Hugging Face cache. Nothing is copied; "
           "parts that lie elsewhere can be added after it."));
    m_verify = new QPushButton;
    m_remove = new QPushButton(tr("Remove from list"));
    m_remove->setToolTip(tr("Its files stay where they are."));
    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 4, 0, 0);
    row->setSpacing(8);
    for (QPushButton* button : {m_folder, m_verify, m_remove})
        row->addWidget(button);
    row->addStretch(1);
    connect(m_folder, &QPushButton::clicked, this, &ModelCard::folderRequested);
    connect(m_verify, &QPushButton::clicked, this,
            [this] { m_models.checking() ? m_models.stop() : m_models.verify(m_name); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_folder->setFocus(); // this button goes
        m_remove->setEnabled(false);
        m_models.remove(m_name);
    });
    return buttons;
}

QWidget* ModelCard::makeInstructions() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(4, 0, 0, 0);
    column->setSpacing(6);
    for (const QString& paragraph :
         {tr("Five repositories on huggingface.co, 25 to 30 GB together: showlab/show-1-base, show-1-interpolation, "
             "show-1-sr1, show-1-sr2, and DeepFloyd/IF-II-L-v1.0. Their licences allow research, not commercial use."),
          tr("In a terminal, “show1-cli models download show-1” fetches what is missing, checks every file, and goes "
             "on "
             "where it stopped."),
          tr("IF-II-L-v1.0 needs an account there: first accept its licence on its page and put your token into the "
             "variable HF_TOKEN."),
          tr("If you have them already, choose their folder. Nothing is copied.")}) {
        QLabel* text = makeText(paragraph);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse); // to copy the command
        column->addWidget(text);
    }
    m_cache = new QPushButton(tr("Look in the Hugging Face cache"));
    connect(m_cache, &QPushButton::clicked, this, [this] { m_models.add({}); });
    column->addWidget(m_cache, 0, Qt::AlignLeft);
    return content;
}

QString ModelCard::stateText() const {
    return m_state->text();
}

void ModelCard::setChosen(bool chosen) {
    m_chosen = chosen;
    showModel();
}

QString ModelCard::description() const {
    const ModelKind kind = m_models.kindOf(m_name);
    const auto cost = m_bridge.forecast(kind, makePlan(Preset::Standard, kind));
    const auto device = m_bridge.device();
    QString text = m_models.find(m_name)->parts.empty() && kind == ModelKind::Embedded
                       ? tr("Comes with the program: a small world of drawn shapes.")
                   : kind == ModelKind::Embedded ? tr("Like the one that comes with the program.")
                                                 : tr("The published research model, for any subject.");
    if (cost && device)
        text += u' ' + tr("A Standard clip takes about %1 on this computer (%2) and %3 of memory.")
                           .arg(unbroken(durationText(cost->seconds)), deviceTitle(*device),
                                unbroken(sizeText(cost->memoryGiB)));
    return text;
}

void ModelCard::showModel() {
    const ModelInfo* const model = m_models.find(m_name);
    if (!model)
        return;
    const QString title = m_models.titleOf(m_name);
    m_title->setText(title);
    m_state->setText(m_chosen ? tr("%1, in use").arg(modelState(*model)) : modelState(*model));
    setTone(*m_state, m_chosen ? Tone::Accent : model->complete || !model->registered ? Tone::Muted : Tone::Warning);
    setAccessibleName(tr("%1: %2").arg(title, m_state->text()));
    setStyleProperty(*this, "card", m_chosen ? u"active"_s : u"true"_s);
    m_use->setAccessibleName(tr("Use %1").arg(title));
    m_use->setEnabled(model->complete && !m_chosen);
    m_use->setToolTip(model->complete ? tr("For the next clip") : tr("Not before all of it is here"));
    m_description->setText(description());
    m_buttons->setVisible(model->registered || m_name == kPublished);
    m_folder->setVisible(m_name == kPublished);
    m_verify->setVisible(model->registered);
    m_remove->setVisible(model->registered);
    m_instructions->setVisible(m_name == kPublished && !model->complete);
    showParts();
    showWork();
}

// Only what is new: labels made anew stand empty for a moment.
void ModelCard::showParts() {
    const ModelInfo& model = *m_models.find(m_name);
    if (model.parts == m_shownParts)
        return;
    m_shownParts = model.parts;
    while (QLayoutItem* item = m_parts->takeAt(0)) {
        delete item->widget(); // labels: nothing of theirs is running
        delete item;
    }
    const Tone gone = model.registered ? Tone::Warning : Tone::Muted;
    int row = 0;
    for (const ModelPartInfo& part : model.parts) {
        const bool half = !part.folder.empty() && !part.missing.empty();
        auto* mark = new QLabel;
        const int side = fontMetrics().height();
        mark->setPixmap(themedIcon(isHere(part) ? u"check"_s
                                   : half       ? u"warning"_s
                                                : u"absent"_s,
                                   isHere(part) ? QPalette::Link : QPalette::PlaceholderText)
                            .pixmap(QSize(side, side), devicePixelRatioF()));
        auto* name = new QLabel(toQString(part.name));
        auto* state = makeNote(partState(part));
        setTone(*state, isHere(part) ? Tone::Muted : gone);
        auto* licence = makeNote(toQString(part.licence));
        name->setAccessibleName(tr("%1: %2, %3").arg(name->text(), state->text(), licence->text()));
        name->setToolTip(toQString(part.folder));
        m_parts->addWidget(mark, row, 0);
        m_parts->addWidget(name, row, 1);
        m_parts->addWidget(state, row, 2);
        m_parts->addWidget(licence, row++, 3);
        if (!half)
            continue;
        auto* missing = makeText(missingText(part));
        setTone(*missing, Tone::Warning);
        m_parts->addWidget(missing, row++, 1, 1, 3);
    }
}

void ModelCard::showWork() {
    const auto& checking = m_models.checking();
    const bool mine = checking && checking->name == m_name;
    for (QPushButton* button : {m_folder, m_cache, m_remove})
        button->setEnabled(!checking);
    m_verify->setEnabled(mine || !checking);
    m_verify->setText(mine ? tr("Stop") : tr("Verify"));
    m_verify->setToolTip(mine ? tr("Stop verifying")
                              : tr("Reads every file: its hash where one is known, else its size. Takes minutes."));
    m_progress->setVisible(mine);
    QString said;
    if (mine) {
        const VerifyProgress& now = checking->progress;
        m_progress->setValue(now.size ? static_cast<int>(1000 * now.bytes / now.size) : 0);
        said = now.file.empty()
                   ? tr("Verifying…")
                   : tr("%1 of %2 · %3")
                         .arg(sizeText(gibibytes(now.bytes)), sizeText(gibibytes(now.size)), toQString(now.file));
    } else if (m_models.isAdding() && m_name == kPublished) {
        said = tr("Looking through the folder…");
        setTone(*m_work, Tone::Muted);
    } else if (const auto* faults = m_models.faultsOf(m_name)) {
        said = faults->empty() ? tr("All files are here; their sizes and known hashes are right.")
                               : tr("Get these files again:");
        for (std::size_t i = 0; i < std::min(faults->size(), kMostFaults); ++i)
            said += u'\n' + tr("%1 %2").arg(toQString((*faults)[i].file), toQString((*faults)[i].why));
        if (faults->size() > kMostFaults)
            said += u'\n' + tr("and %1 more").arg(faults->size() - kMostFaults);
        setTone(*m_work, faults->empty() ? Tone::Muted : Tone::Warning);
    }
    m_work->setText(said);
    m_work->setVisible(!said.isEmpty());
}

void ModelCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_models.find(m_name))
        return;
    m_shownParts.clear(); // their marks have a colour
    showParts();
}

} // namespace s1::ui
