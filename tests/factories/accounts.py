"""People: accounts with a proved address and their persons."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from cms.accounts.models import Organisation, Person, User
from cms.accounts.rules import Role

PASSWORD = "Most-nad-Wisla-7"


class UserFactory(factory.django.DjangoModelFactory):
    """An account with a proved address; ``verified=False`` leaves the proof out, ``roles`` are given by group."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"osoba{number}@example.org")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def verified(self: User, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=extracted is not False)

    @factory.post_generation
    def roles(self: User, create: bool, extracted: list[Role] | None, **kwargs: Any) -> None:
        if create and extracted:
            self.groups.add(*[Group.objects.get_or_create(name=role.value)[0] for role in extracted])


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A social economy entity."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Spółdzielnia Przykładowa {number}")
    kind = Organisation.Kind.PES


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody who learns, with an account; ``user=None`` makes one without."""

    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    name = "Anna Przykładowa"
    language = "pl"

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        person = model_class(*args, **kwargs)
        person.take_name(person.name)
        person.save()
        return person


def staff(*roles: Role, **fields: Any) -> User:
    """The account of somebody with these roles, with a person."""
    return PersonFactory(user__roles=list(roles), **fields).user
