#include "panels/model_picker.h"

#include "models/model_list.h"
#include "text.h"
#include "widgets/type_scale.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QStandardItemModel>
#include <QToolButton>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
std::string plainName(const std::string& name) {
    return name == "toyland" ? std::string() : name;
}
} // namespace

ModelPicker::ModelPicker(ModelList& models, QWidget* parent)
    : QWidget(parent), m_models(models), m_combo(new QComboBox) {
    m_combo->setAccessibleName(tr("Model"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(2);
    auto* list = makeIconButton(u"models"_s, tr("Models…"));
    list->setProperty("role", u"field"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_combo, 1);
    row->addWidget(list);

    connect(list, &QToolButton::clicked, this, &ModelPicker::listRequested);
    connect(m_combo, &QComboBox::activated, this, [this] {
        m_model = m_combo->currentData().toString().toStdString();
        Q_EMIT picked();
    });
    connect(&m_models, &ModelList::modelsChanged, this, [this] {
        if (!m_model.empty() && !m_models.canUse(m_model)) {
            const QString gone = m_models.titleOf(m_model);
            setModel({});
            Q_EMIT lost(gone);
        }
        showModels();
    });
    showModels();
}

void ModelPicker::setModel(const std::string& name) {
    m_model = plainName(name);
    showModels();
}

void ModelPicker::showModels() {
    const QSignalBlocker blocker(m_combo);
    m_combo->clear();
    auto* items = qobject_cast<QStandardItemModel*>(m_combo->model());
    for (const ModelInfo& model : m_models.models()) {
        const QString state = modelState(model);
        m_combo->addItem(model.complete ? m_models.titleOf(model.name)
                                        : tr("%1 (%2)").arg(m_models.titleOf(model.name), state),
                         toQString(plainName(model.name)));
        items->item(m_combo->count() - 1)->setEnabled(model.complete);
    }
    int row = m_combo->findData(toQString(m_model));
    if (row < 0) { // not listed yet
        m_combo->addItem(m_models.titleOf(m_model), toQString(m_model));
        row = m_combo->count() - 1;
    }
    m_combo->setCurrentIndex(row);
    // The list may be wider than the field: how much of a model is here stands at a line's end.
    m_combo->view()->setMinimumWidth(m_combo->view()->sizeHintForColumn(0) + fontMetrics().height());
    m_combo->setToolTip(tr("What makes the clip. Models… shows what is here and adds others."));
}

} // namespace s1::ui
