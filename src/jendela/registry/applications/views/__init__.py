"""Screens of one application: its values, its parts, extra attributes."""

from jendela.registry.applications.views.attributes import (
    add_attribute,
    edit_attribute,
    list_attributes,
    order_attribute,
)
from jendela.registry.applications.views.parts import (
    add_part,
    change_part,
    choose_function,
    open_person_contact,
    record_approval,
    remove_part_row,
)
from jendela.registry.applications.views.publiccode import (
    export_publiccode,
    read_publiccode,
    show_publiccode,
)
from jendela.registry.applications.views.reports import (
    decide_concept,
    decide_report,
    list_reports,
    reopen_report,
    report_application,
    report_unlisted,
    thank_for_report,
    undo_concept,
)
from jendela.registry.applications.views.uses import (
    add_agency_use,
    answer_agency_uses,
    list_uses,
    undo_agency_uses,
)
from jendela.registry.applications.views.values import (
    add_application,
    confirm_group,
    edit_group,
    undo_act,
)

__all__ = [
    "add_agency_use",
    "add_application",
    "add_attribute",
    "add_part",
    "answer_agency_uses",
    "change_part",
    "choose_function",
    "confirm_group",
    "decide_concept",
    "decide_report",
    "edit_attribute",
    "edit_group",
    "export_publiccode",
    "list_attributes",
    "list_reports",
    "list_uses",
    "open_person_contact",
    "order_attribute",
    "read_publiccode",
    "record_approval",
    "remove_part_row",
    "reopen_report",
    "report_application",
    "report_unlisted",
    "show_publiccode",
    "thank_for_report",
    "undo_act",
    "undo_agency_uses",
    "undo_concept",
]
