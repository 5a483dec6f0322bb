"""Every component in every state, for those who build pages. Its contents are made up, and say so."""

from typing import Any

from django import forms
from django.contrib.admin.views.decorators import staff_member_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

NATURES = [
    {"css": "local", "label": "Collectivité"},
    {"css": "state", "label": "Service de l’État"},
    {"css": "assoc", "label": "Association"},
    {"css": "research", "label": "Recherche"},
    {"css": "private", "label": "Entreprise"},
    {"css": "person", "label": "Personne"},
    {"css": "unknown", "label": "Nature non précisée"},
]
FINDING_KINDS = [
    {"css": "frein", "label": "Obstacle", "plural": "Obstacles", "field_word": "freins"},
    {"css": "moteur", "label": "Ce qui aide", "plural": "Ce qui aide", "field_word": "moteurs"},
    {"css": "ingredient", "label": "Ingrédient", "plural": "Ingrédients", "field_word": ""},
    {"css": "condition", "label": "Condition", "plural": "Conditions", "field_word": ""},
    {"css": "besoin", "label": "Besoin", "plural": "Besoins", "field_word": ""},
    {"css": "tension", "label": "Tension", "plural": "Tensions", "field_word": ""},
    {"css": "question", "label": "Question ouverte", "plural": "Questions ouvertes", "field_word": ""},
    {"css": "representation", "label": "Représentation", "plural": "Représentations", "field_word": ""},
    {"css": "constat", "label": "Constat", "plural": "Constats", "field_word": ""},
]
BADGES = [
    {"css": "", "label": "Implanté ici"},
    {"css": "", "label": "Intervient ici"},
    {"css": "overlap", "label": "Dans une partie"},
    {"css": "near", "label": "À côté, à 12 km"},
    {"css": "unknown", "label": "Suite inconnue"},
    {"css": "not_begun", "label": "Pas commencée"},
    {"css": "under_way", "label": "En cours"},
    {"css": "blocked", "label": "Bloquée"},
    {"css": "done", "label": "Faite"},
    {"css": "dropped", "label": "Abandonnée"},
    {"css": "nobody", "label": "Portée par personne"},
    {"css": "proposed", "label": "Porteur pressenti"},
    {"css": "accepted", "label": "Portée"},
]
PRESENCES = ["present", "organiser", "excused", "represented", "invited", "absent", "unknown", "cited"]
TONES = ["info", "success", "warning", "error"]
MESSAGES = [
    {"level_tag": "success", "message": "Votre demande est enregistrée."},
    {"level_tag": "error", "message": "Rien n’a été enregistré."},
]
CRUMBS = [
    {"label": "Acteurs", "url": "#"},
    {"label": "Commune exemple", "url": "#"},
    {"label": "Organisation exemple", "url": ""},
]
FIGURES = [
    {"value": 12345, "label": "acteurs, dont 23 personnes", "url": "#"},
    {"value": 12, "label": "territoires couverts"},
    {"value": 1, "label": "atelier, 34 constats"},
    {"value": 0, "label": "recommandation avec une suite connue"},
]
STEPS = [
    {"label": "Obstacle", "pages": [1], "text": "Un obstacle constaté", "url": "#"},
    {"label": "Ingrédient", "pages": [2, 3], "text": "Ce qui y a répondu ailleurs"},
    {"label": "Recommandation", "pages": [4], "text": "Ce que l’atelier recommande", "url": "#"},
    {"label": "Suite", "text": "Inconnue depuis 2022", "url": "#", "link": "vous savez ?", "unknown": True},
]
EVENTS = [
    {
        "when": "2019-03",
        "text": "Une organisation exemple est créée.",
        "source_label": "Compte rendu exemple",
        "pages": [3],
    },
    {
        "when": "2022-07-04",
        "text": "Deux personnes participent à un atelier :",
        "url": "#",
        "link": "atelier exemple",
        "source_label": "Compte rendu exemple",
        "source_url": "#",
        "pages": [1, 2],
    },
    {"when": "à confirmer", "text": "Un lien constaté en 2022, non revu depuis quatre ans.", "state": "aged"},
    {"when": "aujourd’hui", "text": "Pas de suite connue.", "state": "unknown"},
]
OPTIONS = [
    {"value": "ici", "label": "Implanté ici", "count": 2, "checked": False},
    {"value": "intervient", "label": "Intervient ici", "count": 1234, "checked": True},
    {
        "value": "partie",
        "label": "Dans une partie, dont le libellé est assez long pour passer à la ligne",
        "count": 1,
        "sub": True,
    },
    {"value": "cote", "label": "À côté", "count": 0},
]
ANCHORS = [
    {"label": "Constats", "url": "#constats", "count": 34},
    {"label": "Recommandations", "url": "#suite", "current": True},
    {"label": "Présents", "url": "#acteurs"},
]
ROWS = [
    ["Dernier atelier", {"text": "Atelier exemple", "url": "#"}, 23],
    ["Avant-dernier", "Un autre atelier exemple", 0],
]
SIDE_BY_SIDE = [
    {"label": "Constats", "cells": ["12", "–"]},
    {"label": "Un thème d’exemple", "url": "#", "note": "à tous", "cells": ["1", "3"]},
]
LINKS = [
    {"label": "répond à", "text": "Un obstacle constaté", "url": "#"},
    {"label": "nuance", "text": "un autre constat"},
]


class ExampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Votre nom")
    email = forms.EmailField(
        label="Votre adresse e-mail", help_text="Elle ne sera communiquée à personne d’autre que l’animateur."
    )
    organisation = forms.CharField(label="Votre organisation", required=False)
    subject = forms.ChoiceField(
        label="Il s’agit", choices=[("", "Choisissez"), ("a", "d’une erreur"), ("b", "d’une opposition")]
    )
    by = forms.ChoiceField(
        label="Répondre par", choices=[("mail", "e-mail"), ("tel", "téléphone")], widget=forms.RadioSelect
    )
    message = forms.CharField(
        label="Votre message", widget=forms.Textarea, help_text="Dites ce que vous cherchez, en deux phrases."
    )
    agreed = forms.BooleanField(label="J’ai compris que l’animateur lira ce message")


def examples() -> dict[str, Any]:
    """What the gallery shows: a blank form, a wrong one, a long and a short pagination, and the lists above."""
    return {
        "natures": NATURES,
        "finding_kinds": FINDING_KINDS,
        "badges": BADGES,
        "presences": PRESENCES,
        "tones": TONES,
        "said": MESSAGES,
        "crumbs": CRUMBS,
        "figures": FIGURES,
        "steps": STEPS,
        "events": EVENTS,
        "options": OPTIONS,
        "anchors": ANCHORS,
        "headers": ["Rang", "Atelier", "Présents"],
        "rows": ROWS,
        "columns": [{"label": "Ici, 2022", "url": "#"}, {"label": "Là, 2023"}],
        "side_by_side": SIDE_BY_SIDE,
        "links": LINKS,
        "facts": ["2 personnes", "4 liens"],
        "pages": [1, 2, 3],
        "blank_form": ExampleForm(auto_id="vierge_%s"),
        "wrong_form": ExampleForm(
            {"email": "pas-une-adresse", "organisation": "Exemple"}, auto_id="erreur_%s"
        ),
        "paginations": [Paginator(range(200), 10).page(number) for number in (1, 7, 20)],
    }


@staff_member_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """For staff only: the names and numbers in it mean nothing."""
    return render(request, "directory/gallery.html", examples())
