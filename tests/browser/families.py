"""One address of each family of pages, the richest that the report gives: what holds for it holds for the family."""

WORKSHOP = "/ateliers/clermont-ferrand-2022/"
SOURCE = "/sources/retour-atelier-clermont-ferrand-2022/"
ORGANISATION = "/acteurs/ville-de-clermont-ferrand/"

FAMILIES = {
    "home": "/",
    "actors": "/acteurs/",
    "results": "/acteurs/?q=concertation&territoire=vic-le-comte&competence=concertation",
    "no-result": "/acteurs/?q=zzqx&territoire=vic-le-comte",
    "organisation": ORGANISATION,
    "person": "/acteurs/christian-paul/",
    "contact": f"{ORGANISATION}contact/",
    "correction": f"/correction/?page={ORGANISATION}",
    "territories": "/territoires/",
    "territory-search": "/territoires/recherche/?q=saint",
    "commune": "/territoires/clermont-ferrand/",
    "departement": "/territoires/puy-de-dome/",
    "workshops": "/ateliers/",
    "workshop": WORKSHOP,
    "themes": "/constats/",
    "theme": "/constats/langage-commun/",
    "recommendations": "/recommandations/",
    "recommendation": "/recommandations/s-organiser-pour-degager-du-temps/",
    "initiatives": "/initiatives/",
    "initiative": "/initiatives/transformation-d-assemblia/",
    "competences": "/competences/",
    "competence": "/competences/concertation/",
    "ecosystems": "/ecosystemes/",
    "ecosystem": "/ecosystemes/clermont-ferrand-et-territoires-proches/",
    "source": SOURCE,
    "accessibility": "/accessibilite/",
    "privacy": "/donnees-personnelles/",
    "legal": "/mentions-legales/",
    "open-data": "/donnees-ouvertes/",
    "site-map": "/plan-du-site/",
    "missing": "/ce-qui-n-est-pas/",
    "log-in": "/admin/login/",
}
