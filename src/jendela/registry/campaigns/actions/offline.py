"""A filled workbook taken in: good rows are saved as answers, the others are named; nothing typed elsewhere is lost."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from jendela.common.audit import Actor, record
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.actions.answering import ClosedError, ConflictError, save_answers
from jendela.registry.campaigns.answers import Answer, BadAnswerError
from jendela.registry.campaigns.models import Bundle, Item
from jendela.registry.campaigns.reads.sheet import sheet
from jendela.registry.campaigns.workbook import Problem, read


@dataclass
class Result:
    saved: int = 0  # answers
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def take_workbook(*, bundle: Bundle, data: bytes, by: Actor) -> Result:
    """Save what the file says, answer by answer. Raises NotAWorkbookError, ClosedError for a round that is not
    open."""
    if not bundle.round.is_open:
        raise ClosedError
    found = sheet(bundle)
    agencies = {name.casefold(): key for key, name in Agency.objects.values_list("pk", "short_name")}
    applications = {name.casefold(): key for key, name in Application.objects.values_list("pk", "name")}
    taken = read(data, found, agencies, applications)
    result = Result(problems=list(taken.problems))
    for one in found.items:
        for key, answer in taken.answers.get(one.item.pk, {}).items():
            row = taken.rows[one.item.pk, key]
            why = _save(one.item, key, answer, taken.revisions[one.item.pk], by)
            if why:
                result.problems.append(Problem(row, one.item.application.name, why))
            else:
                result.saved += 1
    result.problems.sort(key=lambda each: each.row)
    after = {"saved": result.saved, "problems": len(result.problems)}
    record(by=by, action="campaigns.take_workbook", target=bundle, after=after)
    return result


def _save(item: Item, key: str, answer: Answer, revision: int, by: Actor) -> str:
    """Save one answer; '' or why not. An answer that was given elsewhere since the file was made stays."""
    try:
        save_answers(item=item, given={key: answer}, revision=revision, by=by)
    except BadAnswerError as error:
        return "; ".join(error.errors.values())
    except ConflictError:
        return _("Sudah dijawab dari tempat lain sesudah berkas ini diunduh. Jawaban itu tidak diubah.")
    except ClosedError:
        return _("Aplikasi ini sudah dikirim.")
    return ""
