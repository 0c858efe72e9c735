"""Entry of `python -m jendela` and of the installed command; config/launch/ does the work."""

import sys


def main() -> int:
    """Run the command line; the result is the exit code."""
    # checked before any other import, because those may use newer syntax
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        found = "{}.{}".format(*sys.version_info[:2])
        sys.stderr.write(f"jendela: Perlu Python 3.11, 3.12 atau 3.13; ini {found} (unsupported Python).\n")
        return 1
    from jendela.config.launch.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
