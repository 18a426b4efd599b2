#include "viewers/transport_bar.h"

#include "viewers/playback_clock.h"
#include "widgets/themed_icon.h"
#include "widgets/type_scale.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>

namespace s1::ui {

using namespace Qt::StringLiterals;

TransportBar::TransportBar(PlaybackClock& clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    setLayoutDirection(Qt::LeftToRight); // time runs this way in every script, as on any player
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    connect(addButton(u"first"_s, tr("First frame (Home)")), &QToolButton::clicked, this, [this] {
        m_clock.setPlaying(false);
        m_clock.seek(0);
    });
    connect(addButton(u"previous"_s, tr("Previous frame (,)")), &QToolButton::clicked, this,
            [this] { m_clock.step(-1); });
    m_play = addButton(u"play"_s, tr("Play (Space)"));
    connect(m_play, &QToolButton::clicked, &m_clock, &PlaybackClock::toggle);
    connect(addButton(u"next"_s, tr("Next frame (.)")), &QToolButton::clicked, this, [this] { m_clock.step(1); });
    connect(addButton(u"last"_s, tr("Last frame (End)")), &QToolButton::clicked, this, [this] {
        m_clock.setPlaying(false);
        m_clock.seek(m_clock.frameCount() - 1);
    });

    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setAccessibleName(tr("Frame"));
    m_slider->setPageStep(4);
    connect(m_slider, &QSlider::sliderPressed, this, [this] { m_clock.setPlaying(false); });
    connect(m_slider, &QSlider::valueChanged, &m_clock, &PlaybackClock::seek);
    row->addSpacing(8);
    row->addWidget(m_slider, 1);
    row->addSpacing(8);

    m_place = makeNote(QString());
    m_place->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_place->setMinimumWidth(
        m_place->fontMetrics().horizontalAdvance(tr("Frame %1 of %2 · %3 s").arg(88).arg(88).arg(u"88.88"_s)));
    row->addWidget(m_place);
    row->addSpacing(8);

    auto* loop = addButton(u"loop"_s, tr("Loop"));
    loop->setCheckable(true);
    loop->setChecked(m_clock.isLooping());
    connect(loop, &QToolButton::toggled, &m_clock, &PlaybackClock::setLooping);

    connect(&m_clock, &PlaybackClock::lengthChanged, this, &TransportBar::showLength);
    connect(&m_clock, &PlaybackClock::frameChanged, this, &TransportBar::showFrame);
    connect(&m_clock, &PlaybackClock::playingChanged, this, &TransportBar::showPlaying);
    showLength();
}

QToolButton* TransportBar::addButton(const QString& icon, const QString& name) {
    QToolButton* button = makeIconButton(icon, name, this);
    layout()->addWidget(button);
    return button;
}

void TransportBar::showLength() {
    setEnabled(m_clock.frameCount() > 0);
    m_slider->setRange(0, std::max(0, m_clock.frameCount() - 1));
    showFrame();
    showPlaying();
}

void TransportBar::showFrame() {
    const QSignalBlocker blocker(m_slider); // following is not seeking
    m_slider->setValue(m_clock.frame());
    if (m_clock.frameCount() == 0) {
        m_place->clear();
        return;
    }
    const QString seconds = locale().toString(m_clock.frame() / m_clock.fps(), 'f', 2);
    m_place->setText(tr("Frame %1 of %2 · %3 s").arg(m_clock.frame() + 1).arg(m_clock.frameCount()).arg(seconds));
    m_slider->setAccessibleDescription(m_place->text());
}

void TransportBar::showPlaying() {
    const bool plays = m_clock.isPlaying() && m_clock.frameCount() > 0; // an empty clock is ready, but nothing moves
    const QString name = plays ? tr("Pause (Space)") : tr("Play (Space)");
    m_play->setIcon(themedIcon(plays ? u"pause"_s : u"play"_s));
    m_play->setToolTip(name);
    m_play->setAccessibleName(name);
}

} // namespace s1::ui
