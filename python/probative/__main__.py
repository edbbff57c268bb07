"""`python -m probative appraise REPORT ...`: the example program, from its own source."""

import sys

from probative import _native

_USAGE = """\
usage: python -m probative appraise REPORT [OPTION]...

`python -m probative appraise --help` lists the options; `--version` says which version this is.
"""


def main(arguments: list[str]) -> int:
    """Runs the program that the first argument names, and returns its exit status."""
    match arguments:
        case ["appraise", *_]:
            try:
                return _native.run_appraise(arguments)
            except KeyboardInterrupt:
                return 130
        case ["-h" | "--help"]:
            sys.stdout.write(_USAGE)
            return 0
        case ["--version"]:
            sys.stdout.write(f"probative {_native.__VERSION__}\n")
            return 0
        case _:
            sys.stderr.write(_USAGE)
            return 2


def console() -> int:
    """What the command `probative` runs."""
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(console())
