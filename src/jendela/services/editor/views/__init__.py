"""Screens of the editor: the list, the workbench of one service, a part, publishing, the life cycle."""
