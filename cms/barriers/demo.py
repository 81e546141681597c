"""The demonstration's reports: one that waits and one that was answered. Both are marked as samples."""

from cms.accounts.models import User
from cms.accounts.rules import Role
from cms.barriers import actions
from cms.barriers.models import BarrierReport
from cms.barriers.rules import AnswerBy, Kind

WAITING = {
    "key": "0b1e9a54-5b3c-4d0e-9a51-0d8a5c1f2e01",
    "kind": Kind.DEMAND.value,
    "barrier": "Do przykładowej tabeli z terminami nie mogę dojść klawiaturą, a czytnik nie czyta jej nagłówków.",
    "place": "Wzór harmonogramu współpracy (plik do pobrania)",
    "remedy": "Tabela na stronie albo plik z oznaczonymi nagłówkami.",
    "name": "Irena Przykładowa",
    "answer_by": AnswerBy.EMAIL.value,
    "email": "irena.przykladowa@example.org",
    "phone": "",
}
ANSWERED = {
    "key": "0b1e9a54-5b3c-4d0e-9a51-0d8a5c1f2e02",
    "kind": Kind.HINT.value,
    "barrier": "In the sample film the words of the second speaker are hard to hear.",
    "place": "/en/",
    "remedy": "",
    "name": "",
    "answer_by": AnswerBy.PAGE.value,
    "email": "",
    "phone": "",
}
ANSWER = "Thank you. The sound is now louder, and everything that is said stands in the captions and the transcript."


def build() -> list[str]:
    """Report both barriers and answer one. Safe to repeat: what was settled in the meantime stays as it is."""
    actions.receive(language="pl", is_sample=True, **WAITING)
    hint = actions.receive(language="en", is_sample=True, **ANSWERED)
    lead = User.objects.filter(groups__name=Role.LEAD_EDITORS.value, is_active=True).order_by("pk").first()
    if lead is not None and BarrierReport.objects.filter(pk=hint.pk, settled_at=None).exists():
        actions.take(report_id=hint.pk, by=lead)
        actions.answer(report_id=hint.pk, text=ANSWER, told_by=AnswerBy.PAGE.value, by=lead)
    return []
