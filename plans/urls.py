"""The addresses of plans: work pages first, since a community's slug could be any other word."""

from django.urls import path, register_converter

from committees.converters import NumberConverter

from .opendata import embeds
from .urls_work import urlpatterns as work
from .views import (
    agreement_pages,
    check_file,
    communities,
    compare,
    give_input,
    input_answers,
    item_page,
    open_data,
    public,
    public_cases,
    responsible,
    search,
    shared_copies,
    translate_plan,
)

register_converter(NumberConverter, "number")
VERSION = "<slug:community>/planer/<slug:plan>/v<number:number>"

urlpatterns = [
    path("", communities.front_page, name="front_page"),
    path("sok/", search.search, name="search"),
    path("kommune/<slug:slug>/", communities.municipality_page, name="municipality_page"),
    path("apne-data/", open_data.open_data, name="open_data"),
    path("embed/t/<slug:code>", embeds.embed_measure, name="embed_measure"),
    path("embed/plan/<slug:community>/<slug:plan>/", embeds.embed_plan, name="embed_plan"),
    path("t/<slug:code>", item_page.item_page, name="item_page"),
    path("kontroll/", check_file.check_file, name="check_file"),
    path("d/<slug:prefix>", check_file.document_page, name="document_page"),
    path("kopi/<str:token>/", shared_copies.shared_copy, name="shared_copy"),
    path("horing/<slug:key>/", give_input.open_hearing, name="open_hearing"),
    path("horing/<slug:key>/svar/", input_answers.input_answers, name="input_answers"),
    path("horing/<slug:key>/svar.docx", input_answers.open_answers_word, name="open_answers_word"),
    path("innspill/<uuid:operation>/", give_input.given_input, name="given_input"),
    *work,
    path("<slug:community>/", communities.community_page, name="community_page"),
    path("<slug:community>/avtaler/", agreement_pages.agreements_page, name="agreements_page"),
    path("<slug:community>/avtaler/<slug:slug>/", agreement_pages.agreement_page, name="agreement_page"),
    path("<slug:community>/ansvarlig/<slug:slug>/", responsible.responsible_page, name="responsible_page"),
    path("<slug:community>/planer/<slug:plan>/", public.plan_page, name="plan_page"),
    path(VERSION + "/", public.revision_page, name="revision_page"),
    path(
        "<slug:community>/planer/<slug:plan>/oversettelse/<slug:language>/",
        translate_plan.translated_plan,
        name="translated_plan",
    ),
    path("<slug:community>/planer/<slug:plan>/sammenlign/", compare.compare_public, name="compare_public"),
    path("<slug:community>/planer/<slug:plan>/sammenlign/pdf/", compare.compare_pdf, name="compare_pdf"),
    path(
        "<slug:community>/utvalg/<slug:committee>/saker/<int:year>-<int:nr>/",
        public_cases.public_case,
        name="public_case",
    ),
]
