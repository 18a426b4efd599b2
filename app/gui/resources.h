#pragma once

#include <QString>

// The folder with models/ and the ready clip: installed, beside the program, or in the source tree around a build.
// Empty when there is none.
QString findResources(const QString& programFolder);
