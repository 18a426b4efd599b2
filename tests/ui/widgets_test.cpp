#include "settings/theme.h"
#include "ui_test.h"
#include "widgets/elided_label.h"
#include "widgets/fold.h"
#include "widgets/message_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace s1;
using namespace s1::ui;
using namespace s1::test;
using namespace Qt::StringLiterals;

class WidgetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesActAndCopy() {
        MessageBar bar;
        bar.show();
        int acted = 0;
        bar.showMessage({.kind = Message::Kind::Error,
                         .sentence = u"No."_s,
                         .cause = u"Because."_s,
                         .button = u"Help"_s,
                         .action = [&] { ++acted; },
                         .details = u"the details"_s});
        named<QToolButton>(bar, u"Copy details"_s)->click();
        QCOMPARE(QApplication::clipboard()->text(), u"the details"_s);
        bar.actionButton().click();
        QCOMPARE(acted, 1);
        QVERIFY(!bar.isVisible());
    }

    void messagesWithoutAButtonShowNone() {
        MessageBar bar;
        bar.showMessage({.sentence = u"Saved."_s});
        QVERIFY(bar.actionButton().isHidden());
        QVERIFY(named<QToolButton>(bar, u"Copy details"_s)->isHidden());
    }

    void foldsOpen() {
        auto* content = new QLabel(u"inside"_s);
        Fold fold(u"More"_s, content);
        fold.show();
        QVERIFY(!content->isVisible());
        buttonSaying(fold, u"More"_s)->click();
        QVERIFY(content->isVisible());
        QVERIFY(fold.isOpen());
    }

    void aDisabledPrimaryButtonShowsItsIcon() {
        for (const bool dark : {false, true}) {
            const ThemeColours colours = themeColours(dark);
            const QColor ink = themePalette(colours).color(QPalette::Disabled, QPalette::HighlightedText);
            QVERIFY(std::abs(ink.lightness() - colours.raised.lightness()) > 60);
        }
    }

    void longLabelsShrink() {
        ElidedLabel label;
        label.setText(QString(400, u'w'));
        QVERIFY(label.minimumSizeHint().width() < 60);
        label.resize(80, 20);
        QVERIFY(!label.grab().isNull());
    }

    void sizesReadTheSameRightToLeft() {
        ElidedLabel label;
        label.setText(u"576 × 320"_s);
        label.setAlignment(Qt::AlignCenter);
        label.resize(100, 20);
        const QImage usual = label.grab().toImage();
        label.setLayoutDirection(Qt::RightToLeft);
        QCOMPARE(label.grab().toImage(), usual);
    }
};

QTEST_MAIN(WidgetsTest)
#include "widgets_test.moc"
