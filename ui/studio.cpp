#include "studio.h"

#include "settings/session.h"
#include "text.h"

#include <QSaveFile>
#include <QThreadPool>

namespace s1::ui {

namespace {
constexpr int kThumbnailTicks = 1 << 20; // the thumbnails' clock only counts; each takes the remainder
constexpr double kThumbnailFps = 8;
} // namespace

Studio::Studio(EngineBridge& bridge, Session& session, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_session(session), m_generation(bridge), m_lesson(bridge), m_models(bridge) {
    m_thumbnailClock.setLength(kThumbnailTicks, kThumbnailFps);
    m_thumbnailClock.setPlaying(true);
    m_clock.setPlaying(true);
    for (const QString& file : m_session.motions())
        m_motions.add(file);
    connect(&m_motions, &QAbstractItemModel::rowsInserted, this, [this] { m_session.saveMotions(m_motions.files()); });
    connect(&m_lesson, &MotionLesson::learned, this, &Studio::addMotion);
}

void Studio::read(const QString& path, Opened opened) {
    m_bridge.submit(OpenRequest{toPath(path)}, this, [this, opened](const JobEvent& event) {
        if (const auto* success = std::get_if<Succeeded>(&event))
            opened(*success);
        else if (const auto* failure = std::get_if<Failed>(&event))
            Q_EMIT failed(failure->error, Task::Open);
    });
}

void Studio::openReadyClip(const QString& path) {
    m_bridge.submit(OpenRequest{toPath(path)}, this, [this](const JobEvent& event) {
        const auto* success = std::get_if<Succeeded>(&event);
        if (!success || m_generation.isRunning() || m_generation.result())
            return;
        m_generation.adopt(success->clip, success->recipe);
        const auto recipe = parseRecipe(success->recipe);
        Q_EMIT readyClipOpened(recipe ? toQString(recipe->prompt) : QString());
    });
}

void Studio::open(const QString& path) {
    read(path, [this, path](const Succeeded& success) {
        const auto recipe = parseRecipe(success.recipe);
        if (!recipe) {
            Q_EMIT sourceOpened(path, success.clip);
        } else if (m_generation.isRunning()) {
            Q_EMIT busy();
        } else {
            m_generation.adopt(success.clip, success.recipe);
            Q_EMIT recipeOpened(*recipe, path);
        }
    });
}

void Studio::openMotionSource(const QString& path) {
    read(path, [this, path](const Succeeded& success) { Q_EMIT sourceOpened(path, success.clip); });
}

void Studio::addMotion(const QString& path) {
    m_motions.add(path);
    Q_EMIT motionAdded(path);
}

void Studio::exportClip(ExportRequest request) {
    m_bridge.submit(std::move(request), this, [this](const JobEvent& event) {
        if (const auto* success = std::get_if<Succeeded>(&event))
            Q_EMIT saved(toQString(success->path));
        else if (const auto* failure = std::get_if<Failed>(&event))
            Q_EMIT failed(failure->error, Task::Export);
    });
}

void Studio::savePicture(const QImage& picture, const QString& path) {
    // Encoding and the disk may be slow; Qt's pool takes it so that the window does not wait.
    QThreadPool::globalInstance()->start([guard = QPointer<Studio>(this), picture, path] {
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && picture.save(&file, "PNG") && file.commit();
        const std::string reason = written ? std::string() : file.errorString().toStdString();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard, written, path, reason] {
                if (!guard)
                    return;
                if (written)
                    Q_EMIT guard->saved(path);
                else
                    Q_EMIT guard->failed(
                        {ErrorCode::CannotCreate, path.toStdString() + ": " + reason, path.toStdString()},
                        Task::Export);
            },
            Qt::QueuedConnection);
    });
}

} // namespace s1::ui
