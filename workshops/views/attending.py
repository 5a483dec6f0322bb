"""The page where a list of participants is pasted, checked and confirmed, for whoever may change the workshop."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actors.models import Organisation
from workshops.actions.attending import Confirmed, confirm_roster, undo_roster
from workshops.actions.rosters import RosterChanged, drop_roster, open_roster, save_roster
from workshops.models import Workshop
from workshops.reading.words import count_of
from workshops.roster import read_file, read_roster
from workshops.roster.documents import UnreadableDocument
from workshops.roster_forms import ListForm, RosterForms

from .entering import for_animators

CHANGED = (
    "Quelqu’un d’autre a modifié cette liste depuis que vous l’avez ouverte. Ce que vous avez saisi est "
    "affiché ci-dessous\u00a0: relisez-le, puis enregistrez de nouveau pour le garder."
)


def attending_page(
    request: HttpRequest, workshop: Workshop, *, forms=None, pasted=None, error: str = "", status: int = 200
) -> HttpResponse:
    """The whole page. `forms`, `pasted`: what was sent and could not be taken, shown as it was, with `error`."""
    roster = workshop.rosters.open().first()
    if forms is None and roster:
        forms = RosterForms(roster)
    context = {
        "workshop": workshop,
        "forms": forms,
        "list_form": pasted or ListForm(),
        "error": error,
        "undoable": None if roster else workshop.rosters.confirmed_on(timezone.localdate()).first(),
        "present": workshop.attendances.count(),
    }
    return render(request, "workshops/attending.html", context, status=status)


def back(workshop: Workshop, anchor: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("attending", args=[workshop.slug]) + anchor)


@for_animators
@require_safe
def attending(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return attending_page(request, workshop)


@for_animators
@require_POST
def read_list(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """A list, pasted or sent, becomes lines to check."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return attending_page(request, workshop, pasted=form, status=422)
    known = list(Organisation.objects.values_list("name", flat=True))
    try:
        if document := form.cleaned_data["document"]:
            entries = read_file(document.name, document.read(), known)
        else:
            entries = read_roster(form.cleaned_data["text"], known)
        open_roster(workshop=workshop, entries=entries, user=request.user)
    except (UnreadableDocument, ValidationError) as error:
        form.add_error(None, getattr(error, "messages", [str(error)])[0])
        return attending_page(request, workshop, pasted=form, status=422)
    return back(workshop, "#a-decider")


@for_animators
@require_POST
def save_list(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Keeps the corrections and, by the other button, confirms the whole list."""
    roster = workshop.rosters.open().first()
    if roster is None:
        messages.error(request, "Cette liste a été confirmée ou abandonnée par quelqu’un d’autre.")
        return back(workshop)
    forms = RosterForms(roster, request.POST)
    if not forms.is_valid():
        message = "Quelques cases sont à corriger\u00a0: elles sont signalées ci-dessous."
        return attending_page(request, workshop, forms=forms, error=message, status=422)
    given = forms.confirm.cleaned_data
    try:
        roster = save_roster(roster=roster, version=given["version"], user=request.user, **forms.values())
        if "confirm" not in request.POST:
            messages.success(request, "Corrections gardées. Rien n’est encore créé.")
            return back(workshop, "#a-decider")
        done = confirm_roster(
            roster=roster,
            version=roster.version,
            publication=given["publication"],
            keep_contacts=given["keep_contacts"],
            by=request.user,
        )
    except RosterChanged:
        forms.confirm.data = forms.confirm.data.copy()
        forms.confirm.data["version"] = str(workshop.rosters.open().values_list("version", flat=True).first())
        return attending_page(request, workshop, forms=forms, error=CHANGED, status=409)
    except ValidationError as error:
        kept = RosterForms(roster, settled=given)
        return attending_page(request, workshop, forms=kept, error=" ".join(error.messages), status=422)
    messages.success(request, told(done))
    return back(workshop, "#liste")


def told(done: Confirmed) -> str:
    """What was written, in a sentence."""
    parts = [count_of(done.attendances, "présence enregistrée", "présences enregistrées")]
    if done.updated:
        parts.append(count_of(done.updated, "présence complétée", "présences complétées"))
    if done.people:
        parts.append(count_of(done.people, "nouvelle personne", "nouvelles personnes"))
    if done.organisations:
        parts.append(count_of(done.organisations, "nouvelle organisation", "nouvelles organisations"))
    if done.nameless:
        parts.append(f"{count_of(done.nameless, 'personne', 'personnes')} sans nom, à sa demande")
    return f"{', '.join(parts)}."


@for_animators
@require_POST
def drop_list(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    drop_roster(workshop=workshop)
    messages.success(request, "La liste est abandonnée\u00a0: rien n’a été créé.")
    return back(workshop)


@for_animators
@require_POST
def undo_list(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    roster = workshop.rosters.confirmed_on(timezone.localdate()).first()
    try:
        if roster is None:
            raise ValidationError("Il n’y a plus de liste à annuler aujourd’hui.")
        undo_roster(roster=roster)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "C’est annulé\u00a0: la liste est de nouveau à vérifier.")
    return back(workshop)
