"""What this house adds to the coordinators' side: templates, awards, the register, a warning when a paper failed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from certificates.documents import DocumentError, file_name, render
from certificates.forms import AwardForm, TemplateForm, refusal
from certificates.models import Award, Certificate, CertificateTemplate
from certificates.papers import sample_snapshot
from certificates.permissions import KeptPolicy, RegisterPolicy, can_view_register
from certificates.queries import certificates_with_error
from certificates.register import RegisterViewSet

register_permission_policy(Certificate, RegisterPolicy(Certificate))
register_permission_policy(Award, KeptPolicy(Award))
register_permission_policy(CertificateTemplate, KeptPolicy(CertificateTemplate))


class KeptViewSet(ModelViewSet):
    """Rows that certificates rest on: added and changed, never deleted."""

    add_to_reference_index = False
    copy_view_enabled = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**dict.fromkeys(("delete_url_name", "usage_url_name")), **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in {"delete", "usage"}]

    def get_permissions_to_register(self) -> Any:
        return super().get_permissions_to_register().exclude(codename__startswith="delete_")


def show_sample(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The paper as a template words it, with invented facts, so that a coordinator sees it before anybody else."""
    if language not in ("pl", "en"):
        raise Http404
    if not KeptPolicy(CertificateTemplate).user_has_any_permission(request.user, {"view", "change"}):
        raise PermissionDenied
    template = get_object_or_404(CertificateTemplate, pk=pk)
    try:
        paper = render(sample_snapshot(template, language))
    except DocumentError as error:
        messages.error(request, refusal(error))
        return redirect("certificates_templates:edit", pk)
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name("sample", template.series)}"'
    return response


class SampleColumn(Column):
    """Links to the sample paper of a template in both languages."""

    cell_template_name = "certificates/admin/sample_cell.html"


class AwardViewSet(KeptViewSet):
    """What a course promises. An award is switched off, not deleted."""

    model = Award
    name = "certificates_awards"
    url_prefix = "certificates/awards"
    menu_label = gettext_lazy("Awards")
    menu_order = 200
    icon = "success"
    list_display = [
        "course",
        "template",
        BooleanColumn("active", label=gettext_lazy("Active")),
        DateColumn("not_before", label=gettext_lazy("Since")),
    ]
    edit_handler = ObjectList(
        [FieldPanel("course"), FieldPanel("template"), FieldPanel("active"), FieldPanel("not_before")],
        base_form_class=AwardForm,
    )


class TemplateViewSet(KeptViewSet):
    """Who issues and signs. A change reaches only later certificates: each keeps the words that it was issued with."""

    model = CertificateTemplate
    name = "certificates_templates"
    url_prefix = "certificates/templates"
    menu_label = gettext_lazy("Templates")
    menu_order = 300
    icon = "doc-empty"
    list_display = [
        "name",
        "series",
        "issuer_name",
        BooleanColumn("is_sample", label=gettext_lazy("Sample")),
        SampleColumn("sample", label=gettext_lazy("Paper")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("series"),
            MultiFieldPanel(
                [FieldPanel("issuer_name"), FieldPanel("issuer_address"), FieldPanel("issuer_contact")],
                heading=gettext_lazy("Issuer"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("signatory_name"),
                    FieldPanel("signatory_function_pl"),
                    FieldPanel("signatory_function_en"),
                    FieldPanel("issued_place"),
                ],
                heading=gettext_lazy("Signature"),
            ),
            MultiFieldPanel(
                [FieldPanel("funding_note_pl"), FieldPanel("funding_note_en"), FieldPanel("is_sample")],
                heading=gettext_lazy("Notes"),
            ),
        ],
        base_form_class=TemplateForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("sample/<int:pk>/<str:language>/", show_sample, name="sample")]


@hooks.register("register_admin_viewset")
def register_certificates() -> ModelViewSetGroup:
    return CertificatesGroup()


class CertificatesGroup(ModelViewSetGroup):
    """The coordinators' menu “Certificates”."""

    menu_label = gettext_lazy("Certificates")
    menu_icon = "doc-full-inverse"
    menu_order = 350
    items = (RegisterViewSet, AwardViewSet, TemplateViewSet)


@hooks.register("register_log_actions")
def register_log_actions(registry: Any) -> None:
    for action, label, message in (
        ("certificates.issue", gettext_lazy("Issue"), gettext_lazy("Certificate issued")),
        ("certificates.reissue", gettext_lazy("Issue anew"), gettext_lazy("Certificate issued in place of another")),
        (
            "certificates.issue_again",
            gettext_lazy("Issue again"),
            gettext_lazy("Certificate issued after a revocation"),
        ),
        ("certificates.revoke", gettext_lazy("Revoke"), gettext_lazy("Certificate revoked")),
        ("certificates.make_paper", gettext_lazy("Make the PDF"), gettext_lazy("PDF asked for again")),
        ("certificates.export", gettext_lazy("Export"), gettext_lazy("Register of certificates exported")),
        ("certificates.forget_holder", gettext_lazy("Forget the holder"), gettext_lazy("Holder's name removed")),
    ):
        registry.register_action(action, label, message)


class FailedPapersPanel(Component):
    """A warning on the first page of the editors' side: papers that could not be made wait for somebody."""

    name = "failed_papers"
    template_name = "certificates/admin/failed_papers.html"
    order = 50

    def __init__(self, count: int) -> None:
        self.count = count

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"count": self.count, "url": f"{reverse('certificates_register:index')}?state=error"}


@hooks.register("construct_homepage_panels")
def warn_of_failed_papers(request: HttpRequest, panels: list[Component]) -> None:
    if can_view_register(request.user):
        count = certificates_with_error().count()
        if count:
            panels.append(FailedPapersPanel(count))
