#include "text/html_entities.h"
#include "text/html_text.h"
#include "text/prompt_cleaning.h"
#include "text/text_repair.h"
#include "text/unicode.h"

#include <gtest/gtest.h>

namespace s1::text {
namespace {

TEST(Unicode, LowersAndStripsAsPythonDoes) {
    EXPECT_EQ(lower("ΣΊΣΥΦΟΣ İ ẞ"), "σίσυφος i̇ ß");
    EXPECT_EQ(strip("\u2003\x1c\u00a0 a b \u3000\x1f"), "a b");
    EXPECT_EQ(strip("\u200b"), "\u200b");
}

TEST(HtmlEntities, UnescapesAsPythonDoes) {
    EXPECT_EQ(unescapeHtml("&lt;b&gt; &notit; &amp &#65;&#x42 &#128; &#0; &nosuch; &"),
              "<b> ¬it; & AB € \ufffd &nosuch; &");
    EXPECT_EQ(unescapeClosedHtml("P&EACUTE;REZ &amp this &lt;"), "PÉREZ &amp this <");
}

TEST(HtmlText, KeepsOnlyWhatAReaderSees) {
    EXPECT_EQ(htmlText("<p>a <b>b</b><br>c<!-- no --></p> &eacute;&#8364; <script>x<y</script>d"), "a bc é€ d");
    EXPECT_EQ(htmlText("a < b and c > d & e"), "a < b and c > d & e");
    EXPECT_EQ(htmlText("<![CDATA[in]]><style>s</style>out"), "inout");
    EXPECT_EQ(htmlText("open <a href='x"), "open <a href='x");
}

TEST(FixText, RepairsWhatWasReadInTheWrongEncoding) {
    EXPECT_EQ(fixText("schlÃ¶n â€™ text"), "schlön ' text");
    EXPECT_EQ(fixText("Ã la carte"), "à la carte");
    EXPECT_EQ(fixText("doubly: Ã\u0192Â©"), "doubly: é");
    EXPECT_EQ(fixText("ðŸ˜€"), "😀");
}

TEST(FixText, LeavesAccentsAlone) {
    for (const char* text : {"déjà vu à la carte", "CAFÉ™ in ROSÉ", "Ångström über naïve", "50 °C ± 2", "ÀÉÎ", "¿qué?"})
        EXPECT_EQ(fixText(text), text);
}

TEST(FixText, StraightensQuotesWidthsLigaturesAndLines) {
    EXPECT_EQ(fixText("“ﬁ” ‘ＡＢ’\r\nｶﾞ\x1b[31mred\x07"), "\"fi\" 'AB'\nガred");
    EXPECT_EQ(fixText("e\u0301"), "é");
    EXPECT_EQ(fixText("&lt;b&gt; &amp;eacute;"), "<b> é");
}

} // namespace
} // namespace s1::text
