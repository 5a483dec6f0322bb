"""The page where findings are typed, for whoever may change the workshop: lines, notes, check list."""

from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from foundations.admin.permitted import may
from workshops.actions.drafting import accept_all, order_lines, propose, record_lines
from workshops.actions.publishing import publish_workshop
from workshops.forms import NotesForm
from workshops.models import Session, Workshop
from workshops.notes import Notes, UnreadableNotes, read_notes, read_notes_file
from workshops.reading.checklist import checklist
from workshops.reading.lines import LineShown, known_themes, lines_page, order_of
from workshops.reading.mentions import mentions_of
from workshops.reading.words import count_of


def for_animators(view):
    """Gives `view` the workshop of the slug, to whoever may change it: others log in, or are refused (403)."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs) -> HttpResponse:
        workshop = get_object_or_404(Workshop.objects.select_related("source", "place"), slug=slug)
        if not (request.user.is_staff and may(request.user, "change", Workshop, workshop)):
            raise PermissionDenied
        response = view(request, workshop, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    return login_required(wrapped)


def entering_page(
    request: HttpRequest,
    workshop: Workshop,
    *,
    unsaved: LineShown | None = None,
    notes=None,
    status: int = 200,
) -> HttpResponse:
    """The whole page. `unsaved`: a line that could not be saved, shown as it was typed, with the reason."""
    themes, known = known_themes()
    sessions = lines_page(workshop, themes, known)
    for each in sessions:
        each.lines = [unsaved if unsaved and line.key == unsaved.key else line for line in each.lines]
    context = {
        "workshop": workshop,
        "sessions": sessions,
        "themes": themes.values(),
        "proposed": workshop.draft_findings.proposed().count(),
        "notes_form": notes or NotesForm(workshop=workshop),
        "checks": checklist(workshop),
    }
    return render(request, "workshops/entering.html", context, status=status)


def back(workshop: Workshop, anchor: str = "saisie") -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('entering', args=[workshop.slug])}#{anchor}")


@for_animators
@require_safe
def entering(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return entering_page(request, workshop)


@for_animators
@require_safe
def lines_state(request: HttpRequest, workshop: Workshop) -> JsonResponse:
    """What the server keeps: key and version of each line by session. The page asks every few seconds."""
    return JsonResponse({"sessions": order_of(workshop)})


@for_animators
@require_safe
def mentions(request: HttpRequest, workshop: Workshop) -> JsonResponse:
    """What may be mentioned after `@` (actors, initiatives) or `#` (triggers)."""
    sign, text = request.GET.get("sign", "@"), request.GET.get("q", "")[:100]
    return JsonResponse({"results": mentions_of(request.user, sign, text)})


@for_animators
@require_POST
def reorder(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """The lines of a session, in the order of `keys`."""
    try:
        keys = [UUID(key) for key in request.POST.getlist("keys")]
    except ValueError:
        return JsonResponse({"error": "clé inconnue"}, status=400)
    session = session_asked(request, workshop)
    order_lines(workshop=workshop, session=session, keys=keys)
    return JsonResponse({"sessions": order_of(workshop)})


def session_asked(request: HttpRequest, workshop: Workshop) -> Session | None:
    """The session of `workshop` that the request names; none for « hors séance » or a session of another workshop."""
    key = request.POST.get("session", "")
    return workshop.sessions.filter(pk=key).first() if key.isdecimal() else None


@for_animators
@require_POST
def add_notes(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Notes, pasted or sent, become proposals; or lines, where the animator says that they are already theirs."""
    form = NotesForm(request.POST, request.FILES, workshop=workshop)
    if not form.is_valid():
        return entering_page(request, workshop, notes=form, status=422)
    typed = "as_typed" in request.POST
    try:
        notes = _read(form.cleaned_data, list(workshop.sessions.values_list("title", flat=True)))
        added = propose(
            workshop=workshop,
            notes=notes,
            user=request.user,
            session=form.cleaned_data["session"],
            typed=typed,
        )
    except (UnreadableNotes, ValidationError) as error:
        form.add_error(None, getattr(error, "messages", [str(error)])[0])
        return entering_page(request, workshop, notes=form, status=422)
    _say_added(request, added, len(notes.proposals) - added, notes.left_out, typed)
    return back(workshop)


def _read(given: dict, sessions: list[str]) -> Notes:
    """The notes of a form: of the document when there is one, else of the text."""
    if given["document"]:
        return read_notes_file(given["document"].name, given["document"].read(), sessions)
    return read_notes(given["text"], sessions)


def _say_added(request, added: int, known: int, left_out: list[str], typed: bool) -> None:
    what = ("ligne ajoutée", "lignes ajoutées") if typed else ("constat proposé", "constats proposés")
    told = [count_of(added, *what)]
    if known:
        told.append(f"{count_of(known, 'déjà là', 'déjà là')}")
    if left_out:
        first = "\u202f; ".join(text[:60] for text in left_out[:3])
        told.append(f"{count_of(len(left_out), 'ligne laissée', 'lignes laissées')} de côté ({first}…)")
    messages.success(request, f"{', '.join(told)}.")


@for_animators
@require_POST
def accept_proposals(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    messages.success(
        request, f"{count_of(accept_all(workshop=workshop), 'proposition gardée', 'propositions gardées')}."
    )
    return back(workshop)


@for_animators
@require_POST
def record(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """The lines typed become findings."""
    try:
        findings = record_lines(workshop=workshop)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{count_of(len(findings), 'constat enregistré', 'constats enregistrés')}.")
    return back(workshop, "verifier")


@for_animators
@require_POST
def publish(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    publish_workshop(workshop=workshop)
    messages.success(request, "L’atelier est publié\u00a0: il est visible de tous.")
    return back(workshop, "verifier")
