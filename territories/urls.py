"""Addresses of the ground floor. Included before `directory`, whose `territoires/<slug>/` would take `recherche`."""

from django.urls import path

from .views import outlines, search

urlpatterns = [
    path("territoires/recherche.json", search.suggestions, name="territory_search"),
    path("territoires/recherche/", search.results, name="territory_search_page"),
    path("territoires/france.geojson", outlines.country, name="territory_country"),
    path("territoires/<slug:slug>.geojson", outlines.outline, name="territory_geojson"),
    path("territoires/<slug:slug>/contenu.geojson", outlines.contents, name="territory_contents"),
    path("territoires/<slug:slug>/voisins.geojson", outlines.neighbours, name="territory_neighbours"),
]
