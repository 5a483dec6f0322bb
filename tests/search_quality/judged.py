"""Needs as three users would type them, and who answers, judged by hand from the report (nothing else is known).

`best`: who one hopes to see first, in order; `good`: who also answers. `never`: whom it would be wrong to name: who was
merely in the room, or whom only a word resembles. Actors are named by their address (slug).
"""

from dataclasses import dataclass

CARO = "caroline-di-monti"
VILLE = "ville-de-clermont-ferrand"
CD63 = "departement-du-puy-de-dome"
DDT = "direction-departementale-des-territoires-du-puy-de-dome"
METROPOLE = "clermont-auvergne-metropole"
LABO = "labo-naissant-de-clermont-auvergne-metropole"
PARC = "parc-naturel-regional-des-volcans-d-auvergne"
SANCY = "communaute-de-communes-du-massif-du-sancy"
VIC = "commune-de-vic-le-comte"
CHAIRE = "chaire-transformations-de-l-action-publique"
SANTE = "chaire-de-recherche-sante-et-territoires"
CCAS = "ccas-de-clermont-ferrand"
ACADEMIE = "academie-de-clermont-ferrand"
BAILLEUR = "bailleur-social-fusionne-dans-assemblia"
IAE = "iae-clermont-auvergne"
GRAND_CLERMONT = "petr-du-grand-clermont"
DTT = "design-tout-terrain"
AGRI = "association-d-agriculteurs-investis-dans-les-transitions"
JEUNES = "jeunes-chercheurs-associes"
REGION = "region-auvergne-rhone-alpes"


@dataclass(frozen=True)
class Judged:
    query: str
    best: tuple[str, ...]
    good: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    place: str = ""


# Merely there when participation and public debate were spoken of.
IN_THE_ROOM = ("michelin", "user-first", "marion-mollard", "gregoire-verriere", "rachid-kander", "noura-orloff",
               "geoffrey-volat", "victor-valentini", "michel-aguilar", "julien-majdi")  # fmt: skip

# The secretary of a small commune: a need, in everyday words, and where she is.
SECRETARY = [
    Judged("qui sait animer un débat public", (VILLE,), (), IN_THE_ROOM),
    Judged("participation des habitants", (VILLE,), (), IN_THE_ROOM),
    Judged("qui peut nous aider à organiser un débat public ?", (VILLE,), (), IN_THE_ROOM),
    Judged("écouter les habitants", (VILLE,), (DDT,), (*IN_THE_ROOM, AGRI)),
    Judged(
        "j’ai besoin de quelqu’un pour faire parler les habitants", (VILLE,), (DDT,), (*IN_THE_ROOM, AGRI)
    ),
    Judged(
        "redynamiser un centre bourg", (SANCY, VIC, "arnaud-vergne", "marie-fernandez"), (), ("michelin",)
    ),
    Judged("participation citoyenne", (VILLE,), (), IN_THE_ROOM),
    Judged("participation", (VILLE,), (CARO,), IN_THE_ROOM),
    Judged("concertation avec les parties prenantes", (DDT,), (), IN_THE_ROOM),
    Judged("atelier de territoire", (DDT,), (), ("michelin",)),
    Judged(
        "redonner vie au centre-bourg", (SANCY, VIC, "arnaud-vergne", "marie-fernandez"), (), ("michelin",)
    ),
    Judged(
        "Petites Villes de Demain", ("arnaud-vergne", "marie-fernandez"), (VIC, SANCY), ("michelin", CARO)
    ),
    Judged(
        "chef de projet petites villes de demain", ("arnaud-vergne", "marie-fernandez"), (VIC, SANCY), (CARO,)
    ),
    Judged("centre-ville commerces", (SANCY, VIC, "arnaud-vergne", "marie-fernandez"), (), ("michelin",)),
    Judged("revitalisation", (SANCY, VIC, "arnaud-vergne", "marie-fernandez"), (), ("michelin",)),
    Judged("aide aux petites communes", (DDT,), ("jordi-lopez",), ("michelin",)),
    Judged("appui aux communes", (DDT,), ("jordi-lopez",), ("michelin",)),
    Judged("conseil aux communes", (DDT,), ("jordi-lopez",), ("michelin",)),
    Judged("plan local d’urbanisme", ("julien-majdi",), (PARC,), (DDT,)),
    Judged("PLU", ("julien-majdi",), (PARC,), (DDT,)),
    Judged("paysagiste", ("julien-majdi",), (PARC,), (CARO,)),
    Judged("logement social", (BAILLEUR,), (), ("michelin",)),
    Judged("HLM", (BAILLEUR,), (), ("michelin",)),
    Judged("personnes âgées en difficulté", ("roxane-pelletier",), (CCAS,), ("michelin",)),
    Judged("CCAS", (CCAS,), ("roxane-pelletier",), (VILLE, METROPOLE)),
    Judged("DDT", (DDT,), ("jordi-lopez",), (CD63,)),
    Judged(
        "directrice des solidarités",
        ("roxane-pelletier",),
        (CCAS,),
        ("geoffrey-volat", "anne-laure-stanislas"),
    ),
    Judged("rénovation énergétique", ("julien-majdi",), (PARC,), ("michelin",)),
    Judged("sobriété énergie", ("julien-majdi",), (PARC,), ("michelin",)),
    Judged("budget finances", ("marion-mollard",), (), ("michelin",)),
]

# The animator: who was it, what do they do, how do I reach the right service?
ANIMATOR = [
    Judged("design", ("gaetan-mazaloubeaud", DTT, CARO, VILLE), (), (LABO, "marion-mollard")),
    Judged("qui a été désigné", (LABO,), (), (CARO, VILLE, DTT)),
    Judged("designer", ("gaetan-mazaloubeaud", CARO), (DTT, VILLE), ("michelin", "julien-majdi")),
    Judged("design de services", (CARO,), (VILLE,), ("michelin", "marion-mollard")),
    Judged("designer de services", (CARO,), (VILLE,), ("michelin",)),
    Judged("desgin de services", (CARO,), (VILLE,), ("michelin",)),
    Judged("parcours usager", (CARO,), (VILLE,), ("michelin",)),
    Judged("animation de réunion", (), (), IN_THE_ROOM),
    Judged("expérimentation", ("noura-orloff",), (ACADEMIE,), ("michelin",)),
    Judged("droit à l’essai", ("noura-orloff",), (ACADEMIE,), ("michelin",)),
    Judged("former les agents à l’innovation", ("cnfpt",), (), ("michelin",)),
    Judged("formation des agents", ("cnfpt",), (), ("michelin",)),
    Judged("formation", ("cnfpt",), (), ("michelin",)),
    Judged("laboratoire d’innovation publique", (LABO, METROPOLE, "marion-mollard"), (), ("michelin",)),
    Judged("labo", (LABO, METROPOLE, "marion-mollard"), (), ("michelin",)),
    Judged("Mollard", ("marion-mollard",), (), ("caroline-di-monti",)),
    Judged("caroline di monti", (CARO,), (), ("marion-mollard",)),
    Judged("Verriere", ("gregoire-verriere",), (), (REGION,)),
    Judged("PETR", (GRAND_CLERMONT,), (), (METROPOLE,)),
    Judged("PNR", (PARC,), (), (GRAND_CLERMONT,)),
    Judged("Assemblia", ("assemblia",), ("rachid-kander", "lorette-klepper", BAILLEUR), ("michelin",)),
    Judged("fusion réorganisation", ("assemblia",), (), ("michelin",)),
    Judged("accompagnement du changement", ("assemblia",), (), ("michelin",)),
    Judged("traducteur entre administration et citoyens", ("cisca",), (), ("michelin",)),
    Judged("langage commun", ("cisca",), (), ("michelin",)),
    Judged("CISCA", ("cisca",), ("geoffrey-volat", "anne-lise-rias"), (CHAIRE,)),
    Judged("Territoire Solutions", ("territoire-solutions",), ("clement-posada",), (CHAIRE,)),
    Judged("agriculteurs", (AGRI,), (), ("michelin",)),
    Judged("responsable administratif et financier", ("marion-mollard",), (), ("anne-lise-rias",)),
]

# The researcher, or an elected person.
RESEARCHER = [
    Judged("recherche-action", ("juan-david-pinzon", CHAIRE), (), ("michelin",)),
    Judged("recherche participative", ("juan-david-pinzon", CHAIRE), (), ("michelin",)),
    Judged("chercheur", ("juan-david-pinzon",), ("corinne-rochette", CHAIRE), ("michelin", CARO)),
    Judged("doctorante", ("lorette-klepper",), (), (CARO, "marion-mollard")),
    Judged("professeure des universités", ("corinne-rochette",), (IAE,), ("christian-paul",)),
    Judged("chaire", (CHAIRE, SANTE), (), (IAE,)),
    Judged("EPCI", (METROPOLE, SANCY), (), (VILLE, CD63)),
    Judged("chaire de recherche santé", (SANTE,), ("corinne-rochette",), (CCAS,)),
    Judged("accès aux soins", (SANTE,), ("corinne-rochette",), (CCAS,)),
    Judged(
        "recherche et développement", ("anne-lise-rias", "noura-orloff"), ("cisca", ACADEMIE), ("michelin",)
    ),
    Judged("R&D", ("anne-lise-rias", "noura-orloff"), ("cisca", ACADEMIE), ("michelin",)),
    Judged("évaluation des politiques publiques", (CD63,), (), ("michelin", DDT)),
    Judged("mesure d’impact", (CD63,), (), ("michelin",)),
    Judged("prospective", (CD63,), ("vincent-granier",), ("michelin",)),
    Judged("anticiper", (CD63,), (), ("michelin",)),
    Judged("innovation publique", ("vincent-granier",), (CD63, VILLE, "noura-orloff"), ("michelin",)),
    Judged("chargé d’innovation", ("vincent-granier",), (CD63,), ("michelin",)),
    Judged("transformation de l’action publique", (CHAIRE,), (), ("michelin",)),
    Judged("transition énergétique", ("julien-majdi",), (PARC,), ("michelin",)),
    Judged("association transitions", (AGRI,), (), ("julien-majdi",)),
    Judged("santé -chaire", (), (), (SANTE,)),
    Judged('"santé et territoires"', (SANTE,), ("corinne-rochette",), (DDT,)),
    Judged("université", (IAE,), (), (CHAIRE,)),
    Judged("conseiller régional", ("gregoire-verriere",), (), ("christian-paul",)),
    Judged("adjointe au maire", ("anne-laure-stanislas",), (), ("roxane-pelletier",)),
    Judged("jeunes chercheurs", (JEUNES,), ("victor-valentini",), ("michelin",)),
]

# With a place: only who is bound to it, or of whom no place is known.
PLACED = [
    Judged("revitalisation", (VIC, "arnaud-vergne"), (), (CARO,), "vic-le-comte"),
    Judged("revitalisation Vic-le-Comte", (VIC, "arnaud-vergne"), (), (CARO,)),
    Judged("design Clermont-Ferrand", (CARO, VILLE), ("gaetan-mazaloubeaud", DTT), ("julien-majdi",)),
    Judged("urbanisme", ("julien-majdi", PARC), (), (CARO,), "puy-de-dome"),
    Judged("action sociale", (CCAS, "roxane-pelletier"), (), (CD63,), "clermont-ferrand"),
]

EVERY = [*SECRETARY, *ANIMATOR, *RESEARCHER, *PLACED]
