#pragma once

#include "viewers/clip_viewer.h"

#include <QString>

#include <vector>

namespace s1::ui {

class CutLine;

// Every way to look at a clip, by id. A new viewer is one line in the .cpp.
std::vector<QString> viewerIds();
ClipViewer* makeViewer(const QString& id, CutLine& slice, QWidget* parent); // null for an unknown id

} // namespace s1::ui
