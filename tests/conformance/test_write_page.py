"""The writing page is valid HTML, with every column and with none."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from plans.snapshot import to_draft
from tests.people import Cast
from tests.plans.documents import small_plan

pytestmark = [pytest.mark.conformance, pytest.mark.django_db]


def test_the_writing_page(client: Client, cast: Cast, vnu: Callable[[str | bytes], None]) -> None:
    plan = to_draft(small_plan(), community=cast.troms, by=cast.kari)
    client.force_login(cast.kari)
    for slug, query in ((plan.slug, "?vis=status&vis=indicator"), (cast.draft.slug, "")):
        answer = client.get(reverse("write", args=[cast.troms.slug, slug]) + query)
        assert answer.status_code == 200
        vnu(answer.content)
