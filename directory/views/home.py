"""The home page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..reading.home import HomePage


@require_safe
def home(request) -> HttpResponse:
    return render(request, "directory/home.html", {"page": HomePage()})
