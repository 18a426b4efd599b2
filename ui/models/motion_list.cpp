#include "models/motion_list.h"

#include "text.h"

#include <algorithm>

namespace s1::ui {

int MotionList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 1 + static_cast<int>(m_files.size());
}

QVariant MotionList::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::DisplayRole)
        return index.row() == 0 ? tr("None") : bareName(toPath(file(index.row())));
    if (role == Qt::ToolTipRole && index.row() > 0)
        return file(index.row());
    return {};
}

int MotionList::add(const QString& file) {
    const auto known = m_files.indexOf(file);
    if (known >= 0)
        return static_cast<int>(known) + 1;
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_files.append(file);
    endInsertRows();
    return row;
}

QString MotionList::file(int row) const {
    return row >= 1 && row <= m_files.size() ? m_files.at(row - 1) : QString();
}

} // namespace s1::ui
