"""What a step already holds, as links: light to show, each row edited on its own page."""

from itertools import groupby

from django.urls import reverse

from ..models import Workshop


def recorded_rows(workshop: Workshop, step: str) -> list[dict]:
    """[{title, rows: [{tag, text, url}]}] of a step of `workshop`; empty where the step shows its rows as forms."""
    if step == "constats":
        return _findings(workshop)
    if step == "recommandations":
        return _recommendations(workshop)
    return []


def _findings(workshop: Workshop) -> list[dict]:
    findings = workshop.findings.select_related("session").order_by(
        "session__order", "session_id", "position", "id"
    )
    return [
        {
            "title": session.title if session else "Sans séance",
            "rows": [
                {
                    "tag": finding.get_kind_display(),
                    "text": str(finding),
                    "url": reverse("admin:workshops_finding_change", args=[finding.pk]),
                }
                for finding in group
            ],
        }
        for session, group in groupby(findings, key=lambda finding: finding.session)
    ]


def _recommendations(workshop: Workshop) -> list[dict]:
    rows = [
        {
            "tag": "partie" if row.parent_id else "recommandation",
            "text": row.title,
            "url": reverse("admin:workshops_recommendation_change", args=[row.pk]),
        }
        for row in workshop.recommendations.all()
    ]
    return [{"title": "Dans l’ordre", "rows": rows}] if rows else []
