#include "dialogs/export_dialog.h"
#include "ui_test.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QPushButton>
#include <QStandardItemModel>
#include <QToolButton>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

namespace {

ExportDialog::Offer offer(std::string recipe = "{}") {
    return {movingBall(16, 10, 4), std::move(recipe), u"ball-1"_s, u"/videos"_s, u"mp4-h264"_s};
}

std::vector<ExportFormatInfo> formats() {
    return {{"mp4-h264", "MP4", "mp4", false, true},
            {"webm-vp9", "WebM", "webm", false, false},
            {"gif", "GIF", "gif", false, true},
            {"png-sequence", "PNGs", "", true, true}};
}

} // namespace

class ExportDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exportOffersWhatTheMachineCan() {
        ExportDialog dialog(offer(), formats());
        auto* items = qobject_cast<QStandardItemModel*>(dialog.formats().model());
        QVERIFY(!items->item(1)->isEnabled());
        QVERIFY(!items->item(1)->toolTip().isEmpty());
        QVERIFY(dialog.formats().itemText(3).contains(u"lossless"_s));
        QCOMPARE(dialog.path().text(), u"/videos/ball-1.mp4"_s);
        QCOMPARE(dialog.folder(), u"/videos"_s);
    }

    void exportFallsBackToAFormatThatExists() {
        ExportDialog::Offer wanted = offer();
        wanted.format = u"webm-vp9"_s; // remembered from another machine
        ExportDialog dialog(wanted, formats());
        QCOMPARE(dialog.format(), u"mp4-h264"_s);
    }

    void exportSwapsTheEndingOnly() {
        ExportDialog::Offer wanted = offer();
        wanted.name = u"clip v1.2"_s;
        ExportDialog dialog(wanted, formats());
        QCOMPARE(dialog.path().text(), u"/videos/clip v1.2.mp4"_s);
        dialog.formats().setCurrentIndex(2);
        QCOMPARE(dialog.path().text(), u"/videos/clip v1.2.gif"_s);
        dialog.formats().setCurrentIndex(3);
        QCOMPARE(dialog.path().text(), u"/videos/clip v1.2"_s);
        QCOMPARE(dialog.request().format, std::string("png-sequence"));
    }

    void exportBrowsesForTheFormat() {
        ExportDialog dialog(offer(), formats());
        dialog.formats().setCurrentIndex(2);
        named<QToolButton>(dialog, u"Choose where to save…"_s)->click();
        auto* browser = dialog.findChild<QFileDialog*>();
        QVERIFY(browser);
        QCOMPARE(browser->nameFilters(), QStringList{u"GIF (*.gif)"_s});
        QCOMPARE(browser->defaultSuffix(), u"gif"_s);
    }

    void exportMayLeaveTheRecipeOut() {
        ExportDialog dialog(offer("{\"a\":1}"), formats());
        QCOMPARE(dialog.request().recipe, std::string("{\"a\":1}"));
        dialog.findChild<QCheckBox*>()->setChecked(false);
        QVERIFY(dialog.request().recipe.empty());
        ExportDialog none(offer(""), formats());
        QVERIFY(!none.findChild<QCheckBox*>()->isEnabled());
    }

    void exportNeedsAName() {
        ExportDialog dialog(offer(), formats());
        dialog.path().setText(u"/videos/"_s);
        QVERIFY(!buttonSaying(dialog, u"Export"_s)->isEnabled());
        dialog.path().setText(u"/videos/a.mp4"_s);
        QVERIFY(buttonSaying(dialog, u"Export"_s)->isEnabled());
    }

    void exportBearsNoFormats() {
        ExportDialog dialog(offer(), {});
        QVERIFY(!buttonSaying(dialog, u"Export"_s)->isEnabled());
    }
};

QTEST_MAIN(ExportDialogTest)
#include "export_dialog_test.moc"
