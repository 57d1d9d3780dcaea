"""`python -m kmmaturity`."""

from kmmaturity.cli import main

if __name__ == "__main__":
    main()
