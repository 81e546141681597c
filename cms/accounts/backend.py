"""Signing in by address and password."""

from allauth.account.auth_backends import AuthenticationBackend

from cms.accounts.models import User
from cms.accounts.queries import user_with_address


class AddressBackend(AuthenticationBackend):
    """One query and one hash for every try, whether the address is known or not.

    Only the account's own address opens it; one that is still to be proved (a change under way) does not.
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        found: User | None = self._check_password(user_with_address(email), password)
        return found
