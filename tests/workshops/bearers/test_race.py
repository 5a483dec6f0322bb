"""Two at once, each in a process or a thread of its own: one message, one answer, one decision."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from tests.concurrency import at_once, wait_until
from tests.factories import accounts
from tests.workshops.bearers.scenes import address, answer, bearer_of, borne, link_to
from workshops.actions import proposing, reminding
from workshops.models import BearerLink, FollowUp, Mailbox, ProposedFollowUp, Reminder

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
# The command as cron runs it, on the tests' own database, its messages left in a folder.
RUN = """
import django, os, sys
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
settings.EMAIL_FILE_PATH = sys.argv[2]
from django.core.management import call_command
call_command(*sys.argv[3:])
"""


def in_a_process(folder: Path, *command: str) -> subprocess.Popen:
    name = connection.settings_dict["NAME"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", RUN, name, str(folder), *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
    )


def approved() -> Reminder:
    recommendation = borne(said_on=timezone.localdate() - timedelta(days=400))
    address(bearer_of(recommendation), keep_until=timezone.localdate() + timedelta(days=9))
    reminding.prepare()
    row = Reminder.objects.get()
    lines = row.lines.values_list("pk", flat=True)
    assert reminding.approve(reminder=row, lines=lines, by=accounts.administrator(), site="http://testserver")
    return row


def test_two_processes_send_one_message(tmp_path):
    approved()
    with transaction.atomic():
        list(Mailbox.objects.select_for_update())
        processes = [in_a_process(tmp_path, "send_reminders") for _ in range(2)]
        wait_until(2)
    outputs = sorted(process.communicate(timeout=60)[0].decode() for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(text.split("\n")[0][-1] for text in outputs) == ["0", "1"]
    [message] = [path.read_text() for path in tmp_path.iterdir()]
    assert message.count("To: porteuse@example.org") == 1
    assert Reminder.objects.get().state == "sent"
    assert BearerLink.objects.count() == 1


def test_two_processes_prepare_one_list(tmp_path):
    recommendation = borne(said_on=timezone.localdate() - timedelta(days=400))
    address(bearer_of(recommendation), keep_until=timezone.localdate() + timedelta(days=9))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [reminding._LOCK])
        processes = [in_a_process(tmp_path, "prepare_reminders") for _ in range(2)]
        wait_until(2)
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    assert Reminder.objects.get().lines.count() == 1


def test_a_double_click_says_it_once():
    recommendation = borne()
    url = link_to(bearer_of(recommendation))
    form = answer(recommendation, progress="done")
    other = answer(recommendation, progress="done")
    clicks = [lambda sent=sent: Client().post(url, sent).status_code for sent in (form, form, other)]
    results = at_once(BearerLink.objects.all(), *clicks, told=proposing.ProposalError)
    assert results == [302, 302, 302]
    assert ProposedFollowUp.objects.count() == 1


def test_two_animators_decide_once():
    recommendation = borne()
    Client().post(link_to(bearer_of(recommendation)), answer(recommendation, progress="done"))
    row, animator = ProposedFollowUp.objects.get(), accounts.administrator()
    results = at_once(
        ProposedFollowUp.objects.all(),
        lambda: proposing.approve(proposal=row, by=animator, version=row.version),
        lambda: proposing.approve(proposal=row, by=animator, version=row.version),
        told=proposing.ProposalError,
    )
    assert sorted(type(result).__name__ for result in results) == ["FollowUp", "ProposalError"]
    assert FollowUp.objects.filter(said_by=row.actor).count() == 1
