#pragma once

#include <string>
#include <string_view>

namespace s1::text {

// The text of an HTML fragment as BeautifulSoup(…, "html.parser").text gives it (Python 3.11): references resolved,
// comments, declarations, scripts, styles, templates and ruby notes left out. text must be valid UTF-8.
std::string htmlText(std::string_view html);

} // namespace s1::text
