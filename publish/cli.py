"""The command line: words in, one call, an exit code out. Only this module prints.

Exit codes: 0 done; 1 findings; 2 the command cannot be carried out as given; 3 the edition or its
source is wrong; 4 a program or library is missing; 130 interrupted. A user's mistake is one
sentence on stderr; a traceback is a defect of ours.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from publish import __version__
from publish.errors import PublishError

CODES = """Exit codes: 0 done; 1 findings; 2 the command cannot be carried out as given;
3 the edition or its source is wrong; 4 a program or library is missing; 130 interrupted."""

app = typer.Typer(
    name="publish",
    help="Turns raw plain text into reading editions: an accessible EPUB and a print-ready PDF.",
    epilog=CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SEEDS = Annotated[Path, typer.Option("--seeds", help="The folder that holds the editions.")]
STYLE = Annotated[str, typer.Option("--house-style", help="A house style, such as chicago.")]


def main(arguments: list[str] | None = None) -> None:
    """The console script: runs a command and leaves with its exit code."""
    gc.set_threshold(200_000, 20, 20)  # a book is a few million small values, none in a circle
    try:
        app(arguments)
    except PublishError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output has gone: `publish text x | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("Interrupted; nothing was changed.", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        print(f"{error.filename or 'publish'}: {error.strerror or error}.", file=sys.stderr)
        sys.exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"publish {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    pass


@app.command()
def convert(
    file: Annotated[Path, typer.Argument(help="A plain text.")],
    out: Annotated[Path, typer.Argument(help="The book: .epub, .pdf, .txt or .html.")],
    title: Annotated[str, typer.Option(help="The title.")] = "",
    author: Annotated[list[str] | None, typer.Option(help="An author; may be repeated.")] = None,
    lang: Annotated[str, typer.Option(help="The language, such as en or pt-BR.")] = "",
    house_style: STYLE = "",
) -> None:
    """Make a quick book from any text file, without a folder of its own."""
    from publish.commands import quick

    quick.convert(file, out, title, tuple(author or ()), lang, house_style)


@app.command()
def text(
    what: Annotated[str, typer.Argument(metavar="SLUG|FILE", help="An edition or a text file.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write it to this file.")] = None,
    keep_furniture: Annotated[
        bool, typer.Option("--keep-furniture", help="Leave running heads and folios in.")
    ] = False,
    seeds: SEEDS = Path("seeds"),
) -> None:
    """Print the reading text, a blank line between paragraphs."""
    from publish.commands import quick

    edition = quick.edition_of(what, seeds, keep_furniture)
    made = quick.reading(edition, out)
    if out is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
