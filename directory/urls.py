"""Addresses of the top floor: in French, stable, readable."""

from django.urls import include, path

from .views import actors, competences, ecosystems, home, initiatives, robots, search, territories

urlpatterns = [
    path("", home.home, name="home"),
    path("acteurs/", actors.actor_list, name="actor_list"),
    # Before the page of an actor, whose address it would be.
    path("acteurs/suggestions.json", search.actor_suggestions, name="actor_suggestions"),
    path("acteurs.csv", actors.actor_csv, name="actor_csv"),
    path("acteurs/<slug:slug>/", actors.actor, name="actor"),
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
