"""Django's entry for development; `./jendela manage` adds the database and keys of the home folder."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE", "jendela.config.settings." + (os.environ.get("JENDELA_ENV") or "local")
    )
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
