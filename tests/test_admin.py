"""The administration: only the system administrator comes in, every page opens, the record is read-only."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.urls import reverse

from partners import actions
from partners.models import Audit, User
from plans import rules
from plans.models import Adoption, Plan, Publication, Revision, RevisionItem
from tests import make

OURS = [m for app in ("partners", "committees", "plans") for m in apps.get_app_config(app).get_models()]
RECORD = [Audit, Revision, RevisionItem, Adoption, Publication]


def page(name, model, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.fixture
def filled(cast, client):
    """Something in every table that actions fill, and the system administrator signed in."""
    actions.invite_representative(cast.troms, cast.unn, by=cast.kari, email="a@b.no", name="A")
    make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    client.force_login(cast.siv)
    return cast


def test_every_model_of_ours_is_there():
    assert [m for m in OURS if m not in admin.site._registry] == []


def test_every_list_and_row_opens(filled, client):
    asked = client.get("/admin/").wsgi_request
    for model in OURS:
        assert client.get(page("changelist", model), {"q": "a"}).status_code == 200, model
        if row := model.objects.first():
            assert client.get(page("change", model, row.pk)).status_code == 200, model
        if admin.site._registry[model].has_add_permission(asked):
            assert client.get(page("add", model)).status_code == 200, model


def test_the_record_is_neither_added_to_changed_nor_deleted(filled, client):
    for model in RECORD:
        row = model.objects.first()
        assert row is not None
        assert client.get(page("add", model)).status_code == 403, model
        assert client.post(page("change", model, row.pk), {}).status_code == 403, model
        assert client.post(page("delete", model, row.pk), {"post": "yes"}).status_code == 403, model
        assert model.objects.filter(pk=row.pk).exists(), model


def test_words_of_a_locked_plan_stand_still(filled, client):
    plan = Plan.objects.get(slug="vedtatt")
    client.post(page("change", Plan, plan.pk), {"title": "Noe annet"})
    plan.refresh_from_db()
    assert plan.title == "Handlingsplan 2026"
    section = plan.sections.get()
    client.post(page("change", type(section), section.pk), {"heading": "Noe annet"})
    section.refresh_from_db()
    assert section.heading == "Samhandling"


def test_only_the_system_administrator_comes_in(cast, client):
    def came_to() -> tuple[int, str]:
        answer = client.get("/admin/", follow=True)
        return answer.status_code, answer.request["PATH_INFO"]

    assert came_to() == (200, "/konto/login/")
    for user in cast.but("siv"):
        client.force_login(user)
        assert came_to() == (403, "/admin/login/")
    client.force_login(cast.siv)
    assert came_to() == (200, "/admin/")


def test_a_person_made_here_is_invited_and_never_deleted(filled, client):
    mail.outbox.clear()
    inlines = {
        f"{prefix}-{field}": "0"
        for prefix in ("secretariat_places", "representations")
        for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    client.post(page("add", User), {"name": "Ny", "email": "NY@b.no", "is_active": "on", **inlines})
    person = User.objects.get(email="ny@b.no")
    assert not person.has_usable_password()
    assert [m.to for m in mail.outbox] == [["ny@b.no"]]
    assert client.post(page("delete", User, person.pk), {"post": "yes"}).status_code == 403

    client.post(page("changelist", User), {"action": "invite_again", "_selected_action": [person.pk]})
    assert [m.to for m in mail.outbox] == [["ny@b.no"], ["ny@b.no"]]


def test_a_changed_address_closes_the_old_one(filled, client):
    person = make.user("Mona", password=make.PASSWORD)
    client.post(reverse("account_login"), {"login": person.email, "password": make.PASSWORD})
    client.force_login(filled.siv)
    inlines = {
        f"{prefix}-{field}": "0"
        for prefix in ("secretariat_places", "representations")
        for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    form = {"name": "Mona", "email": "ny@b.no", "is_active": "on", **inlines}
    client.post(page("change", User, person.pk), form)
    client.logout()
    for email, status in (("mona@eksempel.no", 200), ("ny@b.no", 302)):
        answer = client.post(reverse("account_login"), {"login": email, "password": make.PASSWORD})
        assert answer.status_code == status


def test_a_co_author_is_granted_and_taken_off_on_the_plans_page(filled, client):
    plan = filled.draft
    answer = client.get(page("change", Plan, plan.pk))
    form = answer.context["adminform"].form
    assert form.initial["authors"] == [filled.jon]
    facts = {k: v for k, v in form.initial.items() if v is not None and k != "agreements"}
    facts |= {"authors": [filled.ola.pk], "readers": [filled.berit.pk]}
    for prefix in ("abbreviations", "revisions"):
        facts |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    assert client.post(page("change", Plan, plan.pk), facts).status_code == 302
    people = {n: User.objects.get(pk=getattr(filled, n).pk) for n in ("jon", "ola", "berit")}
    assert {n: (rules.may_read_draft(p, plan), rules.may_edit(p, plan)) for n, p in people.items()} == {
        "jon": (False, False),
        "ola": (True, True),
        "berit": (True, False),
    }


def test_pages_say_it_in_norwegian_and_carry_nothing_that_the_csp_refuses(filled, client):
    english = {"Save and continue editing", "Add another", "Recent actions", "Log out"}
    for model in OURS:
        for address in (page("changelist", model), page("add", model)):
            answer = client.get(address)
            if answer.status_code == 403:
                continue
            html = answer.content.decode()
            assert [word for word in english if word in html] == [], address
            inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>|\son\w+=|\sstyle=", html)
            assert inline == [], address
