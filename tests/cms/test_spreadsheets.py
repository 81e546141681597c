"""Spreadsheets of the administration hold words, not formulas."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from wagtail.models import Page

from cms.spreadsheets import safe_cell
from tests.factories.accounts import UserFactory

HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", " =1"]


@pytest.mark.rule("certificate-18")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u00a0@"])
def test_what_would_begin_a_formula_is_quoted(start: str) -> None:
    assert safe_cell(f"{start}1+1").startswith("'")


@pytest.mark.rule("certificate-18")
@pytest.mark.parametrize("text", ["Anna Kowalska", "ŻÓŁĆ", "d'Arc", "", "1=1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_control_characters_are_left_out_of_cells() -> None:
    assert safe_cell("a\x00b\x08c") == "abc"
    assert safe_cell("\x00=1") == "'=1"


@pytest.mark.django_db
@pytest.mark.rule("certificate-18")
@pytest.mark.parametrize("address", ["/admin/reports/site-history/", "/admin/reports/aging-pages/"])
def test_no_report_of_wagtail_holds_a_formula(address: str) -> None:
    operator = UserFactory(is_superuser=True)
    for at, title in enumerate(HOSTILE):
        page = Page.objects.get(depth=1).add_child(instance=Page(title=title, slug=f"page-{at}"))
        page.save_revision(user=operator).publish(user=operator)
    client = Client()
    client.force_login(operator)
    lines = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
    cells = [cell for row in csv.reader(io.StringIO(lines)) for cell in row]
    workbook = b"".join(client.get(address, {"export": "xlsx"}).streaming_content)
    cells += [
        str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(workbook)).active.iter_rows() for cell in row
    ]
    assert "'+1" in cells
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@"))]
