"""The kinds of faults: what would be right, in plain words, and which rules of the engines speak of the same thing.

A rule that no kind names is a kind of its own, with the engine's own words.
"""
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What would be right, and rules by engine. A rule of IBM or Nu is a pattern: IBM's is rule/reason, Nu's is its message."""
    right: str
    axe: str = ""
    html: str = ""
    ibm: str = ""
    nu: str = ""


KINDS = {
    # What the project's own checks see.
    "file-name-as-alt": Kind("Say in words what the picture shows, or write alt=\"\" where it only decorates.", ibm="img_alt_misuse/.*"),
    "same-words-different-links": Kind("Name in each link what is different about it.", axe="identical-links-same-purpose"),
    "no-visible-focus": Kind("Draw a line around what has the focus: at least 2 pixels wide, and 3 to 1 against what was there before."),
    "clickable-but-no-button": Kind("Make it a <button>, or a link with an address: then the keyboard and screen readers know it.",
                                    ibm="(element_mouseevent_keyboard|script_onclick_avoid|script_onclick_misuse|element_scrollable)/.*",
                         html="prefer-native-element"),
    "language-not-marked": Kind("Add lang=\"…\" with the language's short name, so that a screen reader speaks it rightly.", ibm="element_lang_valid/.*"),
    "bold-as-heading": Kind("Make it a heading (<h2>, <h3> …) and let the stylesheet decide how it looks.", axe="p-as-heading", ibm="text_block_heading/.*"),
    "placeholder-as-label": Kind("Write a <label> that stays in sight, and leave the placeholder out.", ibm="input_placeholder_label_visible/.*"),
    "order-differs": Kind("Write the pieces in the page in the order in which they are to be read.", axe="focus-order-semantics"),
    "colour-alone": Kind("Say it in words or by a sign as well: some people do not see the colour.", axe="link-in-text-block"),
    "table-without-headers": Kind("Mark the cells that head a row or column as <th> with a scope.", axe="td-has-header|th-has-data-cells|table-fake-caption",
                                  ibm="(table_headers_exists|table_headers_related|table_headers_ref_valid)/.*", html="wcag/h63"),
    "change-not-announced": Kind("Put it into an element with role=\"status\" that is on the page from the start, and leave the focus where it is."),
    "no-reflow": Kind("Let it wrap, or be narrower than the window: 320 pixels are the smallest, which is 400 % zoom."),
    "focus-hidden": Kind("Leave room for what stays in place (scroll-padding), so that what has the focus is never beneath it."),
    "focus-trap": Kind("Let the Tab key leave it again."),
    "vague-link": Kind("Say where the link leads, so that it makes sense when read alone.", ibm="a_text_purpose_vague/.*", html="text-content-vague"),
    "small-target": Kind("Make what is pressed at least 24 by 24 pixels; the exit, calls and the search at least 44.", axe="target-size",
                         ibm="target_spacing_sufficient/.*"),
    # What the engines see.
    "missing-alt": Kind("Give the picture alt=\"…\": what it says in words, or nothing between the quotation marks where it only decorates.",
                        axe="image-alt|input-image-alt|area-alt|role-img-alt|svg-img-alt|object-alt", html="wcag/h36|wcag/h37|area-alt",
                        ibm="(img_alt_valid|imagebutton_alt_exists|area_alt_exists|imagemap_alt_exists|svg_graphics_labelled|object_text_exists)/.*",
                        nu='An “img” element must have an “alt” attribute.*|Element “(area|input)” is missing required attribute “alt”.*'),
    "low-contrast": Kind("Use colours that differ more: 4.5 to 1, for large letters 3 to 1.", axe="color-contrast",
                         ibm="(text_contrast_sufficient|style_text_contrast)/.*"),
    "heading-order": Kind("Step down one heading level at a time, starting with one <h1>.", axe="heading-order|page-has-heading-one",
                          html="heading-level", ibm="(heading_.*order|h1_.*|page_title_.*order)/.*", nu=".*heading.*(level|skip|“h1”).*"),
    "empty-link": Kind("Give the link words.", axe="link-name", html="wcag/h30", ibm="a_text_purpose/.*"),
    "duplicate-id": Kind("Give every id once on a page.", axe="duplicate-id.*", html="no-dup-id", ibm="element_id_unique/.*",
                         nu="Duplicate ID .*|The first occurrence of ID .*"),
    "page-language-missing": Kind("Say the page's language: <html lang=\"en-GB\">.",
                         axe="html-has-lang|html-lang-valid|valid-lang", html="element-required-attributes@html",
                                  ibm="(html_lang_exists|html_lang_valid)/.*", nu=".*“lang” attribute to the “html” start tag.*"),
    "title-missing": Kind("Give the page a <title> that says what it is.", axe="document-title", html="empty-title|element-required-content@head",
                          ibm="page_title_(exists|valid)/.*",
                         nu="Element “head” is missing a required instance of child element “title”.*|Element “title” must not be empty.*"),
    "button-without-words": Kind("Give the button words.", axe="button-name|input-button-name", html="text-content",
                         ibm="(input_label_exists|aria_button_.*|button_.*)/.*button.*"),
    "label-missing": Kind("Give the field a <label> that says what to enter.",
                         axe="label|select-name|form-field-multiple-labels|label-title-only|aria-input-field-name",
                          html="input-missing-label", ibm="(input_label_exists|input_label_visible|input_label_.*|form_label_unique)/.*"),
    "empty-heading": Kind("Write words into the heading, or leave it out.", axe="empty-heading", html="empty-heading", ibm="heading_content_exists/.*",
                          nu="Empty heading.*"),
    "frame-without-title": Kind("Say what the frame holds: <iframe title=\"…\">.", axe="frame-title", html="wcag/h64|element-required-attributes@iframe",
                         ibm="frame_title_exists/.*"),
    "zoom-switched-off": Kind("Let readers zoom: leave maximum-scale and user-scalable out.", axe="meta-viewport|meta-viewport-large", html="meta-viewport.*",
                         ibm="meta_viewport_zoomable/.*",
                              nu="Consider avoiding viewport values that prevent users from resizing.*"),
    "page-moves-on": Kind("Do not reload or change the page by itself.", axe="meta-refresh.*", html="meta-refresh", ibm="meta_(redirect|refresh)_optional/.*"),
    "nested-controls": Kind("Do not put a link, button or field inside another.", axe="nested-interactive", html="element-permitted-content@interactive",
                            nu="The element .* must not appear as a descendant .*",
                            ibm="(aria_child_tabbable|element_tabbable_.*nested|aria_descendant_valid)/.*"),
    "tab-order-forced": Kind("Leave positive tabindex out: the order of the page is the order of the Tab key.", axe="tabindex", html="tabindex-no-positive",
                             ibm="element_tabbable_.*positive/.*|widget_tabbable_single/.*|tabindex_.*/.*"),
}
# Where the first kind is found at an element, these would say the same of it once more.
COVERS = {
    "placeholder-as-label": {"label-missing"},
    "missing-alt": {"empty-link"},
    "clickable-but-no-button": {"label-missing"},
}


def kind_of(engine, rule, tag=""):
    """The kind of a rule of an engine (`axe`, `html`, `ibm`, `nu`); rule@tag is asked first -> its name, or engine: rule."""
    for asked in (f"{rule}@{tag}", rule):
        for name, kind in KINDS.items():
            pattern = getattr(kind, engine)
            if pattern and re.fullmatch(pattern, asked, re.DOTALL):
                return name
    return f"{engine}: {rule.split('/')[0] if engine == 'ibm' else rule}"


def right_for(name, engines_words=""):
    """What would be right, for a kind; for one of an engine's own, in its words."""
    return KINDS[name].right if name in KINDS else engines_words
