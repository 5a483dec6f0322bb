"""Addresses of the top floor: in French, stable, readable."""

from django.urls import include, path

from .views import (
    actors,
    competences,
    ecosystems,
    feeds,
    following,
    home,
    initiatives,
    inviting,
    participants,
    robots,
    search,
    territories,
    withdrawal,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("acteurs/", actors.actor_list, name="actor_list"),
    # Before the page of an actor, whose address it would be.
    path("acteurs/suggestions.json", search.actor_suggestions, name="actor_suggestions"),
    path("acteurs.atom", feeds.ActorFeed(), name="actor_feed"),
    path("acteurs.csv", actors.actor_csv, name="actor_csv"),
    path("recherche/suivre/", following.follow_search, name="follow_search"),
    path("recherche/suivre/merci/", following.follow_search_asked, name="follow_search_asked"),
    # A token is signed: its sign « ~ » is no slug's.
    path("ma-fiche/<str:token>/", participants.own_record, name="own_record"),
    path("ma-fiche/<str:token>/accord/", participants.own_consent, name="own_consent"),
    path("ma-fiche/<str:token>/opposition/", participants.own_objection, name="own_objection"),
    path("saisie/<slug:slug>/ecrire-aux-participants/", inviting.participant_links, name="participant_links"),
    path("suivi/<slug:token>/", following.followed_search, name="followed_search"),
    path("suivi/<slug:token>/arret/", following.followed_search_stop, name="followed_search_stop"),
    path("recherche/", search.search_everything, name="search_everything"),
    path("acteurs/<slug:slug>/", actors.actor, name="actor"),
    path("acteurs/<slug:slug>/retirer/", withdrawal.withdraw, name="withdraw_person"),
    path("territoires/", territories.territory_list, name="territory_list"),
    path("territoires/<slug:slug>/", territories.territory, name="territory"),
    path("competences/", competences.competence_list, name="competence_list"),
    path("competences/<slug:slug>/", competences.competence, name="competence"),
    path("initiatives/", initiatives.initiative_list, name="initiative_list"),
    path("initiatives/<slug:slug>/", initiatives.initiative, name="initiative"),
    path("ecosystemes/", ecosystems.ecosystem_list, name="ecosystem_list"),
    path("ecosystemes/<slug:slug>/", ecosystems.ecosystem, name="ecosystem"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("", include("directory.legal_urls")),
]
