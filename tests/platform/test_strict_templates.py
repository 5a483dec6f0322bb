"""The net of the template tests has no hole: undefined fails in ours, and only there."""

import pytest
from django.contrib.auth.models import User
from django.template import Context, Engine, Template, engines

from tests.strict_templates import OURS, UndefinedVariable

engine: Engine = engines["django"].engine


def render(source: str, **context: object) -> str:
    return Template(source, engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ given.missing }}",
        "{{ missing|default:'x' }}",
        "{% with x=missing %}{% endwith %}",
        "{% if given %}{{ missing }}{% endif %}",
    ],
)
def test_undefined_variable_fails(source):
    with pytest.raises(UndefinedVariable, match="missing"):
        render(source, given="given")


def test_what_may_be_missing_is_asked_with_if_for_and_firstof():
    source = "{% firstof missing 'first' %} {% if missing %}yes{% endif %}"
    source += "{% for x in missing %}{% empty %}none{% endfor %}"
    assert render(source) == "first none"


def test_none_and_empty_are_values():
    assert render("{{ a }}{{ b }}", a=None, b="") == "None"


def test_templates_of_others_are_left_alone(rf):
    from_elsewhere = engine.from_string("[{{ missing }}{{ missing|default:'x' }}]")
    for node in from_elsewhere.nodelist:
        node.origin.name = "/elsewhere/admin.html"
    assert from_elsewhere.render(Context({})) == "[x]"
    assert engine.from_string("").origin.name != OURS


def test_administration_renders(client, db):
    client.force_login(User.objects.create_superuser("anima"))
    assert client.get("/admin/").status_code == 200
