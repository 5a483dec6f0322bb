"""Addresses of the ecosystems floor."""

from django.urls import path

from .views import chain, collecting, gathered, phone, reviewing, solar

urlpatterns = [
    # Short, since it is typed by hand from a screen.
    path("dessin/<slug:token>/", phone.drawing, name="drawing"),
    path("dessin/<slug:token>/envoi", phone.sending, name="drawing_sending"),
    path("dessin/<slug:token>/systeme", phone.system, name="drawing_system"),
    path("dessin/<slug:token>/hors-ligne.js", phone.worker, name="drawing_worker"),
    path("dessin/<slug:token>/acteurs.json", phone.suggestions, name="drawing_actors"),
    path("dessin/<slug:token>/<uuid:key>/", phone.own_drawing, name="own_drawing"),
    path("ateliers/<slug:slug>/dessins/", collecting.collection, name="collection"),
    path("ateliers/<slug:slug>/dessins/ouvrir/", collecting.opening, name="collection_opening"),
    path("ateliers/<slug:slug>/dessins/fermer/", collecting.closing, name="collection_closing"),
    path("ateliers/<slug:slug>/dessins/ecran/", collecting.screen, name="collection_screen"),
    path("ateliers/<slug:slug>/dessins/arrivees", collecting.arrivals, name="collection_arrivals"),
    path("ateliers/<slug:slug>/dessins/<int:pk>/", reviewing.review, name="drawing_review"),
    path("ateliers/<slug:slug>/dessins/<int:pk>/annuler/", reviewing.undo, name="drawing_undo"),
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
