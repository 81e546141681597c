"""The demonstration accounts, one per role. Their password is printed, for they exist in demonstrations only."""

from cms.accounts.actions import create_account, update_profile
from cms.accounts.models import Organisation
from cms.accounts.rules import Role

PASSWORD = "Piernik-i-most-2026"  # noqa: S105 - of demonstrations only
PES = ("Spółdzielnia Socjalna „Piernik” (przykład)", Organisation.Kind.PES.value)
OFFICE = ("Wydział Przykładowy Urzędu Miasta", Organisation.Kind.ADMINISTRATION.value)
ACADEMY = ("Akademia Współpracy – wersja demonstracyjna", Organisation.Kind.OTHER.value)

ACCOUNTS: tuple[tuple[str, str, str, tuple[str, str], tuple[Role, ...]], ...] = (
    ("nauka@example.org", "Anna Przykładowa", "osoba ucząca się", PES, ()),
    ("urzad@example.org", "Jan Przykładowy", "osoba ucząca się (urząd)", OFFICE, ()),
    ("trener@example.org", "Ewa Przykładowa", "trener, trenerka", ACADEMY, (Role.TRAINERS,)),
    ("koordynacja@example.org", "Maria Przykładowa", "koordynacja szkoleń", ACADEMY, (Role.COORDINATORS,)),
    ("redakcja@example.org", "Piotr Przykładowy", "redakcja", ACADEMY, (Role.EDITORS,)),
    ("redakcja.prowadzaca@example.org", "Alicja Przykładowa", "redakcja prowadząca", ACADEMY, (Role.LEAD_EDITORS,)),
    ("administracja@example.org", "Zofia Przykładowa", "administracja serwisu", ACADEMY, (Role.ADMINISTRATORS,)),
)


def build() -> list[str]:
    """Make the accounts that are missing; tells the addresses, the roles and the password. Safe to repeat."""
    lines = ["", "Konta demonstracyjne / demonstration accounts:"]
    for email, name, role, (organisation, kind), roles in ACCOUNTS:
        person = create_account(email=email, password=PASSWORD, name=name, roles=roles)
        if person.organisation_id is None:
            update_profile(
                person_id=person.pk, name=name, language="pl", organisation_name=organisation, organisation_kind=kind
            )
        lines.append(f"  {email:<33} {role}")
    lines.append(f"  hasło / password: {PASSWORD}")
    return lines
