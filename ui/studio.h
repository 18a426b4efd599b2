#pragma once

#include "error_text.h"
#include "models/cut_line.h"
#include "models/generation.h"
#include "models/model_list.h"
#include "models/motion_lesson.h"
#include "models/motion_list.h"
#include "models/recipe.h"
#include "viewers/playback_clock.h"

#include <QImage>
#include <QObject>

namespace s1::ui {

class Session;

// The state of one window without its widgets, and the errands that are no panel's own: opening, exporting, saving.
class Studio : public QObject {
    Q_OBJECT

public:
    Studio(EngineBridge& bridge, Session& session, QObject* parent = nullptr);

    EngineBridge& bridge() const { return m_bridge; }
    Session& session() { return m_session; }
    Generation& generation() { return m_generation; }
    MotionLesson& lesson() { return m_lesson; }
    ModelList& models() { return m_models; }
    MotionList& motions() { return m_motions; }
    CutLine& sliceLine() { return m_sliceLine; }
    PlaybackClock& clock() { return m_clock; }
    PlaybackClock& thumbnailClock() { return m_thumbnailClock; }

    void openReadyClip(const QString& path);    // only shown; a missing one is no error
    void open(const QString& path);             // ours: everything comes back; any other: a motion to learn
    void openMotionSource(const QString& path); // to learn from, whatever it is
    void addMotion(const QString& path);
    void exportClip(ExportRequest request);
    void savePicture(const QImage& picture, const QString& path);

Q_SIGNALS:
    void recipeOpened(const s1::ui::Recipe& recipe, const QString& path);
    void readyClipOpened(const QString& prompt);
    void sourceOpened(const QString& path, const s1::ClipPtr& clip);
    void motionAdded(const QString& path);
    void saved(const QString& path);
    void failed(const s1::Error& error, s1::ui::Task task);
    void busy(); // an opened clip would take the place of the one being made

private:
    using Opened = std::function<void(const Succeeded&)>;
    void read(const QString& path, Opened opened);

    EngineBridge& m_bridge;
    Session& m_session;
    Generation m_generation;
    MotionLesson m_lesson;
    ModelList m_models;
    MotionList m_motions;
    CutLine m_sliceLine;
    PlaybackClock m_clock;
    PlaybackClock m_thumbnailClock;
};

} // namespace s1::ui
