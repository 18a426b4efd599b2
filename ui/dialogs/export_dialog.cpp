#include "dialogs/export_dialog.h"

#include "text.h"
#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

ExportDialog::ExportDialog(Offer offer, std::vector<ExportFormatInfo> formats, QWidget* parent)
    : QDialog(parent),
      m_offer(std::move(offer)),
      m_formats(std::move(formats)),
      m_format(new QComboBox),
      m_path(new QLineEdit),
      m_withRecipe(new QCheckBox(tr("Keep prompt, seed and settings in the file"))),
      m_note(makeNote(QString())),
      m_export(new QPushButton(themedIcon(u"export"_s, QPalette::HighlightedText), tr("Export"))) {
    setWindowTitle(tr("Export clip"));
    m_format->setAccessibleName(tr("Format"));
    m_path->setAccessibleName(tr("File"));
    m_path->setMinimumWidth(fontMetrics().averageCharWidth() * 48);
    m_withRecipe->setToolTip(m_offer.recipe.empty()
                                 ? tr("Only the finished clip can carry them.")
                                 : tr("Drop the file on the window later and everything comes back."));
    m_withRecipe->setChecked(!m_offer.recipe.empty());
    m_withRecipe->setEnabled(!m_offer.recipe.empty());
    m_note->setWordWrap(true);

    auto* items = qobject_cast<QStandardItemModel*>(m_format->model());
    for (const ExportFormatInfo& format : m_formats) {
        const QString title = formatTitle(format.title);
        m_format->addItem(format.lossless ? tr("%1, lossless").arg(title) : title, toQString(format.id));
        if (!format.available) {
            QStandardItem* item = items->item(m_format->count() - 1);
            item->setEnabled(false);
            item->setToolTip(tr("This computer's FFmpeg has no encoder for it."));
        }
    }
    int row = m_format->findData(m_offer.format);
    if (row < 0 || !m_formats[static_cast<std::size_t>(row)].available)
        for (row = 0; row < m_format->count() && !m_formats[static_cast<std::size_t>(row)].available;)
            ++row;
    m_format->setCurrentIndex(row);

    auto* browse = makeIconButton(u"open"_s, tr("Choose where to save…"));
    browse->setProperty("role", u"field"_s);
    auto* file = new QHBoxLayout;
    file->setSpacing(4);
    file->addWidget(m_path, 1);
    file->addWidget(browse);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Save as"), file);
    form->addRow(QString(), m_withRecipe);
    centreLabels(*form);

    auto* cancel = new QPushButton(tr("Cancel"));
    m_export->setProperty("role", u"primary"_s);
    m_export->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_note, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_export);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 18);
    column->setSpacing(14);
    column->addWidget(makeTitle(tr("Export clip")));
    column->addLayout(form);
    column->addLayout(buttons);

    m_path->setText(QDir(m_offer.folder).filePath(m_offer.name));
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::showFormat);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::showReady);
    connect(browse, &QToolButton::clicked, this, &ExportDialog::browse);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &QDialog::accept);
    showFormat();
}

const ExportFormatInfo* ExportDialog::current() const {
    const int row = m_format->currentIndex();
    return row >= 0 && row < static_cast<int>(m_formats.size()) ? &m_formats[static_cast<std::size_t>(row)] : nullptr;
}

QString ExportDialog::format() const {
    return m_format->currentData().toString();
}
QString ExportDialog::folder() const {
    return QFileInfo(m_path->text()).path();
}

void ExportDialog::showFormat() {
    const ExportFormatInfo* format = current();
    if (format) {
        // Only an ending that is a format's own is swapped: "clip v1.2" keeps its dot.
        QString path = m_path->text();
        for (const ExportFormatInfo& known : m_formats)
            if (const QString ending = u'.' + toQString(known.extension);
                !known.extension.empty() && path.endsWith(ending))
                path.chop(ending.size());
        m_path->setText(format->extension.empty() ? path : path + u'.' + toQString(format->extension));
    }
    showReady();
}

void ExportDialog::showReady() {
    const ExportFormatInfo* format = current();
    m_export->setEnabled(m_offer.clip && format && format->available &&
                         !QFileInfo(m_path->text()).fileName().isEmpty());
    if (m_offer.clip)
        m_note->setText(tr("%1 frames · %2 × %3 · %4 s")
                            .arg(m_offer.clip->frameCount())
                            .arg(m_offer.clip->width())
                            .arg(m_offer.clip->height())
                            .arg(locale().toString(m_offer.clip->seconds(), 'f', 1)));
}

void ExportDialog::browse() {
    auto* dialog = new QFileDialog(this, tr("Export clip"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    if (const ExportFormatInfo* format = current(); format && !format->extension.empty()) {
        const QString ending = toQString(format->extension);
        dialog->setNameFilter(u"%1 (*.%2)"_s.arg(formatTitle(format->title), ending));
        dialog->setDefaultSuffix(ending);
    }
    dialog->selectFile(m_path->text());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_path->setText(path);
        showFormat();
    });
    dialog->open();
}

ExportRequest ExportDialog::request() const {
    return {.clip = m_offer.clip,
            .recipe = m_withRecipe->isChecked() ? m_offer.recipe : std::string(),
            .format = format().toStdString(),
            .path = toPath(m_path->text())};
}

} // namespace s1::ui
