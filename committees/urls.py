from django.urls import path

from . import views

urlpatterns = [
    path("arbeid/<slug:community>/folk/", views.people, name="people"),
    path("arbeid/<slug:community>/folk/verv/", views.invite_to_seat, name="invite_to_seat"),
    path("arbeid/<slug:community>/folk/verv/<int:pk>/slutt/", views.end_seat, name="end_seat"),
]
