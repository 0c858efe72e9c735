"""Screens of an agency: its rooms, and mergers of agencies."""

from jendela.portal.agency.views.merger import merge_agencies, undo_merger
from jendela.portal.agency.views.rooms import (
    add_office,
    choose_agency,
    edit_application_address,
    edit_office,
    show_agency_home,
    undo_application_address,
    undo_office,
)
from jendela.portal.agency.views.split import split_agency, undo_agency_split

__all__ = [
    "add_office",
    "choose_agency",
    "edit_application_address",
    "edit_office",
    "merge_agencies",
    "show_agency_home",
    "split_agency",
    "undo_agency_split",
    "undo_application_address",
    "undo_merger",
    "undo_office",
]
