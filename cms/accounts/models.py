"""Users sign in; persons learn and are certified. A person may have no account."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts import rules

LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]


class UserManager(BaseUserManager["User"]):
    """Finds and makes users by e-mail, in lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: an e-mail address and a password. It carries no name: names belong to the person."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="cms_accounts_user_email_is_one_in_any_case")]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    @property
    def is_staff(self) -> bool:
        """Whether the account may enter the editors' side; decided by permissions, never by a flag."""
        return self.has_perm("wagtailadmin.access_admin")

    def get_full_name(self) -> str:
        """The person's name, or the address where no person or name is known."""
        person = getattr(self, "person", None)
        return person.name if person and person.name else self.email

    def get_short_name(self) -> str:
        return self.get_full_name()


class Organisation(models.Model):
    """Where a person works: a social economy entity, an office, or another.

    ``folded_name`` holds the name in small letters, because SQLite does not fold Polish ones; one name is one row.
    """

    class Kind(models.TextChoices):
        PES = "pes", _("social economy entity (PES)")
        ADMINISTRATION = "administration", _("public administration")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=200)
    folded_name = models.CharField(max_length=250, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    register_number = models.CharField(_("register number"), max_length=30, null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["register_number"], name="cms_accounts_organisation_register_number_is_one"
            ),
            models.UniqueConstraint(
                fields=["folded_name", "kind"], name="cms_accounts_organisation_name_is_one_in_its_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = rules.fold_organisation(self.name)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded_name"}
        super().save(*args, **kwargs)


class Person(models.Model):
    """Whoever learns or is certified, with or without an account.

    ``name`` stands on the certificate exactly as written. ``sort_name`` and ``search_name`` are derived from it.
    """

    user = models.OneToOneField(
        User, verbose_name=_("account"), null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    name = models.CharField(_("name as it should appear on the certificate"), max_length=200, blank=True)
    sort_name = models.CharField(max_length=250, blank=True, editable=False)
    search_name = models.CharField(max_length=250, blank=True, editable=False, db_index=True)
    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_("Only for a person without an account. Otherwise the account's address is used."),
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="pl")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "id"]

    def __str__(self) -> str:
        return self.name or self.contact_email or f"#{self.pk}"

    def take_name(self, name: str) -> list[str]:
        """Set the name and what is derived from it; returns the fields to save."""
        self.name = rules.normalise_name(name)
        self.sort_name = rules.sort_name(self.name)
        self.search_name = rules.search_name(self.name)
        return ["name", "sort_name", "search_name"]

    @property
    def contact_email(self) -> str:
        """Where letters go: the account's address, or the one given without an account."""
        return self.user.email if self.user else self.email
