"""Accounts of the three roles, and a browser's way of sending back the form that a page shows."""

import itertools

import lxml.html
from django.contrib.auth import get_user_model
from django.test import Client

from ecosystems.models import Ecosystem, Role
from ecosystems.roles import create_roles, give_role

PASSWORD = "un-mot-de-passe-de-test"
_numbers = itertools.count(1)


def ecosystem(name: str = "", **more) -> Ecosystem:
    number = next(_numbers)
    return Ecosystem.objects.create(name=name or f"Écosystème {number}", slug=f"ecosysteme-{number}", **more)


def administrator():
    return get_user_model().objects.create_superuser(f"administratrice{next(_numbers)}", password=PASSWORD)


def caretaker(where: Ecosystem | None, role: str):
    """An account with `role` in `where`; with no ecosystem, the group alone."""
    create_roles()
    number = next(_numbers)
    user = get_user_model().objects.create_user(f"{role}{number}", password=PASSWORD, is_staff=True)
    if where is None:
        group = "animateur" if role == Role.ANIMATOR else "relecteur"
        user.groups.add(user.groups.model.objects.get(name=group))
    else:
        give_role(ecosystem=where, user=user, role=role)
    return get_user_model().objects.get(pk=user.pk)


def animator(where: Ecosystem | None = None):
    return caretaker(where, Role.ANIMATOR)


def reviewer(where: Ecosystem | None = None):
    return caretaker(where, Role.REVIEWER)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_data(response, button: str = "_save", **changes) -> dict[str, list[str] | str]:
    """What a browser would send of the main form of `response`, with `changes`, by pressing `button`."""
    document = lxml.html.fromstring(response.content.decode())
    form = next(form for form in document.forms if (form.get("id") or "").endswith("_form"))
    data: dict[str, list[str] | str] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return {**data, **changes, button: "1"}


def errors_of(response) -> str:
    """The messages about what is wrong in the page, one a line."""
    document = lxml.html.fromstring(response.content.decode())
    found = document.xpath("//ul[contains(@class, 'errorlist')]//text()[normalize-space()]")
    return "\n".join(text.strip() for text in found)
