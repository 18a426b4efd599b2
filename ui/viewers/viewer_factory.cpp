#include "viewers/viewer_factory.h"

#include "viewers/picture_viewer.h"

namespace s1::ui {

using namespace Qt::StringLiterals;

namespace {

struct Row {
    QString id;
    ClipViewer* (*make)(CutLine& slice, QWidget* parent);
};

const Row kViewers[] = {
    {u"picture"_s, [](CutLine& slice, QWidget* parent) -> ClipViewer* { return new PictureViewer(slice, parent); }},
};

} // namespace

std::vector<QString> viewerIds() {
    std::vector<QString> ids;
    for (const Row& row : kViewers)
        ids.push_back(row.id);
    return ids;
}

ClipViewer* makeViewer(const QString& id, CutLine& slice, QWidget* parent) {
    for (const Row& row : kViewers)
        if (row.id == id)
            return row.make(slice, parent);
    return nullptr;
}

} // namespace s1::ui
