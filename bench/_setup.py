"""What every benchmark starts with: Django on the database that `./jendela bench` gives, with the region's data."""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def setup() -> None:
    """Make the tables and load the data set if they are not there."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jendela.config.settings.local")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("prepare")


def headline(title: str, *packages: str) -> None:
    """Method line of a report: title, machine, versions."""
    parts = [f"{name} {version(name)}" for name in packages]
    print(f"\n{title}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {', '.join(parts)}\n")
