"""A recommendation's page: what it answers, who carries it, what was said of it since."""

from django.db.models import Prefetch, Q
from django.utils.html import format_html

from actors.models import Actor, InitiativeBearer
from foundations.typography import day_in_words
from workshops.models import Bearing, Finding, FollowUp, Recommendation

from .cards import initiative_card, recommendation_card
from .telling import Told, tell
from .words import basis_of, page_url, tell_url


def recommendation_page(recommendation: Recommendation) -> dict:
    """What templates/workshops/recommendation.html needs beside `recommendation` (with its state)."""
    follow_ups = FollowUp.objects.filter(
        Q(recommendation=recommendation) | Q(recommendation__parent=recommendation)
    ).told()
    bearers = InitiativeBearer.objects.select_related("actor")
    initiatives = recommendation.initiatives.published().select_related("same_as", "place")
    return {
        "card": recommendation_card(recommendation),
        "parts": list(recommendation.parts.select_related("source").order_by("position", "id")),
        "answers": _answers(recommendation),
        "questions": [tell(each, anchored=False) for each in recommendation.questions.told()],
        "initiatives": [
            initiative_card(each) for each in initiatives.prefetch_related(Prefetch("bearers", bearers))
        ],
        "themes": list(recommendation.themes.all()),
        "bearer": Actor.objects.published().filter(pk=recommendation.bearer_id).first(),
        "entries": [_entry(each) for each in follow_ups],
        "source_url": page_url(recommendation.source, recommendation.pages),
        "tell_url": tell_url(recommendation.get_absolute_url()),
    }


def _answers(recommendation: Recommendation) -> list[dict]:
    """The findings answered, and whether the source ties them or we do."""
    bases = dict(recommendation.answers.values_list("finding", "basis"))
    findings = Finding.objects.filter(pk__in=bases).filter(
        Q(workshop=recommendation.workshop_id) | Q(workshop__state="published")
    )
    return [
        {
            "told": _without_this(tell(finding, anchored=False), recommendation),
            "doubt": basis_of("lien", bases[finding.pk]),
        }
        for finding in findings.told().order_by("workshop", "position", "id")
    ]


def _without_this(told: Told, recommendation: Recommendation) -> Told:
    """A finding on the page of the recommendation that answers it need not say so again."""
    told.links = [link for link in told.links if link.url != recommendation.get_absolute_url()]
    return told


def _entry(follow_up: FollowUp) -> dict:
    """A line of components/timeline.html. What was corrected stays, struck, with the reason."""
    text = said_of(follow_up)
    correction = getattr(follow_up, "corrected_by", None)
    if correction:
        reason = f" – {correction.note}" if correction.note else ""
        text = format_html("Corrigé le {} : <s>{}</s>{}", day_in_words(correction.said_on), text, reason)
    return {
        "when": day_in_words(follow_up.said_on),
        "text": text,
        "state": "aged" if correction else "",
        "source_label": follow_up.source.title,
        "source_url": follow_up.source.get_absolute_url(),
        "pages": [],
    }


def said_of(follow_up: FollowUp) -> str:
    """« En cours, portée par CISCA : une réunion a eu lieu. Dit par … »"""
    axes = [follow_up.get_progress_display(), _bearing(follow_up)]
    state = ", ".join(axis for axis in axes if axis)
    said = ". ".join(part.rstrip(".") for part in (f"{state[:1].upper()}{state[1:]}", follow_up.note) if part)
    teller = f" Dit par {_name(follow_up.said_by)}." if follow_up.said_by else ""
    part = follow_up.recommendation.parent_id
    about = f"« {follow_up.recommendation.title} » : " if part else ""
    return f"{about}{said}.{teller}"


def _bearing(follow_up: FollowUp) -> str:
    words = {Bearing.ACCEPTED: "portée par", Bearing.PROPOSED: "porteur pressenti :"}
    if follow_up.bearing in words:
        return f"{words[Bearing(follow_up.bearing)]} {_name(follow_up.bearer)}"
    return follow_up.get_bearing_display()


def _name(actor: Actor) -> str:
    """Who, unless the public may not know."""
    if actor.is_published:
        return actor.name
    return "une personne" if actor.is_person else "une organisation"
