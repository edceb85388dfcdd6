"""The commands under `onrecord models` and `onrecord bench`, as they are declared."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands import bench as benching
from ui.commands import machine
from ui.options import JsonOption, ModelOption

models = typer.Typer(help="List, fetch and locate the models.", no_args_is_help=True)
bench = typer.Typer(help="Measure how fast this machine is.", no_args_is_help=True)


@models.command(name="list")
def list_models() -> int:
    """List the models that can be fetched by name."""
    return machine.list_models()


@models.command()
def pull(
    names: Annotated[list[str] | None, typer.Argument(help="Models; without any, the three defaults.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All models in the list.")] = False,
) -> int:
    """Fetch models, once; nothing else ever opens a connection."""
    return machine.pull(names or [], everything=everything)


@models.command()
def path(name: Annotated[str, typer.Argument(help="A model in the list.")]) -> int:
    """Print the folder that a model lies in."""
    return machine.path(name)


@bench.callback()
def measurements() -> None:
    """Measure how fast this machine is."""


@bench.command(name="answer")
def bench_answer(*, model: ModelOption = None, as_json: JsonOption = False) -> int:
    """Tokens per second of prompt and answer, beside what this machine allows."""
    return benching.bench_answer(model, as_json=as_json)
