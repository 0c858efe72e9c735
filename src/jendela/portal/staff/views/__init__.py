"""Screens of staff: the window for everybody, the rooms behind sign-in, words from the public."""

from jendela.portal.staff.views.letters import answer_feedback, assign_feedback, list_feedback, read_contact
from jendela.portal.staff.views.rooms import (
    export_unanswered,
    list_gaps,
    list_unanswered,
    show_management,
    show_staff_window,
)

__all__ = [
    "answer_feedback",
    "assign_feedback",
    "export_unanswered",
    "list_feedback",
    "list_gaps",
    "list_unanswered",
    "read_contact",
    "show_management",
    "show_staff_window",
]
