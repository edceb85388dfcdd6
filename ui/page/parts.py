"""Names and HTML in, Gradio's components out, as this page uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gradio as gr

QUIET: Mapping[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
"""How listeners are wired that answer at once."""


def html(
    value: str,
    *,
    name: str,
    script: str = "",
    serves: Sequence[Callable[[Any], Any]] = (),
    follows: bool = False,
) -> gr.HTML:
    """A part of the page as it stands.

    Args:
        value: What it shows.
        name: Its id on the page.
        script: The function of `onrecord` (js/) that is called with the part once it is there.
        serves: What that script may ask of the server; each takes one value.
        follows: Whether it stays at its end while it grows, unless scrolled away.
    """
    return gr.HTML(
        value,
        apply_default_css=False,
        js_on_load=f"onrecord.{script}({{element, trigger, server, props, watch}})" if script else None,
        server_functions=list(serves) or None,
        elem_id=name,
        autoscroll=follows,
    )
