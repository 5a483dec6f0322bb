"""The vocabulary of competences."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Competence

from ..reading.competence import CompetencePage, vocabulary


@require_safe
def competence_list(request) -> HttpResponse:
    return render(request, "directory/competence_list.html", {"branches": vocabulary()})


@require_safe
def competence(request, slug: str) -> HttpResponse:
    found = get_object_or_404(Competence.objects.select_related("parent"), slug=slug)
    return render(request, "directory/competence.html", {"competence": found, "page": CompetencePage(found)})
