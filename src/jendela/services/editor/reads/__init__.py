"""Every query of the editor: the list of standards, one draft, and whose drafts they are."""

from jendela.services.editor.reads.draft import draft_changes
from jendela.services.editor.reads.kept import waiting
from jendela.services.editor.reads.standards import completeness

__all__ = ["completeness", "draft_changes", "waiting"]
