"""`openverdict completion`: the script that teaches a shell to complete."""

from __future__ import annotations

import sys

import click
from click.shell_completion import get_completion_class

from checker.cli.console import write_text

EXAMPLES = """\b
Examples:
  openverdict completion bash >> ~/.bashrc
  openverdict completion zsh >> ~/.zshrc
  openverdict completion fish > ~/.config/fish/completions/openverdict.fish
"""


@click.command("completion", epilog=EXAMPLES, short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Print the script that makes SHELL complete commands, options and formats."""
    script = get_completion_class(shell)
    if script is None:  # a newer click may know the shell by another name
        return 4
    write_text(
        sys.stdout, script(context.find_root().command, {}, "openverdict", "_OPENVERDICT_COMPLETE").source()
    )
    return 0
