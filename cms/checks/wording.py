"""How faults are worded: for editors with what to do, for the public as what does not work yet."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.checks.rules import Check, Fault, Severity

SEVERITIES = {
    Severity.BLOCKING: gettext_lazy("stops publication"),
    Severity.WARNING: gettext_lazy("warning"),
    Severity.HINT: gettext_lazy("hint"),
}

KINDS = {
    Check.PICTURE_WITHOUT_WORDS: gettext_lazy("Picture without alternative text"),
    Check.PICTURE_NAMED_AS_FILE: gettext_lazy("Name of a file as alternative text"),
    Check.PICTURE_WORDS_LONG: gettext_lazy("Long alternative text"),
    Check.HEADING_SKIPPED: gettext_lazy("Skipped level of heading"),
    Check.HEADING_EMPTY: gettext_lazy("Empty heading"),
    Check.HEADING_FAKED: gettext_lazy("Bold paragraph in place of a heading"),
    Check.LINK_EMPTY: gettext_lazy("Link without words"),
    Check.LINK_SAYS_NOTHING: gettext_lazy("Link that says nothing"),
    Check.LINK_IS_ADDRESS: gettext_lazy("Address as the words of a link"),
    Check.LINK_DEAD: gettext_lazy("Dead link"),
    Check.LINK_TO_DRAFT: gettext_lazy("Link to an unpublished page"),
    Check.LINK_WITHOUT_PLACE: gettext_lazy("Link to a place that is not in the text"),
    Check.TABLE_WITHOUT_HEADERS: gettext_lazy("Table without headers"),
    Check.TABLE_WITHOUT_CAPTION: gettext_lazy("Table without a caption"),
    Check.FILM_WITHOUT_CAPTIONS: gettext_lazy("Film without captions"),
    Check.FILM_WITHOUT_TRANSCRIPT: gettext_lazy("Film without a transcript"),
    Check.FILM_WITHOUT_DESCRIPTION: gettext_lazy("Film without a decision on audio description"),
    Check.FILM_NOT_PUBLISHED: gettext_lazy("Unpublished film"),
    Check.FILE_NOT_ACCESSIBLE: gettext_lazy("Inaccessible file without an alternative"),
    Check.FILE_IN_TEXT_NOT_ACCESSIBLE: gettext_lazy("Link to an inaccessible file"),
    Check.FILE_GONE: gettext_lazy("File that is gone"),
    Check.LAW_WITHOUT_DATE: gettext_lazy("Law without a date"),
}

_FOR_EDITORS = {
    Check.PICTURE_WITHOUT_WORDS: gettext_lazy(
        "The picture “%(what)s” has no alternative text. Describe it in a sentence or mark it as decorative."
    ),
    Check.PICTURE_NAMED_AS_FILE: gettext_lazy(
        "The alternative text “%(what)s” is the name of a file. Write what the picture shows."
    ),
    Check.PICTURE_WORDS_LONG: gettext_lazy(
        "The alternative text that begins “%(what)s” is long. Say the main thing in a sentence and put the rest "
        "into the text."
    ),
    Check.HEADING_SKIPPED: gettext_lazy(
        "The heading “%(what)s” skips a level. Choose the level right below the heading before it."
    ),
    Check.HEADING_EMPTY: gettext_lazy("There is an empty heading. Write it or remove it."),
    Check.HEADING_FAKED: gettext_lazy(
        "The bold paragraph “%(what)s” looks like a heading. If it is one, make it a heading."
    ),
    Check.LINK_EMPTY: gettext_lazy("A link (%(what)s) has no words. Write where it leads."),
    Check.LINK_SAYS_NOTHING: gettext_lazy(
        "The link “%(what)s” does not say where it leads. Let its words name the page or file."
    ),
    Check.LINK_IS_ADDRESS: gettext_lazy(
        "The words of the link are the address “%(what)s”. Write the name of the page instead."
    ),
    Check.LINK_DEAD: gettext_lazy("The link “%(what)s” leads to a page or file that is gone. Change or remove it."),
    Check.LINK_TO_DRAFT: gettext_lazy(
        "The link “%(what)s” leads to a page that is not published. Publish that page or change the link."
    ),
    Check.LINK_WITHOUT_PLACE: gettext_lazy("The link “%(what)s” leads to a place that is not in this text."),
    Check.TABLE_WITHOUT_HEADERS: gettext_lazy("The table “%(what)s” has a column without a heading. Name each column."),
    Check.TABLE_WITHOUT_CAPTION: gettext_lazy("A table has no caption. Write what it shows."),
    Check.FILM_WITHOUT_CAPTIONS: gettext_lazy(
        "The film “%(what)s” has no captions in its language. Add them to the film and publish it."
    ),
    Check.FILM_WITHOUT_TRANSCRIPT: gettext_lazy(
        "The film “%(what)s” has no transcript in its language. Add it to the film and publish it."
    ),
    Check.FILM_WITHOUT_DESCRIPTION: gettext_lazy(
        "For the film “%(what)s” nobody has decided on audio description. Add a track or say why none is needed."
    ),
    Check.FILM_NOT_PUBLISHED: gettext_lazy("The film “%(what)s” is not published, so readers will not see it."),
    Check.FILE_NOT_ACCESSIBLE: gettext_lazy(
        "The file “%(what)s” is not marked as accessible. Check it and mark it, or give an accessible alternative."
    ),
    Check.FILE_IN_TEXT_NOT_ACCESSIBLE: gettext_lazy(
        "The text links the file “%(what)s”, which is not marked as accessible. Say beside it what to use instead."
    ),
    Check.FILE_GONE: gettext_lazy("The file “%(what)s” is gone. Choose another one."),
    Check.LAW_WITHOUT_DATE: gettext_lazy("A statement of law has no date. Give the day on which the law was checked."),
}

_FOR_PUBLIC = {
    Check.PICTURE_WITHOUT_WORDS: gettext_lazy("A picture (%(what)s) has no alternative text."),
    Check.HEADING_SKIPPED: gettext_lazy("The heading “%(what)s” skips a level."),
    Check.HEADING_EMPTY: gettext_lazy("A heading is empty."),
    Check.LINK_EMPTY: gettext_lazy("A link has no words."),
    Check.LINK_SAYS_NOTHING: gettext_lazy("The words of the link “%(what)s” do not say where it leads."),
    Check.LINK_DEAD: gettext_lazy("The link “%(what)s” leads nowhere."),
    Check.TABLE_WITHOUT_HEADERS: gettext_lazy("The table “%(what)s” has columns without headers."),
    Check.TABLE_WITHOUT_CAPTION: gettext_lazy("A table has no caption."),
    Check.FILM_WITHOUT_CAPTIONS: gettext_lazy("The film “%(what)s” has no captions."),
    Check.FILM_WITHOUT_TRANSCRIPT: gettext_lazy("The film “%(what)s” has no transcript."),
    Check.FILM_WITHOUT_DESCRIPTION: gettext_lazy("The film “%(what)s” has no audio description."),
    Check.FILE_NOT_ACCESSIBLE: gettext_lazy("The file “%(what)s” cannot be read with assistive technology."),
    Check.FILE_GONE: gettext_lazy("The file “%(what)s” is missing."),
    Check.LAW_WITHOUT_DATE: gettext_lazy("A statement of law does not say for which day it was checked."),
}


def fault_words(fault: Fault) -> str:
    """What is wrong and what to do, for an editor."""
    return str(_FOR_EDITORS[fault.check]) % {"what": fault.what}


def public_words(check: Check, what: str) -> str:
    """What does not work, for a reader."""
    return str(_FOR_PUBLIC.get(check, KINDS[check])) % {"what": what}


def use_words(titles: Sequence[str], more: int) -> str:
    """Where a change will be seen, in a line; empty where nothing uses the thing."""
    if not titles:
        return ""
    named = ", ".join(_("“%s”") % title for title in titles)
    if not more:
        return _("Used in: %(named)s.") % {"named": named}
    return ngettext("Used in: %(named)s and one more place.", "Used in: %(named)s and %(count)d more places.", more) % {
        "named": named,
        "count": more,
    }


def kind_words(check_id: str) -> str:
    """The kind of a fault as a list names it."""
    return str(KINDS[Check(check_id)]) if check_id in set(Check) else _("another fault")
