"""`python -m basylym` is `basylym`."""

from basylym.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
