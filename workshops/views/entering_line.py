"""One line of the page where findings are typed: shown, saved, dropped; by the page's script or by a plain form."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from workshops.actions.drafting import LineGone, StaleLine, drop_line, save_line
from workshops.forms import LineForm
from workshops.models import DraftFinding, Workshop
from workshops.reading.lines import LineShown, known_themes, line_shown, saved_words

from .entering import back, entering_page, for_animators, session_asked

GONE = "Quelqu’un a retiré cette ligne, ou l’a enregistrée parmi les constats."


@for_animators
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, workshop: Workshop, key: UUID) -> HttpResponse:
    if request.method != "POST":
        found = get_object_or_404(workshop.draft_findings.told(), key=key)
        return render(request, "workshops/entering/_line.html", _context(workshop, found))
    by_script = request.headers.get("X-Requested-With") == "fetch"
    if "drop" in request.POST:
        drop_line(workshop=workshop, key=key)
        return JsonResponse({"dropped": True}) if by_script else back(workshop)
    answer = _save(request, workshop, key)
    if by_script:
        status = answer.pop("status", 200)
        answer.pop("typed", None)
        return JsonResponse(answer, status=status)
    if "error" not in answer:
        return back(workshop, f"ligne-{key}")
    return entering_page(request, workshop, unsaved=_unsaved(answer), status=answer["status"])


def _save(request: HttpRequest, workshop: Workshop, key: UUID) -> dict:
    """What to answer: the new version, or `error` with `status` and what the line says now."""
    typed = DraftFinding(key=key, workshop=workshop)
    form = LineForm(request.POST, instance=typed)
    version = request.POST.get("version", "")
    if not form.is_valid() or not version.isdecimal():
        told = " ".join(error for errors in form.errors.values() for error in errors)
        return {"status": 422, "error": told or "Version inconnue.", "typed": typed, "version": version}
    try:
        saved = save_line(
            workshop=workshop,
            key=key,
            version=int(version),
            user=request.user,
            values=form.cleaned_data,
            session=session_asked(request, workshop),
            after=_key_or_none(request.POST.get("after", "")),
        )
    except StaleLine as stale:
        return {**_conflict(stale.current), "typed": typed}
    except LineGone:
        return {"status": 410, "error": GONE, "typed": typed, "version": 0}
    except ValidationError as error:
        return {"status": 422, "error": " ".join(error.messages), "typed": typed, "version": version}
    return {
        "version": saved.version,
        "kind": saved.kind,
        "statement": saved.statement,
        "said": saved_words(saved.updated_at),
        "side": _side(saved),
    }


def _key_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _conflict(current: DraftFinding) -> dict:
    who = (
        current.updated_by.get_short_name() or current.updated_by.get_username()
        if current.updated_by
        else "Quelqu’un"
    )
    said = f"{who} a écrit entre-temps\u00a0: «\u00a0{current.get_kind_display()}\u00a0: {current.statement}\u00a0»."
    return {"status": 409, "error": said, "version": current.version}


def _side(saved: DraftFinding) -> str:
    """What the server adds to a line once it has read it: themes it brings to mind, what it mentions."""
    shown = line_shown(saved, *known_themes())
    return render_to_string("workshops/entering/_side.html", {"shown": shown})


def _context(workshop: Workshop, found: DraftFinding) -> dict:
    return {
        "workshop": workshop,
        "shown": line_shown(found, *known_themes()),
        "session_key": found.session_id or "",
    }


def _unsaved(answer: dict) -> LineShown:
    """The line as it was typed. Its version is the one stored now: sending it again replaces knowingly."""
    version = str(answer["version"])
    return LineShown(
        answer["typed"], trouble=answer["error"], version=int(version) if version.isdecimal() else 0
    )
