#include "panels/slice_panel.h"

#include "models/cut_line.h"
#include "panels/slice_view.h"
#include "viewers/playback_clock.h"
#include "widgets/type_scale.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kExportRow = 8; // pixels of height per frame in the exported picture

int rowAt(double share, int size) {
    return std::min(static_cast<int>(share * size), size - 1) + 1;
} // counted from 1
} // namespace

SlicePanel::SlicePanel(CutLine& line, PlaybackClock& clock, QWidget* parent)
    : QFrame(parent),
      m_line(line),
      m_clock(clock),
      m_view(new SliceView),
      m_kind(new QComboBox),
      m_where(makeNote(QString())),
      m_export(makeIconButton(u"export"_s, tr("Save the slice as PNG…"))) {
    setProperty("card", u"true"_s);
    m_kind->addItems({tr("X-T"), tr("Y-T"), tr("Free line")});
    m_kind->setAccessibleName(tr("Direction of the slice line"));
    m_kind->setToolTip(tr("X-T cuts along a row, Y-T along a column; drag an end of the line for any other."));

    auto* head = new QHBoxLayout;
    head->setSpacing(6);
    head->addWidget(m_kind, 1);
    head->addWidget(m_export);

    auto* grid = new QGridLayout;
    grid->setSpacing(6);
    const std::pair<QString, QString> rows[] = {
        {tr("Coherence"), tr("How cleanly edges move: 1 is clean streaks, 0 is chaos.")},
        {tr("Flicker"), tr("How much brightness jumps from frame to frame. Lower is calmer.")},
        {tr("Hi-freq"), tr("Share of fast change over time, above a quarter of the frame rate. "
                           "Lower is smoother.")},
        {tr("Roughness"), tr("How much motion jerks instead of gliding. Lower is smoother.")},
    };
    int index = 0;
    for (const auto& [name, meaning] : rows) {
        auto* tile = new QFrame;
        tile->setProperty("card", u"inner"_s);
        tile->setToolTip(meaning);
        auto* value = makeHeading(u"–"_s);
        value->setAccessibleName(name);
        auto* tileColumn = new QVBoxLayout(tile);
        tileColumn->setContentsMargins(10, 7, 10, 7);
        tileColumn->setSpacing(1);
        tileColumn->addWidget(value);
        tileColumn->addWidget(makeNote(name));
        grid->addWidget(tile, index / 2, index % 2);
        m_values[static_cast<std::size_t>(index++)] = value;
    }
    auto* axes = new QHBoxLayout;
    axes->addWidget(m_where);
    axes->addStretch(1);
    axes->addWidget(makeNote(tr("time ↓")));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_view, 1);
    column->addLayout(axes);
    column->addLayout(grid);
    column->addStretch(0);
    setMinimumWidth(fontMetrics().averageCharWidth() * 34);

    connect(m_kind, &QComboBox::activated, this, [this](int row) {
        m_line.setVisible(true);
        m_line.setKind(static_cast<CutLine::Kind>(row));
    });
    connect(&m_line, &CutLine::kindChanged, this, [this] { m_kind->setCurrentIndex(static_cast<int>(m_line.kind())); });
    connect(&m_line, &CutLine::changed, this, &SlicePanel::refresh);
    connect(&m_clock, &PlaybackClock::frameChanged, m_view, &SliceView::setCursorRow);
    connect(m_view, &SliceView::rowPicked, this, [this](int row) {
        m_clock.setPlaying(false);
        m_clock.seek(row);
    });
    connect(m_export, &QToolButton::clicked, this, &SlicePanel::exportRequested);
    refresh();
}

void SlicePanel::setClip(ClipPtr clip) {
    m_clip = std::move(clip);
    m_view->setCursorRow(m_clock.frame());
    refresh();
}

void SlicePanel::showEvent(QShowEvent* event) {
    QFrame::showEvent(event);
    refresh();
}

void SlicePanel::refresh() {
    if (!isVisible() && m_clip)
        return; // a closed dock costs nothing
    m_slice = sliceClip(m_clip, m_line.line());
    m_view->setSlice(m_slice.image);
    m_export->setEnabled(!m_slice.image.isNull());
    showNumbers();
    showWhere();
}

void SlicePanel::showNumbers() {
    const auto& numbers = m_slice.numbers;
    const auto text = [&](double value) { return numbers ? locale().toString(value, 'f', 3) : u"–"_s; };
    const SliceNumbers shown = numbers.value_or(SliceNumbers{});
    m_values[0]->setText(text(shown.coherence));
    m_values[1]->setText(numbers ? tr("%1 %").arg(locale().toString(shown.flicker * 100, 'f', 1)) : u"–"_s);
    m_values[2]->setText(text(shown.highFrequency));
    m_values[3]->setText(text(shown.roughness));
}

void SlicePanel::showWhere() {
    if (!m_clip) {
        m_where->clear();
        return;
    }
    const QPointF middle = m_line.line().center();
    if (m_line.kind() == CutLine::Kind::Horizontal)
        m_where->setText(tr("row %1 of %2").arg(rowAt(middle.y(), m_clip->height())).arg(m_clip->height()));
    else if (m_line.kind() == CutLine::Kind::Vertical)
        m_where->setText(tr("column %1 of %2").arg(rowAt(middle.x(), m_clip->width())).arg(m_clip->width()));
    else
        m_where->setText(tr("free line"));
}

QImage SlicePanel::exportImage() const {
    return m_slice.image.isNull() ? QImage()
                                  : m_slice.image.scaled(m_slice.image.width(), m_slice.image.height() * kExportRow,
                                                         Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

} // namespace s1::ui
