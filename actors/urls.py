"""Reaching someone and proposing corrections. The token of a private link has only letters, digits, - and _."""

from django.urls import path

from .views import requests, vocabulary

urlpatterns = [
    path("competences.csv", vocabulary.competences_csv, name="competences_csv"),
    path("competences.ttl", vocabulary.competences_ttl, name="competences_ttl"),
    path("acteurs/<slug:slug>/contact/", requests.contact_request, name="contact_request"),
    path("correction/", requests.correction_request, name="correction_request"),
    path("demande/<slug:token>/", requests.contact_request_status, name="contact_request_status"),
    path(
        "demande/correction/<slug:token>/",
        requests.correction_request_status,
        name="correction_request_status",
    ),
]
