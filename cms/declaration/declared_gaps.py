"""The faults that lead editors let pass for a time."""

from collections.abc import Iterator

from django.urls import reverse

from cms.checks.queries import open_exemptions
from cms.declaration.rules import Gap, Group


def gaps_in(language: str) -> Iterator[Gap]:
    """Each open exemption with its reason and the day by which it is mended."""
    for one in open_exemptions(language):
        yield Gap(
            key=f"exemption:{one.pk}",
            group=Group.NONCONFORMING,
            title=one.title,
            missing=one.fault,
            language=one.language,
            fault=one.check_id,
            thing=one.what,
            address=one.address,
            reason=one.reason,
            mend_by=one.mend_by,
            edit_url=reverse("cms_checks_faults", args=one.faults_of),
        )
