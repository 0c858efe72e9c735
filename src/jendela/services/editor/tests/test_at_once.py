"""Saving and publishing at the same moment: what was said to be saved is in the draft or public, never gone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from jendela.services.catalogue.reads.content import content_of
from jendela.services.editor import actions
from jendela.services.editor.reads import draft_changes
from jendela.services.editor.tests.world import World, world


def _save(w: World, text: str, revision: int) -> str:
    try:
        actions.save_part(service=w.service, part="A5", value=text, revision=revision, by=w.by)
        return "saved"
    except actions.PartChangedError:
        return "refused"
    finally:
        connection.close()


def _publish(w: World) -> str:
    try:
        actions.publish_draft(service=w.service, parts=["A5"], seen=None, by=w.by)
        return "published"
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(6))
def test_a_save_during_publication_is_refused_or_kept(turn: int) -> None:
    w = world()
    actions.save_part(service=w.service, part="A5", value="Kartu", revision=0, by=w.by)
    jobs = [lambda: _publish(w), lambda: _save(w, "Kartu baru", 1)]
    with ThreadPoolExecutor(2) as pool:
        told = {task.result() for task in [pool.submit(job) for job in (jobs if turn % 2 else jobs[::-1])]}
    kept = {draft_changes(w.service).get("A5"), content_of(w.service)["A5"]}
    assert "published" in told
    assert ("Kartu baru" in kept) is ("saved" in told)
