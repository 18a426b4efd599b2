#include "dialogs/models_dialog.h"

#include "dialogs/model_card.h"
#include "error_text.h"
#include "models/model_list.h"
#include "text.h"
#include "widgets/message_bar.h"
#include "widgets/type_scale.h"

#include <QFileDialog>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kWidth = 104; // letters
}

ModelsDialog::ModelsDialog(ModelList& models, EngineBridge& bridge, QWidget* parent)
    : QDialog(parent),
      m_models(models),
      m_bridge(bridge),
      m_message(new MessageBar),
      m_scroll(new QScrollArea),
      m_content(new QWidget),
      m_column(new QVBoxLayout(m_content)) {
    setWindowTitle(tr("Models"));
    m_content->setObjectName(u"scrolled"_s);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
    m_column->addStretch(1);
    m_content->installEventFilter(this);
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* close = new QPushButton(tr("Close"));
    close->setDefault(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 18);
    column->setSpacing(14);
    column->addWidget(makeTitle(tr("Models")));
    column->addWidget(m_message);
    column->addWidget(m_scroll, 1);
    column->addWidget(close, 0, Qt::AlignRight);

    close->setFocus(); // not the first control, whichever that is just now
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&m_models, &ModelList::modelsChanged, this, &ModelsDialog::showModels);
    connect(&m_models, &ModelList::added, this, &ModelsDialog::showAdded);
    connect(&m_models, &ModelList::failed, this, [this](const Error& error, Task task) {
        const ErrorText text = describeError(error, task);
        m_message->showMessage(
            {.kind = Message::Kind::Error, .sentence = text.sentence, .cause = text.cause, .details = text.details});
    });
    showModels();
}

ModelCard* ModelsDialog::card(const std::string& name) const {
    const auto it = m_cards.find(name);
    return it == m_cards.end() ? nullptr : it->second;
}

void ModelsDialog::showChosen(const std::string& model) {
    m_chosen = model.empty() ? "toyland" : model;
    for (const auto& [name, card] : m_cards)
        card->setChosen(name == m_chosen);
}

// A card stays as long as its model, so that the focus stays where it is.
void ModelsDialog::showModels() {
    for (auto it = m_cards.begin(); it != m_cards.end();) {
        if (m_models.find(it->first)) {
            ++it;
            continue;
        }
        it->second->deleteLater();
        it = m_cards.erase(it);
    }
    for (const ModelInfo& model : m_models.models()) {
        if (m_cards.contains(model.name))
            continue;
        auto* card = new ModelCard(m_models, m_bridge, model.name);
        m_cards[model.name] = card;
        m_column->insertWidget(m_column->count() - 1, card); // above the stretch
        const QString name = toQString(model.name);
        connect(card, &ModelCard::useRequested, this, [this, name] { Q_EMIT modelChosen(name); });
        connect(card, &ModelCard::folderRequested, this, &ModelsDialog::chooseFolder);
    }
    showChosen(m_chosen);
}

void ModelsDialog::showAdded(const QString& name) {
    const ModelInfo* const model = m_models.find(name.toStdString());
    if (!model)
        return;
    QStringList missing;
    for (const std::string& file : model->missing)
        missing.append(toQString(file));
    const QString title = m_models.titleOf(model->name);
    m_message->showMessage({.sentence = model->complete ? tr("%1 is complete and can be used.").arg(title)
                                                        : tr("%1 is not complete yet.").arg(title),
                            .cause = missing.isEmpty() ? QString() : tr("Missing: %1").arg(missing.join(u", "_s))});
}

void ModelsDialog::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose the folder with the published repositories"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        m_message->dismiss();
        m_models.add(folder);
    });
    dialog->open();
}

void ModelsDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    resize(fontMetrics().averageCharWidth() * kWidth, height());
    fit();
}

bool ModelsDialog::event(QEvent* event) {
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest) // the message bar
        fit();
    return handled;
}

bool ModelsDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_content && event->type() == QEvent::LayoutRequest) // a card
        fit();
    return QDialog::eventFilter(watched, event);
}

// As high as its cards, as far as there is room; it grows with them and does not shrink under the pointer.
void ModelsDialog::fit() {
    if (!isVisible())
        return;
    const QSize room = parentWidget() ? parentWidget()->size() - QSize(40, 40) : screen()->availableSize();
    const int wide = std::min(width(), room.width());
    const QMargins edges = layout()->contentsMargins();
    layout()->activate();
    const int around = height() - m_scroll->height();
    const int wanted = around + m_column->totalHeightForWidth(wide - edges.left() - edges.right());
    resize(wide, std::min(std::max(wanted, height()), room.height()));
}

} // namespace s1::ui
