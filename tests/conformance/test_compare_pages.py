"""The workbench's pages about versions are valid HTML, whatever kinds of change they show."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from plans import actions
from plans.models import Goal, Measure, Section
from plans.snapshot import to_draft
from tests.people import Cast
from tests.plans.documents import small_plan

pytestmark = [pytest.mark.conformance, pytest.mark.django_db]


def test_pages_about_versions(client: Client, cast: Cast, vnu: Any) -> None:
    document = small_plan(vision="Én\nto")
    plan = to_draft(document, community=cast.troms, by=cast.kari)
    other = to_draft(replace(document, sections=document.sections[:1]), community=cast.troms, by=cast.kari)
    actions.freeze_named(plan, by=cast.kari, name="til «SSU» & PM", note="Før\nmøtet")
    for row in (
        *Section.objects.filter(plan=plan),
        *Goal.objects.filter(section__plan=plan),
        *Measure.objects.filter(goal__section__plan=plan),
    ):
        row.label, row.struck, row.status_text = "x", not row.struck, "satt i gang"
        row.save()
    client.force_login(cast.kari)
    work = plan.get_work_url()
    for page in (
        work,
        f"{work}sammenlign/",
        f"{work}sammenlign/?fra={other.community.slug}/{other.slug}/utkast&til=v1",
        f"{work}sammenlign/?fra=v1&til={other.community.slug}/{other.slug}/utkast",
        f"{work}pdf/utkast/",
        f"{work}versjoner/ny/",
        f"{work}versjoner/1/",
    ):
        answer = client.get(page)
        assert answer.status_code == 200, page
        vnu(answer.content)
    ordered = actions.order_file(plan, by=cast.kari, kind="utkast", source="x")
    for state in ({"started_at": None}, {"started_at": plan.created_at}, {"error": "x < y"}):
        type(ordered).objects.update(**state)
        vnu(client.get(f"{work}pdf/utkast/").content)
    vnu(client.get(f"{work}sammenlign/?fra=v1&til=v1").content)
    vnu(client.get(f"{other.get_work_url()}sammenlign/").content)
