"""The addresses of the workbench, for people who signed in: everything under /arbeid/."""

from django.urls import path

from .views import (
    adopt,
    compare,
    draft_page,
    edit_plan,
    edit_row,
    freeze_named,
    frozen_page,
    hints,
    intake,
    word,
    work,
    write,
    write_json,
)

PLAN = "arbeid/<slug:community>/planer/<slug:plan>/"

urlpatterns = [
    path("arbeid/", work.my_work, name="my_work"),
    path("arbeid/<slug:community>/", work.community_work, name="community_work"),
    path("arbeid/<slug:community>/import/", intake.upload_plan, name="upload_plan"),
    path("arbeid/<slug:community>/import/<int:pk>/", intake.import_preview, name="import_preview"),
    path("arbeid/<slug:community>/import/<int:pk>/les-om/", intake.reread_import, name="reread_import"),
    path("arbeid/<slug:community>/import/<int:pk>/utkast/", intake.accept_import, name="accept_import"),
    path("arbeid/<slug:community>/import/<int:pk>/forkast/", intake.discard_import, name="discard_import"),
    path("arbeid/<slug:community>/ny-plan/", work.start_plan, name="start_plan"),
    path(PLAN, edit_plan.plan_work, name="plan_work"),
    path(PLAN + "utkast.docx", word.draft_word, name="draft_word"),
    path(PLAN + "skriv/", write.write, name="write"),
    path(PLAN + "skriv/lagre/", write_json.save_cell, name="save_cell"),
    path(PLAN + "skriv/endre/", write_json.change_structure, name="change_structure"),
    path(PLAN + "skriv/nytt/", write_json.news, name="write_news"),
    path(PLAN + "skriv/ansvarlige/", write.responsible_names, name="responsible_names"),
    path(PLAN + "skriv/rad/<uuid:key>/", write.write_row, name="write_row"),
    path(PLAN + "opplysninger/", edit_plan.edit_facts, name="edit_facts"),
    path(PLAN + "forkortelser/", edit_plan.edit_abbreviations, name="edit_abbreviations"),
    path(PLAN + "figurer/<slug:sha256>", edit_plan.draft_figure, name="draft_figure"),
    path(PLAN + "ny/<slug:kind>/", edit_row.add_row, name="add_row"),
    path(PLAN + "rad/<slug:code>/", edit_row.edit_row, name="edit_row"),
    path(PLAN + "rad/<slug:code>/ny/<slug:kind>/", edit_row.add_row, name="add_row"),
    path(PLAN + "rad/<slug:code>/flytt/", edit_row.move_row, name="move_row"),
    path(PLAN + "rad/<slug:code>/slett/", edit_row.delete_row, name="delete_row"),
    path("arbeid/<slug:community>/planer/<slug:plan>/vedtak/", adopt.adopt, name="adopt"),
    path(
        "arbeid/<slug:community>/planer/<slug:plan>/som-mottatt/",
        adopt.publish_received,
        name="publish_received",
    ),
    path("arbeid/<slug:community>/planer/<slug:plan>/forhandsvis/", draft_page.draft_page, name="draft_page"),
    path(PLAN + "sammenlign/", compare.compare_work, name="compare_work"),
    path(PLAN + "versjoner/ny/", freeze_named.freeze_named, name="freeze_named"),
    path(PLAN + "versjoner/<int:number>/", frozen_page.frozen_page, name="frozen_page"),
    path(PLAN + "merknader/", hints.hints, name="hints"),
    path(PLAN + "merknader/bort/", hints.wave_off, name="wave_off"),
    path(PLAN + "merknader/forklar/", hints.explain, name="explain"),
    path(PLAN + "merknader/valg/", hints.choose_hints, name="choose_hints"),
]
