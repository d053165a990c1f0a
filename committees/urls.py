from django.urls import path, register_converter

from .converters import DayConverter
from .views import (
    attachments,
    bodies,
    calendars,
    cases,
    committees,
    decide,
    extracts,
    followups,
    links,
    meetings,
    minutes,
    papers,
    people,
    recuse,
    treatment,
)

register_converter(DayConverter, "day")

COMMITTEE = "arbeid/<slug:community>/utvalg/<slug:committee>/"
MEETING = COMMITTEE + "moter/<day:date>/"
CASE = COMMITTEE + "saker/<int:year>-<int:nr>/"
ITEM = MEETING + "sak/<int:year>-<int:nr>/"  # a case in its meeting
FOLLOW_UPS = COMMITTEE + "oppfolging/"
PUBLIC_MINUTES = "<slug:community>/utvalg/<slug:committee>/moter/<day:date>/protokoll/"
EXTRACT = "sak/<int:year>-<int:nr>/"  # of the minutes, for one case

urlpatterns = [
    path("arbeid/<slug:community>/folk/", people.people, name="people"),
    path("arbeid/<slug:community>/folk/utvalg/ny/", bodies.write_committee, name="write_committee"),
    path("arbeid/<slug:community>/folk/roller/ny/", bodies.write_role, name="write_role"),
    path("arbeid/<slug:community>/folk/roller/<int:pk>/", bodies.write_role, name="write_role"),
    path("arbeid/<slug:community>/folk/verv/", people.invite_to_seat, name="invite_to_seat"),
    path("arbeid/<slug:community>/folk/verv/<int:pk>/slutt/", people.end_seat, name="end_seat"),
    path("lenke/<str:token>/", links.personal_link, name="personal_link"),
    path("arbeid/<slug:community>/lenker/", links.personal_links, name="personal_links"),
    path("arbeid/<slug:community>/lenker/<uuid:pk>/send/", links.resend_link, name="resend_link"),
    path("arbeid/<slug:community>/lenker/<uuid:pk>/trekk/", links.revoke_link, name="revoke_link"),
    path(COMMITTEE, committees.committee_work, name="committee_work"),
    path(COMMITTEE + "endre/", bodies.write_committee, name="write_committee"),
    path(COMMITTEE + "regler/", committees.set_rules, name="set_rules"),
    path(COMMITTEE + "arshjul/", committees.add_to_wheel, name="add_to_wheel"),
    path(COMMITTEE + "arshjul/<int:pk>/ta-ut/", committees.take_off_wheel, name="take_off_wheel"),
    path(COMMITTEE + "moter/ny/", meetings.plan_meeting, name="plan_meeting"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(MEETING + "endre/", meetings.change_meeting, name="change_meeting"),
    path(MEETING + "avlys/", meetings.cancel_meeting, name="cancel_meeting"),
    path(MEETING + "kall-inn/", meetings.call_meeting, name="call_meeting"),
    path(MEETING + "svar/<int:pk>/", meetings.answer_call, name="answer_call"),
    path(MEETING + "saksliste/", meetings.add_to_agenda, name="add_to_agenda"),
    path(MEETING + "saksliste/<int:pk>/flytt/", meetings.order_agenda, name="order_agenda"),
    path(MEETING + "saksliste/<int:pk>/ta-av/", meetings.take_off_agenda, name="take_off_agenda"),
    path(MEETING + "papirer/", papers.papers, name="papers"),
    path(MEETING + "papirer.pdf", papers.papers_pdf, name="papers_pdf"),
    path(MEETING + "mote.ics", calendars.invitation, name="invitation"),
    path("arbeid/kalender/", calendars.my_calendars, name="my_calendars"),
    path("arbeid/kalender/ny/", calendars.make_feed, name="make_feed"),
    path("arbeid/kalender/<uuid:pk>/trekk/", calendars.revoke_feed, name="revoke_feed"),
    path(MEETING + "send-papirene/", meetings.send_papers, name="send_papers"),
    path(COMMITTEE + "saker/ny/", cases.write_case, name="write_case"),
    path(CASE, cases.case, name="case"),
    path(CASE + "endre/", cases.edit_case, name="edit_case"),
    path(CASE + "sak.pdf", papers.case_pdf, name="case_pdf"),
    path(CASE + "vedlegg/", attachments.attach, name="attach"),
    path(CASE + "vedlegg/<int:pk>/", attachments.attachment, name="attachment"),
    path(CASE + "vedlegg/<int:pk>/ta-av/", attachments.detach, name="detach"),
    path(CASE + "inhabil/", recuse.report_recusal, name="report_recusal"),
    path(CASE + "inhabil/<int:pk>/", recuse.recuse, name="recuse"),
    path(ITEM, treatment.treat_case, name="treat_case"),
    path(ITEM + "frammote/", treatment.record_attendance, name="record_attendance"),
    path(ITEM + "vedtak/", decide.decide, name="decide"),
    path(MEETING + "oppfolging/ny/", followups.write_follow_up, name="write_follow_up"),
    path(MEETING + "protokoll/filer/", minutes.remake_minutes, name="remake_minutes"),
    path(FOLLOW_UPS, followups.follow_ups, name="follow_ups"),
    path(FOLLOW_UPS + "<int:pk>/", followups.follow_up, name="follow_up"),
    path(FOLLOW_UPS + "<int:pk>/endre/", followups.edit_follow_up, name="edit_follow_up"),
    path(FOLLOW_UPS + "<int:pk>/utfort/", followups.finish_follow_up, name="finish_follow_up"),
    path(FOLLOW_UPS + "<int:pk>/ta-ut/", followups.drop_follow_up, name="drop_follow_up"),
    path(FOLLOW_UPS + "<int:pk>/apne/", followups.reopen_follow_up, name="reopen_follow_up"),
    path(MEETING + "protokoll/", minutes.minutes, name="minutes"),
    path(MEETING + "protokoll/skriv/", minutes.write_minutes, name="write_minutes"),
    path(MEETING + "protokoll/godkjenn/", minutes.approve_minutes, name="approve_minutes"),
    path(PUBLIC_MINUTES, minutes.public_minutes, name="public_minutes"),
    path(MEETING + "protokoll/" + EXTRACT, extracts.extract, name="extract"),
    path(MEETING + "protokoll/" + EXTRACT + "utskrift.pdf", extracts.extract_pdf, name="extract_pdf"),
    path(PUBLIC_MINUTES + EXTRACT, extracts.public_extract, name="public_extract"),
]
