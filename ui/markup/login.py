"""What went wrong, if anything, in; the page on which one gives name and password out. It runs no script."""

from __future__ import annotations

from ui.markup.text import text

_STYLE = """
:root { color-scheme: light dark; --paper: #faf8f4; --ink: #1f1c18; --soft: #6b645a; --accent: #9b1c1c; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #171512; --ink: #ece7de; --soft: #a79f92; --accent: #f0a09a; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; max-width: 22rem; margin: 16vh auto 0; padding: 0 1.25rem; }
h1 { font-size: 1.25rem; }
label { display: block; margin-top: 1rem; color: var(--soft); }
input, button { box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: 0 .75rem; font: inherit;
  color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: 4px; }
button { margin-top: 1.5rem; color: var(--paper); background: var(--ink); border-color: var(--ink); cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role=alert] { color: var(--accent); }
"""


def login(trouble: str = "") -> str:
    """The page to log in on."""
    told = f'<p role="alert">{text(trouble)}</p>' if trouble else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>onrecord: log in</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f'<body><main><h1>onrecord</h1><form method="post" action="login">{told}'
        '<label for="name">Name</label>'
        '<input id="name" name="name" maxlength="64" autocomplete="username" required autofocus>'
        '<label for="password">Password</label>'
        '<input id="password" name="password" type="password" maxlength="256" autocomplete="current-password" required>'
        "<button>Log in</button></form></main></body></html>"
    )
