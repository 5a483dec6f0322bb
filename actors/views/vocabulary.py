"""The vocabulary as files, for whoever wants to use the same words."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..actions.vocabulary import read_terms
from ..vocabulary import skos
from ..vocabulary.terms import write_csv


@require_safe
def competences_csv(request: HttpRequest) -> HttpResponse:
    return _file(write_csv(read_terms()), "text/csv", "competences.csv")


@require_safe
def competences_ttl(request: HttpRequest) -> HttpResponse:
    base = request.build_absolute_uri(reverse("competence_list"))
    return _file(skos.write_turtle(read_terms(), base), "text/turtle", "competences.ttl")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
