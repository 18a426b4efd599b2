#include "text/html_text.h"

#include "text/html_entities.h"
#include "text/regex.h"
#include "text/unicode.h"

#include <algorithm>
#include <array>
#include <vector>

namespace s1::text {

namespace {

constexpr auto kNone = std::string_view::npos;

std::string asciiLower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c | 0x20);
    return out;
}

template <std::size_t n>
bool isOneOf(std::string_view name, const std::array<std::string_view, n>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 25> kVoidTags{
    "area",    "base",     "br",    "col",     "embed",  "hr",     "img", "input",    "keygen",
    "link",    "menuitem", "meta",  "param",   "source", "track",  "wbr", "basefont", "bgsound",
    "command", "frame",    "image", "isindex", "nextid", "spacer", ""};
constexpr std::array<std::string_view, 5> kHiddenTags{"rt", "rp", "style", "script", "template"};
constexpr std::array<std::string_view, 2> kPreformattedTags{"pre", "textarea"};

// The tree, as far as it decides which pieces of text count: the names of the open tags.
class TextTree {
public:
    enum class Kind { Text, CData, Hidden };

    void data(std::string_view piece) { m_pending += piece; }

    void startTag(const std::string& name) {
        flush();
        if (!isOneOf(name, kVoidTags))
            m_open.push_back(name);
    }

    void endTag(const std::string& name) {
        flush();
        const auto last = std::find(m_open.rbegin(), m_open.rend(), name);
        if (last != m_open.rend())
            m_open.erase(std::prev(last.base()), m_open.end());
    }

    // A comment or declaration: ends the text before it and is no text itself; a CDATA section is.
    void other(std::string_view piece, Kind kind) {
        flush();
        m_pending = piece;
        flush(kind);
    }

    void flush(Kind kind = Kind::Text) {
        if (m_pending.empty())
            return;
        if (!insideAny(kPreformattedTags) && m_pending.find_first_not_of(" \n\t\f\r") == std::string::npos)
            m_pending.assign(1, m_pending.find('\n') != std::string::npos ? '\n' : ' ');
        if (kind == Kind::CData || (kind == Kind::Text && !insideAny(kHiddenTags)))
            m_text += m_pending;
        m_pending.clear();
    }

    std::string take() {
        flush();
        return std::move(m_text);
    }

private:
    template <std::size_t n>
    bool insideAny(const std::array<std::string_view, n>& names) const {
        return std::any_of(m_open.begin(), m_open.end(), [&](const std::string& tag) { return isOneOf(tag, names); });
    }

    std::vector<std::string> m_open;
    std::string m_pending, m_text;
};

// Follows Python's html.parser, quirks included, because its quirks are the reference. Functions that read one
// construct take its position and return the position after it, or kNone where it is not complete.
class Parser {
public:
    explicit Parser(std::string_view html) : m_html(html) {}

    std::string run() {
        pass(false); // html.parser reads twice: feed() stops at what may be cut off, close() reads that again
        pass(true);
        return m_tree.take();
    }

private:
    void pass(bool atEnd) {
        while (m_at < m_html.size()) {
            const std::size_t next = nextMarkup();
            if (next == kNone)
                return; // inside a script: nothing more
            m_tree.data(m_html.substr(m_at, next - m_at));
            m_at = next;
            if (m_at == m_html.size())
                return;
            const bool goOn = m_html[m_at] == '<' ? markup(atEnd) : reference(atEnd);
            if (!goOn)
                break;
        }
        if (atEnd && m_at < m_html.size() && m_rawTag.empty()) {
            m_tree.data(m_html.substr(m_at));
            m_at = m_html.size();
        }
    }

    std::size_t nextMarkup() const {
        if (m_rawTag.empty())
            return std::min(m_html.find_first_of("&<", m_at), m_html.size());
        const Regex close("</[" S1_SPACE "]*" + m_rawTag + "[" S1_SPACE "]*>", true);
        const auto match = close.search(m_html, m_at);
        return match ? match->begin : kNone;
    }

    bool startsWith(std::string_view what) const { return m_html.substr(m_at).starts_with(what); }

    bool markup(bool atEnd) {
        static const Regex kTagOpen("<[a-zA-Z]");
        std::size_t after = kNone;
        if (kTagOpen.search(m_html, m_at, true))
            after = startTag();
        else if (startsWith("</"))
            after = endTag();
        else if (startsWith("<!--"))
            after = comment();
        else if (startsWith("<?"))
            after = upTo('>', 2);
        else if (startsWith("<!"))
            after = declaration();
        else if (m_at + 1 < m_html.size()) {
            m_tree.data("<");
            after = m_at + 1;
        } else {
            return false;
        }
        if (after == kNone) {
            if (!atEnd)
                return false;
            after = m_html.find('>', m_at + 1);
            if (after != kNone)
                ++after;
            else if (after = m_html.find('<', m_at + 1); after == kNone)
                after = m_at + 1;
            m_tree.data(m_html.substr(m_at, after - m_at));
        }
        m_at = after;
        return true;
    }

    bool reference(bool atEnd) {
        static const Regex kNumeric("&#([0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]");
        static const Regex kNamed("&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]");
        static const Regex kIncomplete("&[a-zA-Z#]");
        const bool isNumeric = startsWith("&#");
        if (const auto match = (isNumeric ? kNumeric : kNamed).search(m_html, m_at, true)) {
            const auto name = m_html.substr(match->groupBegin, match->groupEnd - match->groupBegin);
            isNumeric ? numeric(name) : named(name);
            m_at = match->groupEnd + (m_html[match->groupEnd] == ';' ? 1 : 0);
            return true;
        }
        if (isNumeric) {
            if (m_html.find(';', m_at) != kNone) {
                m_tree.data(m_html.substr(m_at, 2));
                m_at += 2;
            }
            return false;
        }
        if (kIncomplete.search(m_html, m_at, true)) {
            if (atEnd && m_at + 2 == m_html.size())
                ++m_at; // html.parser loses the ampersand of a final "&x"
            return false;
        }
        if (m_at + 1 >= m_html.size())
            return false;
        m_tree.data("&");
        ++m_at;
        return true;
    }

    void numeric(std::string_view digits) {
        const bool hex = digits[0] == 'x' || digits[0] == 'X';
        std::string out;
        appendUtf8(out, numericReference(referenceNumber(hex ? digits.substr(1) : digits, hex ? 16 : 10)));
        m_tree.data(out);
    }

    void named(std::string_view name) {
        const HtmlEntity entity = findHtmlEntity(name);
        if (entity.characters.empty()) {
            m_tree.data("&");
            m_tree.data(name);
        } else {
            m_tree.data(entity.characters);
        }
    }

    std::size_t upTo(char last, std::size_t skip) const {
        const std::size_t found = m_html.find(last, m_at + skip);
        return found == kNone ? kNone : found + 1;
    }

    std::size_t comment() {
        static const Regex kClose("--[" S1_SPACE "]*>");
        const auto close = kClose.search(m_html, std::min(m_at + 4, m_html.size()));
        if (!close)
            return kNone;
        m_tree.other(m_html.substr(m_at + 4, close->begin - m_at - 4), TextTree::Kind::Hidden);
        return close->end;
    }

    std::size_t declaration() {
        static const Regex kSection("<!\\[([a-zA-Z][-_.a-zA-Z0-9]*)[" S1_SPACE "]*");
        static const Regex kClose("\\][" S1_SPACE "]*\\][" S1_SPACE "]*>");
        static const Regex kConditionClose("\\][" S1_SPACE "]*>");
        if (!startsWith("<![")) {
            const std::size_t after = upTo('>', 2);
            if (after != kNone)
                m_tree.other("", TextTree::Kind::Hidden);
            return after;
        }
        const auto section = kSection.search(m_html, m_at, true);
        if (!section || section->end == m_html.size())
            return kNone;
        const auto name = asciiLower(m_html.substr(section->groupBegin, section->groupEnd - section->groupBegin));
        const bool condition = name == "if" || name == "else" || name == "endif";
        const auto close = (condition ? kConditionClose : kClose).search(m_html, m_at + 3);
        if (!close)
            return kNone;
        const std::string_view inner = m_html.substr(m_at + 3, close->begin - m_at - 3);
        if (asciiLower(inner.substr(0, 6)) == "cdata[")
            m_tree.other(inner.substr(6), TextTree::Kind::CData);
        else
            m_tree.other(inner, TextTree::Kind::Hidden);
        return close->end;
    }

    // Where the start tag at m_at ends, in the tolerant reading of html.parser.
    std::size_t startTagEnd() const {
        static const Regex kTag("<[a-zA-Z][^\\t\\n\\r\\f />\\x00]*(?:[" S1_SPACE "/]*(?:(?<=['\"" S1_SPACE "/])"
                                "[^" S1_SPACE "/>][^" S1_SPACE "/=>]*(?:[" S1_SPACE "]*=+[" S1_SPACE "]*"
                                "(?:'[^']*'|\"[^\"]*\"|(?!['\"])[^>" S1_SPACE "]*)[" S1_SPACE "]*)?"
                                "(?:[" S1_SPACE "]|/(?!>))*)*)?[" S1_SPACE "]*");
        const auto match = kTag.search(m_html, m_at, true);
        if (!match || match->end >= m_html.size())
            return kNone;
        const char next = m_html[match->end];
        if (next == '>')
            return match->end + 1;
        if (next == '/')
            return m_html.substr(match->end).starts_with("/>") ? match->end + 2 : kNone;
        if (next == '=' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'))
            return kNone;
        return match->end > m_at ? match->end : m_at + 1;
    }

    std::size_t startTag() {
        static const Regex kName("<([a-zA-Z][^\\t\\n\\r\\f />\\x00]*)(?:[" S1_SPACE "]|/(?!>))*");
        static const Regex kAttribute("(?<=['\"" S1_SPACE "/])[^" S1_SPACE "/>][^" S1_SPACE "/=>]*([" S1_SPACE "]*=+"
                                      "[" S1_SPACE "]*('[^']*'|\"[^\"]*\"|(?!['\"])[^>" S1_SPACE "]*))?"
                                      "(?:[" S1_SPACE "]|/(?!>))*");
        const std::size_t end = startTagEnd();
        const auto name = kName.search(m_html, m_at, true);
        if (end == kNone || !name)
            return kNone;
        std::size_t at = name->end;
        while (at < end) {
            const auto attribute = kAttribute.search(m_html, at, true);
            if (!attribute)
                break;
            at = attribute->end;
        }
        const std::string rest = at < end ? strip(m_html.substr(at, end - at)) : "";
        if (rest != ">" && rest != "/>") {
            m_tree.data(m_html.substr(m_at, end - m_at));
            return end;
        }
        const std::string tag = lower(m_html.substr(name->groupBegin, name->groupEnd - name->groupBegin));
        m_tree.startTag(tag);
        if (rest == "/>")
            m_tree.endTag(tag);
        else if (tag == "script" || tag == "style")
            m_rawTag = tag;
        return end;
    }

    std::size_t endTag() {
        static const Regex kPlain("</[" S1_SPACE "]*([a-zA-Z][-.a-zA-Z0-9:_]*)[" S1_SPACE "]*>");
        static const Regex kTolerant("</([a-zA-Z][^\\t\\n\\r\\f />\\x00]*)(?:[" S1_SPACE "]|/(?!>))*");
        if (m_html.find('>', m_at + 1) == kNone)
            return kNone;
        if (const auto match = kPlain.search(m_html, m_at, true)) {
            m_tree.endTag(asciiLower(m_html.substr(match->groupBegin, match->groupEnd - match->groupBegin)));
            m_rawTag.clear();
            return match->end;
        }
        if (const auto match = kTolerant.search(m_html, m_at, true)) {
            m_tree.endTag(lower(m_html.substr(match->groupBegin, match->groupEnd - match->groupBegin)));
            const std::size_t close = m_html.find('>', match->end);
            return close == kNone ? m_html.size() : close + 1;
        }
        if (!startsWith("</>"))
            m_tree.other("", TextTree::Kind::Hidden);
        return upTo('>', 2);
    }

    std::string_view m_html;
    std::size_t m_at = 0;
    std::string m_rawTag; // "script" or "style" while inside one
    TextTree m_tree;
};

} // namespace

std::string htmlText(std::string_view html) {
    return Parser(html).run();
}

} // namespace s1::text
