#pragma once

#include "engine/engine.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace s1::ui {

// Where to, as what, with or without the recipe. Only asks; the bridge exports.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    struct Offer {
        ClipPtr clip;
        std::string recipe;
        QString name; // without folder and ending
        QString folder;
        QString format;
    };

    ExportDialog(Offer offer, std::vector<ExportFormatInfo> formats, QWidget* parent = nullptr);

    ExportRequest request() const;
    QString format() const;
    QString folder() const;

    QComboBox& formats() { return *m_format; }
    QLineEdit& path() { return *m_path; }

private:
    void browse();
    void showFormat();
    void showReady();
    const ExportFormatInfo* current() const;

    Offer m_offer;
    std::vector<ExportFormatInfo> m_formats;
    QComboBox* m_format;
    QLineEdit* m_path;
    QCheckBox* m_withRecipe;
    QLabel* m_note;
    QPushButton* m_export;
};

} // namespace s1::ui
