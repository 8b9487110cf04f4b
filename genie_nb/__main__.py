"""`python -m genie_nb` is the `genie` command."""

from .faces.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
