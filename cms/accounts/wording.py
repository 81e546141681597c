"""How refusals of this room are worded."""

from django.utils.translation import gettext as _

from cms.accounts.rules import NAME_MAX, NameFault, NameProblem, Role


def name_refusal(problem: NameProblem) -> str:
    """Why a name cannot stand on a certificate, in words that say what to do."""
    shown = {"sign": problem.sign}
    match problem.fault:
        case NameFault.EMPTY:
            return _("Enter your first name and surname")
        case NameFault.TOO_LONG:
            return _("The name must have at most %(number)s characters") % {"number": NAME_MAX}
        case NameFault.EMOJI:
            return _("Remove the emoji or symbol: %(sign)s. A name on a certificate consists of letters") % shown
        case NameFault.DIGIT:
            return _("Remove the digit: %(sign)s. A name on a certificate consists of letters") % shown
        case NameFault.INVISIBLE:
            return _("The name contains a character that cannot be seen. Type it instead of pasting it")
        case NameFault.SIGN:
            return (
                _("Remove the character: %(sign)s. Names may have letters, spaces, hyphens, apostrophes and full stops")
                % shown
            )
        case NameFault.NO_LETTERS:
            return _("Enter your first name and surname in full")
        case NameFault.STACKED_MARKS:
            return _("There are too many marks over one letter. Type the name instead of pasting it")


def role_label(name: str) -> str:
    """The name of a group as people read it; a group of their own keeps its name."""
    labels = {
        Role.EDITORS.value: _("Editors"),
        Role.LEAD_EDITORS.value: _("Lead editors"),
        Role.TRAINERS.value: _("Trainers"),
        Role.COORDINATORS.value: _("Training coordinators"),
        Role.ADMINISTRATORS.value: _("Administrators"),
    }
    return labels.get(name, name)
