"""The worker's side of imports: each step runs once, however often its job does."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from jendela.common.audit import SYSTEM, Actor
from jendela.common.exchange import actions, checking, writing_back
from jendela.common.exchange.choices import ImportState
from jendela.common.exchange.kinds import About, Kind, RefusedError, import_scope, kinds
from jendela.common.exchange.models import ImportRun
from jendela.common.exchange.progress import Progress, StoppedError
from jendela.common.exchange.reading import FileRefusedError
from jendela.common.jobs import TemporaryError, job

log = logging.getLogger("jendela.exchange")
Scope = frozenset[int] | None
Step = Callable[[ImportRun, Kind, Scope, Progress, Actor], None]
IMPORT = "import_data"


class NoLongerAllowedError(Exception):
    """The person lost the permission while the step waited."""


@dataclass(frozen=True)
class Asked:
    """By whom a step was asked for, and from where."""

    user_id: int
    actor: str
    address: str | None


def _work(run_id: int, asked: Asked, state: ImportState, do: Step) -> None:
    """One step under a lock on its import. A second run of the job waits for the first and then finds nothing to
    do; a killed worker leaves the state as it was, and the job runs again."""
    try:
        with transaction.atomic(), Progress(run_id) as progress:
            run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id, state=state).first()
            if run is None:
                return
            person = get_user_model().objects.get(pk=asked.user_id)
            kind = kinds()[run.kind]
            scope = import_scope(kind, person, IMPORT)
            if scope is not None and not scope:
                raise NoLongerAllowedError
            kind = kind.ready(About(run.pk, run.file_name, run.options, scope))
            if state != ImportState.CHECKING:
                one_at_a_time(kind)
            do(run, kind, scope, progress, Actor(asked.actor, user=person, address=asked.address))
    except StoppedError:
        _step_back(run_id, state, "")
    except FileRefusedError as error:
        _fail(run_id, state, str(error))
    except RefusedError as error:
        _step_back(run_id, state, str(error))
    except NoLongerAllowedError:
        _step_back(run_id, state, _("Izin impor Anda sudah berakhir. Tidak ada yang ditulis."))
    except writing_back.MovedOnError as error:
        _step_back(
            run_id,
            state,
            _("%(number)s baris berubah sejak diperiksa. Tidak ada yang ditulis; periksa lagi.")
            % {"number": error.number},
        )
    except IntegrityError:
        log.exception("import %s was refused by the database", run_id)
        _step_back(
            run_id, state, _("Isi data berubah sejak diperiksa. Tidak ada yang ditulis; periksa lagi.")
        )
    except OperationalError as error:
        raise TemporaryError(str(error)) from error
    except Exception:  # anything else is our fault: say so on the page, keep the trace in the log
        log.exception("import %s failed", run_id)
        _step_back(run_id, state, _("Ada gangguan pada kami. Tidak ada yang ditulis. Coba lagi."))


def one_at_a_time(kind: Kind) -> None:
    """Two imports of one kind are written one after the other: the second waits here, then compares again and finds
    what the first has changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"exchange:{kind.key}"])


@transaction.atomic
def _step_back(run_id: int, state: ImportState, message: str) -> None:
    run = ImportRun.objects.select_for_update(no_key=True).filter(pk=run_id, state=state).first()
    if run is None:
        return
    if message and state == ImportState.CHECKING:
        run.state, run.message = ImportState.FAILED, message
        run.save(update_fields=["state", "message"])
    else:
        actions.step_back(run, message)


@transaction.atomic
def _fail(run_id: int, state: ImportState, message: str) -> None:
    ImportRun.objects.filter(pk=run_id, state=state).update(state=ImportState.FAILED, message=message)


@job("common_exchange.check")
def check(run_id: int, user_id: int, actor: str, address: str | None) -> None:
    def do(run: ImportRun, kind: Kind, scope: Scope, progress: Progress, _by: Actor) -> None:
        checking.check(run, kind, scope, progress)

    _work(run_id, Asked(user_id, actor, address), ImportState.CHECKING, do)


@job("common_exchange.apply")
def apply(run_id: int, user_id: int, actor: str, address: str | None) -> None:
    _work(run_id, Asked(user_id, actor, address), ImportState.APPLYING, writing_back.apply)


@job("common_exchange.undo")
def undo(run_id: int, user_id: int, actor: str, address: str | None, also_moved: bool) -> None:
    def do(run: ImportRun, kind: Kind, scope: Scope, progress: Progress, by: Actor) -> None:
        writing_back.undo(run, writing_back.Undo(kind, scope, by, also_moved), progress)

    _work(run_id, Asked(user_id, actor, address), ImportState.UNDOING, do)


@job("common_exchange.sweep", every="40 2 * * *")
def sweep() -> None:
    """Files and rows of old imports go, each night."""
    actions.sweep(by=SYSTEM)
