#pragma once

#include <QAbstractListModel>
#include <QStringList>

namespace s1::ui {

// The learned motions the user may choose from; row 0 is "none".
class MotionList : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    int add(const QString& file); // its row, new or old
    QString file(int row) const;  // empty for "none"
    const QStringList& files() const { return m_files; }

private:
    QStringList m_files;
};

} // namespace s1::ui
