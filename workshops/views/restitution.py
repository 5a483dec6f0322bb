"""The written restitution of a workshop: a page to print, a Word document, a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from workshops.models import Workshop
from workshops.restitution import pdf
from workshops.restitution.content import restitution_of
from workshops.restitution.word import as_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _workshop(request: HttpRequest, slug: str) -> Workshop:
    return get_object_or_404(Workshop.objects.visible_to(request.user).told(), slug=slug)


def _context(workshop: Workshop) -> dict:
    return {"workshop": workshop, "told": restitution_of(workshop), "pdf_is_likely": pdf.is_likely()}


@require_safe
def restitution(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "workshops/restitution.html", _context(_workshop(request, slug)))


@require_safe
def restitution_docx(request: HttpRequest, slug: str) -> HttpResponse:
    workshop = _workshop(request, slug)
    address = request.build_absolute_uri(workshop.get_absolute_url())
    response = HttpResponse(as_docx(restitution_of(workshop), address), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{workshop.slug}.docx"'
    return response


@require_safe
def restitution_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The page to print, as a PDF; where this machine cannot draw one, a page that says what to do instead."""
    workshop = _workshop(request, slug)
    context = _context(workshop)
    try:
        page = render_to_string("workshops/restitution.html", context, request)
        content = pdf.as_pdf(page, request.build_absolute_uri("/"))
    except pdf.PdfUnavailable:
        return render(request, "workshops/restitution/no_pdf.html", context, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{workshop.slug}.pdf"'
    return response
