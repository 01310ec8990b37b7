"""``python -m bolang`` is the command."""

from bolang.cli import main

if __name__ == "__main__":
    main()
