"""Two to four workshops side by side; the address says which."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Workshop
from ..reading.comparison import LEAST, MOST, choose, comparison


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`?atelier=…&atelier=…`; without enough of them, the choice."""
    asked = request.GET.getlist("atelier")[: MOST + 20]
    chosen = choose(asked)
    everything = Workshop.objects.published().select_related("place").order_by("-date", "title")
    keys = {workshop.pk for workshop in chosen.workshops}
    context = {
        "chosen": chosen,
        "choices": [{"workshop": each, "checked": each.pk in keys} for each in everything],
        "can_compare": len(everything) >= LEAST,
        "most": MOST,
    }
    if chosen.is_enough:
        context |= comparison(chosen.workshops)
    return render(request, "workshops/compare.html", context)
