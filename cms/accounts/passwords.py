"""What makes a password too weak, in plain words. Django's own checks; only what they say is ours."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NotLikeAddress(password_validation.UserAttributeSimilarityValidator):
    """Refuses a password that is nearly the e-mail address or a part of it."""

    def get_error_message(self) -> str:
        return _("The password is too much like your e-mail address. Choose a different one")


class LongEnough(password_validation.MinimumLengthValidator):
    """Refuses a password of few characters."""

    def get_error_message(self) -> str:
        text = ngettext(
            "The password is too short. It must have at least %(number)s character",
            "The password is too short. It must have at least %(number)s characters",
            self.min_length,
        )
        return text % {"number": self.min_length}


class NotWellKnown(password_validation.CommonPasswordValidator):
    """Refuses the passwords that are tried first."""

    def get_error_message(self) -> str:
        return _("Many people use this password, so it is easy to guess. Choose a different one")


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    """Refuses a password of digits alone."""

    def get_error_message(self) -> str:
        return _("The password has only digits. Add letters")
