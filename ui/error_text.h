#pragma once

#include "base/error.h"

#include <QString>

namespace s1::ui {

// What a user can do about an error; the window knows how.
enum class Remedy { None, TryAgain, UseDraft, ChooseAnotherFolder, ChooseAnotherFile, ShowModels };

struct ErrorText {
    QString sentence; // translated: what did not work
    QString cause;    // the engine's own sentence, with names and numbers
    Remedy remedy = Remedy::None;
    QString button;  // translated name of the remedy
    QString details; // to paste into a report
};

enum class Task { Generate, Export, Open, Learn, Start, Models, AddModel };

ErrorText describeError(const Error& error, Task task);

} // namespace s1::ui
