"""60 invented articles that try to break out of a page: into its scripts, its markup, its style or its layout.

What runs in them sets `window.hacked`; whatever they would put on a page has the class or the id `trap`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from fakes import make_article

from index.types import Article

RUN = "window.hacked=1"

MARKUP = (
    f"<script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"</script><script>{RUN}</script>",
    f"<img class=trap src=x onerror={RUN}>",
    f"<IMG/CLASS=trap/SRC=x/ONERROR={RUN}//",
    f'"><img class="trap" src=x onerror="{RUN}">',
    f"'><img class='trap' src=x onerror='{RUN}'>",
    f"` onmouseover=`{RUN}",
    f'" autofocus tabindex=0 onfocus="{RUN}" x="',
    f"<svg class=trap onload={RUN}>",
    f"<svg class=trap><script>{RUN}</script></svg>",
    f"<svg class=trap><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f'<svg class=trap><a xlink:href="javascript:{RUN}"><text y=20>press</text></a></svg>',
    f"<math class=trap><mtext><table><mglyph><style><img src=x onerror={RUN}></style></mglyph></table></mtext></math>",
    f'<math class=trap><maction actiontype="statusline#{RUN}" href="javascript:{RUN}">x</maction></math>',
    f'<noscript><p title="</noscript><img class=trap src=x onerror={RUN}>">',
    f'<svg class=trap></p><style><a id="</style><img src=1 onerror={RUN}>">',
    f"<!--><img class=trap src=x onerror={RUN}>-->",
    f"<![CDATA[><img class=trap src=x onerror={RUN}>]]>",
    f"<title><img class=trap src=x onerror={RUN}></title>",
    f"<textarea class=trap></textarea><img src=x onerror={RUN}>",
    f"<template class=trap><script>{RUN}</script></template>",
    f"<details class=trap open ontoggle={RUN}>",
    f"<video class=trap><source onerror={RUN}></video>",
    f"<body class=trap onload={RUN}>",
    f"<marquee class=trap onstart={RUN}>",
    f"<input class=trap autofocus onfocus={RUN}>",
    f"<xss class=trap id=trap style='animation: x' onanimationstart={RUN}>",
    "<iframe class=trap srcdoc='<script>parent.hacked=1</script>'></iframe>",
    '<iframe class=trap src="javascript:parent.hacked=1"></iframe>',
    "<object class=trap data='data:text/html,<script>top.hacked=1</script>'></object>",
    "<embed class=trap src='data:image/svg+xml,<svg onload=top.hacked=1>'>",
    "<base class=trap href='https://evil.example/'>",
    "<meta class=trap http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link class=trap rel=stylesheet href='https://evil.example/x.css'>",
    "<form class=trap action='https://evil.example/'><button>Ask</button></form>",
    f"<button class=trap form=x formaction='javascript:{RUN}'>Ask</button>",
    "<style class=trap>*{display:none!important}</style>",
    "</style><style class=trap>body{background:url(https://evil.example/x)}</style>",
    "<div class=trap style='position:fixed;inset:0;z-index:9999;background:red'>all of it</div>",
    "</div></div></section></article></li></ol></main></body></html>",
    "</gradio-app><gradio-app class=trap src='https://evil.example'></gradio-app>",
)
TEXTS = (
    f"&lt;img src=x onerror={RUN}&gt; &#60;script&#62;{RUN}&#60;/script&#62; &amp;lt;b&amp;gt;",
    f"${{{RUN}}} {{{{{RUN}}}}} `${{{RUN}}}` <%= {RUN} %> {{% {RUN} %}} #{{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}} ${{this.constructor.constructor('{RUN}')()}}",
    f'[press](javascript:{RUN}) ![x](x "onerror={RUN}") <javascript:{RUN}> [a]: javascript:{RUN}',
    "# huge\n\n| a | b |\n|---|---|\n\n***\n\n```html\n<b class=trap>x</b>\n```",
    f"$$\\href{{javascript:{RUN}}}{{x}}$$ \\(\\htmlClass{{trap}}{{x}}\\) $\\def\\a{{\\a\\a}}\\a$",
    "\u202eesrever ni\u202c \u2066\u2067\u2068 left open \u202d",
    "zero\u200bwidth\u200d\u2060\ufeff \u00ad\u034f joiners " + "\u200b" * 500,
    "n\x00ull and \x01\x08\x0b\x0c\x1b[31m\x7f\x85 control",
    "line\u2028and\u2029paragraph separators",
    "\ud7ff\ufffd\ufffe\U0001f3f4\U000e0067\U000e007f" * 40,
    "w" * 3_000,
    "a\u0301" + "\u0301\u0316\u0334" * 400,
    "\ufdfd\U00012031 " * 60,
    "\u3164" * 200,
)
"""Two kinds: what would become markup, and what would become anything else."""

ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" javascript:{RUN}",
    f"java\nscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f'https://x.example/"onclick="{RUN}',
    f"https://x.example/'><img class=trap src=x onerror={RUN}>",
    "//evil.example/x",
    "https:evil",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
)


def hostile() -> list[Article]:
    """All of them: the same trick stands in the text, the title, the outlet, the authors, the address and the file."""
    tricks = (*MARKUP, *TEXTS)
    spaces = make_article("t57", "A title of spaces only.", title=" \u00a0\u2003\u200b ", source=" ")
    long = make_article("t58", "A title without an end. " * 200, title="Very long title " * 400, source="Outlet " * 200)
    bare = make_article("t59", f"No title. <b class=trap>{RUN}</b>", url=ADDRESSES[0], origin="")
    made = [
        replace(
            make_article(
                f"t{n}",
                f"{trick}\n\nNumber {n} says {trick} once more.",
                title=f"{trick} {n}",
                source=trick,
                published=datetime(2026, 1, 1) + timedelta(days=3 * n),
                url=ADDRESSES[n % len(ADDRESSES)],
                origin=f"/news/{trick}.html",
            ),
            authors=(trick, "A. Author"),
        )
        for n, trick in enumerate(tricks)
    ]
    return [*made, spaces, long, bare]
