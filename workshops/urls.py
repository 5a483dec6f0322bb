"""Addresses of the workshops floor: in French, stable, readable."""

from django.urls import path

from .views import (
    attending,
    bearer,
    comparison,
    entering,
    entering_line,
    recommendations,
    restitution,
    sources,
    themes,
    workshops,
)

urlpatterns = [
    path("ateliers/", workshops.workshop_list, name="workshop_list"),
    # Before the page of a workshop, whose address it would be.
    path("ateliers/comparer/", comparison.compare, name="workshop_compare"),
    path("ateliers/<slug:slug>/", workshops.workshop, name="workshop"),
    path("ateliers/<slug:slug>.ics", workshops.workshop_calendar, name="workshop_calendar"),
    path("ateliers/<slug:slug>.docx", restitution.restitution_docx, name="workshop_docx"),
    path("ateliers/<slug:slug>.pdf", restitution.restitution_pdf, name="workshop_pdf"),
    path("ateliers/<slug:slug>/restitution/", restitution.restitution, name="workshop_restitution"),
    path("constats/", themes.theme_list, name="theme_list"),
    path("constats/<slug:slug>/", themes.theme, name="theme"),
    path("recommandations/", recommendations.recommendation_list, name="recommendation_list"),
    path(
        "recommandations/<slug:slug>.ics",
        recommendations.recommendation_calendar,
        name="recommendation_calendar",
    ),
    path("recommandations/<slug:slug>/", recommendations.recommendation, name="recommendation"),
    # A token is signed: its sign « ~ » is no slug's.
    path("ou-en-est-on/<str:token>/", bearer.bearer, name="bearer"),
    path("rappels/<str:token>/arret/", bearer.reminders_stop, name="reminders_stop"),
    path("saisie/<slug:slug>/participants/", attending.attending, name="attending"),
    path("saisie/<slug:slug>/participants/lire/", attending.read_list, name="attending_read"),
    path("saisie/<slug:slug>/participants/enregistrer/", attending.save_list, name="attending_save"),
    path("saisie/<slug:slug>/participants/abandonner/", attending.drop_list, name="attending_drop"),
    path("saisie/<slug:slug>/participants/annuler/", attending.undo_list, name="attending_undo"),
    path("saisie/<slug:slug>/constats/", entering.entering, name="entering"),
    path("saisie/<slug:slug>/constats/etat.json", entering.lines_state, name="entering_state"),
    path("saisie/<slug:slug>/constats/ordre/", entering.reorder, name="entering_order"),
    path("saisie/<slug:slug>/constats/notes/", entering.add_notes, name="entering_notes"),
    path("saisie/<slug:slug>/constats/garder/", entering.accept_proposals, name="entering_accept"),
    path("saisie/<slug:slug>/constats/enregistrer/", entering.record, name="entering_record"),
    path("saisie/<slug:slug>/constats/<uuid:key>/", entering_line.line, name="entering_line"),
    path("saisie/<slug:slug>/mentions.json", entering.mentions, name="entering_mentions"),
    path("saisie/<slug:slug>/publier/", entering.publish, name="entering_publish"),
    path("sources/<slug:slug>/", sources.source, name="source"),
]
