"""What the page of a bearer's link shows: each recommendation, where it stands, what was said and what is asked."""

from dataclasses import dataclass

from workshops.bearer_form import BearerForm
from workshops.models import BearerLink, Bearing, ProposedFollowUp, Recommendation

from .cards import RecommendationCard, recommendation_card


@dataclass(frozen=True)
class Asked:
    """`proposal`: the last thing said by this actor of it, whatever became of it."""

    card: RecommendationCard
    proposal: ProposedFollowUp | None
    form: BearerForm

    @property
    def is_thought_of(self) -> bool:
        return self.card.recommendation.bearing == Bearing.PROPOSED


def bearer_page(link: BearerLink, sent: BearerForm | None) -> dict:
    """A constant number of queries. `sent`: the form that was refused, shown again in its place."""
    borne = Recommendation.objects.published().borne_by(link.actor).select_related("workshop", "parent")
    said = {}
    for proposal in ProposedFollowUp.objects.filter(actor=link.actor).order_by("said_at", "pk"):
        said[proposal.recommendation_id] = proposal
    told = list(borne.forgotten_first())
    asked = [Asked(recommendation_card(each), said.get(each.pk), _form(each, sent)) for each in told]
    # What is said of a recommendation that is theirs no more has no form to hold the reason why.
    astray = sent is not None and not any(each.form is sent for each in asked)
    return {"asked": asked, "astray": astray}


def _form(recommendation: Recommendation, sent: BearerForm | None) -> BearerForm:
    if sent is not None and sent.data.get("recommendation") == str(recommendation.pk):
        sent.auto_id = f"id_{recommendation.pk}_%s"
        return sent
    return BearerForm(initial={"recommendation": recommendation.pk}, auto_id=f"id_{recommendation.pk}_%s")
