#include "panels/motion_sheet.h"

#include "models/motion_lesson.h"
#include "text.h"
#include "viewers/playback_clock.h"
#include "widgets/clip_thumbnail.h"
#include "widgets/loss_curve.h"
#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QDir>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace s1::ui {

using namespace Qt::StringLiterals;

MotionSheet::MotionSheet(MotionLesson& lesson, const PlaybackClock& clock, QWidget* parent)
    : QFrame(parent), m_lesson(lesson), m_clock(clock) {
    setProperty("card", u"true"_s);
    auto* close = makeIconButton(u"close"_s, tr("Back to the viewer"));
    auto* head = new QHBoxLayout;
    head->addWidget(makeTitle(tr("Learn a motion")));
    head->addStretch(1);
    head->addWidget(close);
    auto* intro =
        makeNote(tr("The way things move in this clip, without its look, becomes a motion you can give to any "
                    "prompt."));
    intro->setWordWrap(true);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(20);
    sides->addWidget(makeSource(), 5);
    sides->addWidget(makeForm(), 4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 14, 20, 16);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(intro);
    column->addLayout(sides, 3);
    column->addSpacing(4);
    column->addWidget(makeHeading(tr("Eight frames to learn from")));
    column->addLayout(makeStrip());
    column->addWidget(makeProgress(), 2);

    connect(close, &QToolButton::clicked, this, &MotionSheet::closeRequested);
    connect(&m_lesson, &MotionLesson::framesSampled, this, &MotionSheet::showFrames);
    connect(&m_lesson, &MotionLesson::stepped, this, &MotionSheet::showLesson);
    connect(&m_lesson, &MotionLesson::runningChanged, this, &MotionSheet::showReady);
    setSource({}, nullptr);
}

QWidget* MotionSheet::makeSource() {
    m_player = new ClipThumbnail(&m_clock);
    m_player->setPlaceholder(u"film"_s, tr("Drop a video here, or choose one."));
    m_player->setFitted(true);
    m_player->setAccessibleName(tr("Source clip"));
    m_about = makeElidedNote();
    auto* open = new QPushButton(themedIcon(u"open"_s), tr("Choose a clip…"));
    connect(open, &QPushButton::clicked, this, &MotionSheet::openRequested);
    auto* about = new QHBoxLayout;
    about->addWidget(m_about, 1);
    about->addWidget(open);

    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_player, 1);
    column->addLayout(about);
    return side;
}

QWidget* MotionSheet::makeForm() {
    m_sentence = new QLineEdit;
    m_sentence->setAccessibleName(tr("What moves, and how"));
    m_sentence->setPlaceholderText(tr("a shape moves to the right"));
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name of the motion"));
    const auto makeTime = [this](const QString& name) {
        auto* box = new QDoubleSpinBox;
        box->setDecimals(2);
        box->setSingleStep(0.1);
        box->setSuffix(tr(" s"));
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setAccessibleName(name);
        connect(box, &QDoubleSpinBox::valueChanged, this, &MotionSheet::sampleFrames);
        return box;
    };
    m_from = makeTime(tr("Learn from this second"));
    m_to = makeTime(tr("Learn up to this second"));
    m_steps = new QSpinBox;
    m_steps->setRange(10, 5000);
    m_steps->setSingleStep(50);
    m_steps->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_steps->setValue(200);
    m_steps->setAccessibleName(tr("Steps"));
    m_steps->setToolTip(tr("More steps follow the clip more closely, and take longer."));

    auto* range = new QHBoxLayout;
    range->setSpacing(8);
    range->addWidget(m_from, 1);
    range->addWidget(makeNote(tr("to")));
    range->addWidget(m_to, 1);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(8);
    form->setHorizontalSpacing(12);
    form->addRow(tr("Motion"), m_sentence);
    auto* note = makeNote(tr("Say the motion only, not the look: a look you name is a look that is kept."));
    note->setWordWrap(true);
    form->addRow(QString(), note);
    form->addRow(tr("Part"), range);
    form->addRow(tr("Steps"), m_steps);
    form->addRow(tr("Name"), m_name);
    centreLabels(*form);

    m_learn = new QPushButton;
    connect(m_learn, &QPushButton::clicked, this,
            [this] { m_lesson.isRunning() ? m_lesson.cancel() : Q_EMIT learnRequested(); });
    connect(m_sentence, &QLineEdit::textChanged, this, &MotionSheet::showReady);
    connect(m_name, &QLineEdit::textChanged, this, &MotionSheet::showReady);

    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(form);
    column->addStretch(1);
    column->addWidget(m_learn);
    return side;
}

QLayout* MotionSheet::makeStrip() {
    auto* strip = new QHBoxLayout;
    strip->setSpacing(4);
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        m_frames[i] = new ClipThumbnail(nullptr);
        m_frames[i]->setPlaceholder(u"film"_s);
        m_frames[i]->setFitted(true);
        m_frames[i]->setAccessibleName(tr("Frame %1 of 8 to learn from").arg(i + 1));
        m_frames[i]->setFixedHeight(fontMetrics().height() * 4);
        strip->addWidget(m_frames[i], 1);
    }
    return strip;
}

QWidget* MotionSheet::makeProgress() {
    m_curve = new LossCurve;
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of learning"));
    m_status = makeNote(QString());
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_curve, 1);
    column->addWidget(m_progress);
    column->addWidget(m_status);
    return part;
}

void MotionSheet::setSource(const std::filesystem::path& file, ClipPtr clip) {
    m_file = file;
    m_clip = std::move(clip);
    m_player->setClip(m_clip);
    const double seconds = m_clip ? m_clip->seconds() : 0;
    const QSignalBlocker from(m_from), to(m_to);
    for (QDoubleSpinBox* box : {m_from, m_to})
        box->setRange(0, std::max(seconds, 0.01));
    m_from->setValue(0);
    m_to->setValue(seconds);
    if (m_clip) {
        // In one call: a file name may hold "%2".
        m_about->setText(tr("%1 · %2 × %3 · %4 s")
                             .arg(toQString(file.filename()), QString::number(m_clip->width()),
                                  QString::number(m_clip->height()), locale().toString(seconds, 'f', 1)));
        m_name->setText(bareName(file));
    } else {
        m_about->clear(); // the player says it
        m_name->clear();
    }
    m_curve->setLosses({}, 0);
    sampleFrames();
    showReady();
}

void MotionSheet::sampleFrames() {
    if (!m_clip || m_clip->frames.empty()) {
        showFrames(nullptr);
        return;
    }
    // As the engine will: evenly over the part, both ends included. Its own answer replaces this when it starts.
    auto frames = std::make_shared<Clip>();
    frames->fps = m_clip->fps;
    const double last = m_clip->frameCount() - 1;
    const double from = std::clamp(m_from->value() * m_clip->fps, 0.0, last);
    const double to = std::clamp(m_to->value() * m_clip->fps - 1, from, last);
    for (int i = 0; i < static_cast<int>(m_frames.size()); ++i)
        frames->frames.push_back(m_clip->frames[static_cast<std::size_t>(from + (to - from) * i / 7 + 0.5)]);
    showFrames(frames);
}

void MotionSheet::showFrames(const ClipPtr& frames) {
    m_sampled = frames;
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        if (!frames || i >= frames->frames.size()) {
            m_frames[i]->setClip(nullptr);
            continue;
        }
        auto one = std::make_shared<Clip>();
        one->frames.push_back(frames->frames[i]);
        m_frames[i]->setClip(one);
    }
}

MotionLearnRequest MotionSheet::request() const {
    MotionLearnRequest request;
    request.clip = m_file;
    request.startSeconds = m_from->value();
    request.endSeconds = m_to->value() >= m_to->maximum() ? 0 : m_to->value();
    request.prompt = m_sentence->text().simplified().toStdString();
    request.steps = m_steps->value();
    QString name = m_name->text().simplified();
    name.replace(u'/', u'-');
    request.output = toPath(QDir(m_folder).filePath(name + u".s1motion"_s));
    return request;
}

void MotionSheet::showLesson() {
    m_curve->setLosses(m_lesson.losses(), m_lesson.steps());
    m_progress->setRange(0, std::max(1, m_lesson.steps()));
    m_progress->setValue(m_lesson.step());
    m_status->setText(m_lesson.step() == 0 ? tr("Starting…")
                                           : tr("Step %1 of %2 · %3 left")
                                                 .arg(m_lesson.step())
                                                 .arg(m_lesson.steps())
                                                 .arg(durationText(m_lesson.secondsLeft())));
}

void MotionSheet::showReady() {
    const bool running = m_lesson.isRunning();
    for (QWidget* field : std::initializer_list<QWidget*>{m_sentence, m_name, m_from, m_to, m_steps})
        field->setEnabled(!running);
    m_learn->setText(running ? tr("Cancel") : tr("Learn"));
    m_learn->setIcon(running ? themedIcon(u"stop"_s) : themedIcon(u"motion"_s, QPalette::HighlightedText));
    setStyleProperty(*m_learn, "role", running ? u"stop"_s : u"primary"_s);
    const bool ready = m_clip && !m_sentence->text().trimmed().isEmpty() && !m_name->text().trimmed().isEmpty();
    m_learn->setEnabled(running || ready);
    m_progress->setVisible(running);
    if (running) {
        m_sentence->setCursorPosition(0); // a long one is read from its start
        return;
    }
    if (!m_clip)
        m_status->setText(tr("Choose a clip to learn from."));
    else if (!ready)
        m_status->setText(tr("Say in a few words what moves, and how."));
    else
        m_status->clear();
}

} // namespace s1::ui
