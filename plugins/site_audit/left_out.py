"""What the engines say and we do not count: each rule with its reason. Nothing is left out elsewhere."""
import re

IBM = {
    # reports of the kind MANUAL are lists of things for a person to look at, on every page the same
    r".*/Manual_.*|.*/manual.*": "asks a person to look; it finds nothing by itself",
    r"style_focus_visible/.*": "reads the stylesheet for outline: 0 anywhere; the walk with the Tab key sees the focus itself",
    r"style_color_misuse/.*": "says 'verify' for every stylesheet with a colour; own check colour-alone",
    r"style_viewport_resizable/.*": "says 'verify' for every size in vw; own check at 200 % text",
    r"style_highcontrast_visible/.*": "says 'confirm' for every stylesheet; axe-core runs in forced colours",
    r"style_before_after_review/.*": "says 'verify' for every ::before; ours are a sign beside words",
    r"style_background_decorative/.*": "says 'verify' for every background picture; ours decorate",
    r"text_block_heading/.*": "takes any block that begins with bold words for a heading; own check bold-as-heading looks at what follows",
    r"text_sensory_misuse/.*": "takes words such as 'right' (human rights) or 'large' for directions on the screen; own check colour-alone",
    r"element_tabbable_visible/.*": "does not see that a skip link comes into sight with the focus; the walk with the Tab key does",
    r"element_tabbable_unobscured/.*": "does not scroll; the walk with the Tab key does, and sees what is covered",
    r"aria_content_in_landmark/.*": "wants the skip link inside a landmark: it must come before them all",
    r"aria_complementary_label_visible/.*": "wants a label in sight: the words of the emergency box are one, and its aria-label repeats none of them",
    r"aria_article_label_unique/.*": "a recommendation: an <article> is no landmark, and each of ours begins with a heading that names it",
    r"input_label_(exists|visible)/.*\(it has a <label>\)":
        "takes a label for screen readers alone for none, and one that a script has shown; a field without any is found by all",
    r"text_quoted_correctly/.*": "takes every pair of quotation marks for a quotation; ours also mark names and words that are spoken of",
    r"select_options_grouped/.*": "wants groups in every long list to choose from; names in the order of the alphabet need none",
    r"element_attribute_deprecated/.*http-equiv.*":
        "takes http-equiv for deprecated: HTML keeps it, and Nu and html-validate know which of its values may stand",
    r"list_structure_proper/Potential_1.*": "does not know the <div> that HTML allows between <dl> and <dt>; html-validate and Nu know what a list may hold",
}
NU = {
    r"Resource violates Content Security Policy .*": "reads files, where 'self' has no meaning; tests in a browser see that nothing is blocked",
    r"Inline script violates Content Security Policy .*": "does not see that the hash fits; a browser test sees that each script runs",
    r"Text run is not in Unicode Normalization Form C.*": "reads the tables of the search, which hold pieces of words",
    r"CSS: “(mask|paint-order)”.*": "does not know these properties; it sees them only where the sheet stands in the page",
    r"Article lacks heading.*": "a recommendation: a provider's page has the heading of its only service before the box of that service",
}
AXE = {}  # nothing so far


HTML = {
    "doctype-style": "a matter of taste that no reader meets",
    "no-trailing-whitespace": "a matter of taste that no reader meets",
    "long-title": "a matter of taste: a title names the page and the site",
    "require-sri": "every script and style comes from the site itself",
    "tel-non-breaking": "the stylesheet keeps numbers on one line; a hidden character in them would break copying",
}
HTML_SETTINGS = {"root": True, "extends": ["html-validate:recommended", "html-validate:document"],
                 "rules": dict.fromkeys(HTML, "off") | {"void-style": ["error", {"style": "omit"}]}}


def reason(engine, report):
    """Why a report does not count, or None. A report of IBM or axe-core is "rule: message", one of Nu its message."""
    table = {"ibm": IBM, "nu": NU, "axe": AXE}.get(engine, {})
    return next((why for pattern, why in table.items() if re.fullmatch(pattern, report, re.DOTALL)), None)
