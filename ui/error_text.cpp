#include "error_text.h"

#include "text.h"

#include <QCoreApplication>

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

struct ErrorTr {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

bool isOfModels(Task task) {
    return task == Task::Models || task == Task::AddModel;
}

QString whatFailed(ErrorCode code, Task task) {
    if (code == ErrorCode::OutOfMemory)
        return ErrorTr::tr("There was not enough memory.");
    if (code == ErrorCode::CannotCreate && !isOfModels(task))
        return ErrorTr::tr("The file could not be written.");
    if (code == ErrorCode::Device)
        return ErrorTr::tr("The graphics device stopped working.");
    if (code == ErrorCode::Busy)
        return ErrorTr::tr("The engine is busy.");
    switch (task) {
    case Task::Generate:
        return ErrorTr::tr("The clip could not be made.");
    case Task::Export:
        return ErrorTr::tr("The clip could not be exported.");
    case Task::Open:
        return ErrorTr::tr("The file could not be opened.");
    case Task::Learn:
        return ErrorTr::tr("The motion could not be learned.");
    case Task::Start:
        return ErrorTr::tr("The engine could not start.");
    case Task::Models:
        return ErrorTr::tr("The list of models could not be read or changed.");
    case Task::AddModel:
        return ErrorTr::tr("No model was added.");
    }
    return {};
}

Remedy remedyFor(ErrorCode code, Task task) {
    if (task == Task::Start)
        return Remedy::None;
    if (isOfModels(task))
        return Remedy::ShowModels;
    if (task == Task::Open)
        return Remedy::ChooseAnotherFile;
    if (task == Task::Export)
        return Remedy::ChooseAnotherFolder;
    if (task == Task::Generate && code == ErrorCode::OutOfMemory)
        return Remedy::UseDraft;
    return Remedy::TryAgain;
}

QString buttonFor(Remedy remedy) {
    switch (remedy) {
    case Remedy::None:
        return {};
    case Remedy::TryAgain:
        return ErrorTr::tr("Try again");
    case Remedy::UseDraft:
        return ErrorTr::tr("Switch to Draft");
    case Remedy::ChooseAnotherFolder:
        return ErrorTr::tr("Choose another place…");
    case Remedy::ChooseAnotherFile:
        return ErrorTr::tr("Open another file…");
    case Remedy::ShowModels:
        return ErrorTr::tr("Models…");
    }
    return {};
}

} // namespace

ErrorText describeError(const Error& error, Task task) {
    ErrorText text;
    text.sentence = whatFailed(error.code, task);
    text.cause = toQString(error.message);
    if (!text.cause.isEmpty()) {
        text.cause[0] = text.cause[0].toUpper();
        if (!text.cause.endsWith(u'.') && !text.cause.endsWith(u'?') && !text.cause.endsWith(u'!'))
            text.cause += u'.';
    }
    text.remedy = remedyFor(error.code, task);
    text.button = buttonFor(text.remedy);
    text.details = u"Show-1 Studio %1\n%2: %3\n%4"_s.arg(QString::fromLatin1(S1_VERSION),
                                                         QString::fromStdString(std::string(toString(error.code))),
                                                         toQString(error.message), toQString(error.subject));
    return text;
}

} // namespace s1::ui
