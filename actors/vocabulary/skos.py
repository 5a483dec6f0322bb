"""The vocabulary in SKOS (W3C, 2009), written in Turtle."""

from collections.abc import Iterable

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from .terms import Term

LANGUAGE = "fr"


def write_turtle(terms: Iterable[Term], base: str) -> str:
    """`base`: the address under which terms live, ending in « / »: `<base><slug>/` names a term."""
    graph = Graph()
    graph.bind("skos", SKOS)
    scheme = URIRef(base)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, SKOS.prefLabel, Literal("Compétences de l’innovation publique", lang=LANGUAGE)))
    for term in terms:
        concept = URIRef(f"{base}{term.slug}/")
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, scheme))
        graph.add((concept, SKOS.notation, Literal(term.slug)))
        graph.add((concept, SKOS.prefLabel, Literal(term.name, lang=LANGUAGE)))
        graph.add((concept, SKOS.definition, Literal(term.definition, lang=LANGUAGE)))
        for synonym in term.synonyms:
            graph.add((concept, SKOS.altLabel, Literal(synonym, lang=LANGUAGE)))
        for slug in term.related:
            graph.add((concept, SKOS.related, URIRef(f"{base}{slug}/")))
        if term.parent:
            graph.add((concept, SKOS.broader, URIRef(f"{base}{term.parent}/")))
        else:
            graph.add((concept, SKOS.topConceptOf, scheme))
    return graph.serialize(format="turtle")


def read_turtle(text: str) -> list[Term]:
    """The concepts of a Turtle file, broad terms first, then by slug. Raises ValueError if it is no Turtle.

    The slug is the concept's notation or, without one, the end of its address. Words in other languages are left out.
    """
    graph = Graph()
    try:
        graph.parse(data=text, format="turtle")
    except Exception as error:  # rdflib raises many kinds, some of them bare
        raise ValueError("Ce fichier n’est pas du SKOS en Turtle.") from error
    slugs = {concept: _slug(graph, concept) for concept in graph.subjects(RDF.type, SKOS.Concept)}
    terms = [_term(graph, concept, slugs) for concept in slugs]
    return sorted(terms, key=lambda term: (term.parent != "", term.slug))


def _slug(graph: Graph, concept) -> str:
    notation = graph.value(concept, SKOS.notation)
    return str(notation) if notation else str(concept).rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _term(graph: Graph, concept, slugs: dict) -> Term:
    def words(predicate) -> tuple[str, ...]:
        found = graph.objects(concept, predicate)
        return tuple(
            sorted(str(word) for word in found if getattr(word, "language", None) in (None, LANGUAGE))
        )

    def ties(predicate) -> tuple[str, ...]:
        return tuple(sorted(slugs.get(other, str(other)) for other in graph.objects(concept, predicate)))

    name, definition, broader = words(SKOS.prefLabel), words(SKOS.definition), ties(SKOS.broader)
    return Term(
        slugs[concept],
        name[0] if name else "",
        definition[0] if definition else "",
        broader[0] if broader else "",
        words(SKOS.altLabel),
        ties(SKOS.related),
    )
