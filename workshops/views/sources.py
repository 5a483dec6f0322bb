"""A source, page by page: where every figure of the directory leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Source
from workshops.models import Workshop
from workshops.reading.pages import pages_of


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    told = get_object_or_404(Source, slug=slug)
    pages = pages_of(told)
    context = {
        "source": told,
        "pages": pages,
        "fact_count": sum(page.fact_count for page in pages),
        "workshops": list(Workshop.objects.published().filter(source=told)),
    }
    return render(request, "workshops/source.html", context)
