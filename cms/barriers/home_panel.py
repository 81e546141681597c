"""On the first screen of the administration: the reports that wait for an answer, the late ones first."""

from typing import Any

from django.utils import timezone

from cms.barriers.queries import late_reports, open_reports
from cms.barriers.wording import left_words
from cms.checks.home_panels import SHOWN, ListPanel


class WaitingReportsPanel(ListPanel):
    """Open reports, the most urgent first, with how many there are and how many are late."""

    name = "barriers"
    order = 100
    template_name = "cms/barriers/admin/home.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        today = timezone.localdate()
        rows = list(open_reports()[: SHOWN + 1])
        late = late_reports(today).count() if rows and rows[0].deadline < today else 0
        shown = [
            {"report": report, "left": left_words(report, today), "late": report.deadline < today}
            for report in rows[:SHOWN]
        ]
        return {"rows": shown, "more": len(rows) > SHOWN, "late": late}
