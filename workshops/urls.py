"""Addresses of the workshops floor: in French, stable, readable."""

from django.urls import path

from .views import recommendations, restitution, sources, themes, workshops

urlpatterns = [
    path("ateliers/", workshops.workshop_list, name="workshop_list"),
    path("ateliers/<slug:slug>/", workshops.workshop, name="workshop"),
    path("ateliers/<slug:slug>.ics", workshops.workshop_calendar, name="workshop_calendar"),
    path("ateliers/<slug:slug>.docx", restitution.restitution_docx, name="workshop_docx"),
    path("ateliers/<slug:slug>.pdf", restitution.restitution_pdf, name="workshop_pdf"),
    path("ateliers/<slug:slug>/restitution/", restitution.restitution, name="workshop_restitution"),
    path("constats/", themes.theme_list, name="theme_list"),
    path("constats/<slug:slug>/", themes.theme, name="theme"),
    path("recommandations/", recommendations.recommendation_list, name="recommendation_list"),
    path("recommandations/<slug:slug>/", recommendations.recommendation, name="recommendation"),
    path("sources/<slug:slug>/", sources.source, name="source"),
]
