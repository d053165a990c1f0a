from django.urls import path

from .views import links, people

urlpatterns = [
    path("arbeid/<slug:community>/folk/", people.people, name="people"),
    path("arbeid/<slug:community>/folk/verv/", people.invite_to_seat, name="invite_to_seat"),
    path("arbeid/<slug:community>/folk/verv/<int:pk>/slutt/", people.end_seat, name="end_seat"),
    path("lenke/<str:token>/", links.personal_link, name="personal_link"),
    path("arbeid/<slug:community>/lenker/", links.personal_links, name="personal_links"),
    path("arbeid/<slug:community>/lenker/<uuid:pk>/send/", links.resend_link, name="resend_link"),
    path("arbeid/<slug:community>/lenker/<uuid:pk>/trekk/", links.revoke_link, name="revoke_link"),
]
