"""Addresses of the ecosystems floor."""

from django.urls import path

from .views import chain, gathered, solar

urlpatterns = [
    path("acteurs/<slug:slug>/systeme/", solar.solar_system, name="solar_system"),
    path("acteurs/<slug:slug>/systeme.<str:kind>", solar.solar_twin, name="solar_twin"),
    path("chemin/", chain.chain, name="chain"),
    path("chemin/de.json", chain.suggestions, {"end": "de"}, name="chain_origins"),
    path("chemin/vers.json", chain.suggestions, {"end": "vers"}, name="chain_goals"),
    path("ecosystemes/<slug:slug>/passeurs/", gathered.doors, name="ecosystem_passeurs"),
    path("ecosystemes/<slug:slug>/reseau/", gathered.network, name="ecosystem_reseau"),
    path("ecosystemes/<slug:slug>/reseau.json", gathered.network_data, name="ecosystem_reseau_data"),
    path("ecosystemes/<slug:slug>/expansion/", gathered.expansion, name="ecosystem_expansion"),
    path("ecosystemes/<slug:slug>/<slug:name>.<str:kind>", gathered.twin, name="ecosystem_twin"),
]
