"""What a page says or draws many times over, said once: a page has at most 300 kB, and many indicators many signs."""

from __future__ import annotations

import html
import re
from collections import Counter

_OFTEN = 3
"""Times from which it is shorter to say a thing once."""
_TAG = re.compile(r'<\w+(?: [\w:-]+="[^"]*")+\s*/?>')
_STYLE = re.compile(r' style="([^"]*)"')
_RULE = re.compile(r"(\.pk-[^{}@()]*)\{[^{}]*\}")
_NAMED = re.compile(r"\.(pk-[\w-]+)")
_CLASSES = re.compile(r' class="([^"]*)"')
_CARDS = re.compile(r'(<table(?: [\w-]+="[^"]*")*? class="[^"]*pk-cards[^"]*)"(.*?</table>)', re.DOTALL)
_CELL = re.compile(r"<t[dh][ >][^>]*>?")
_LABEL = re.compile(r' data-label="([^"]*)"')
_DRAWING = re.compile(r"(<svg[^>]*>)((?:(?!</svg>|<text| id=).){40,600})(?=</svg>)", re.DOTALL)


def worn(sheet: str, page: str) -> str:
    """Give a style sheet without the rules of classes that the page does not have.

    >>> print(worn(".pk-a{x:1}\\n.pk-b .pk-a,p .pk-a{x:2}\\n.pk-b{x:3}\\nh1{x:4}", '<p class="pk-a big">'))
    .pk-a{x:1}
    .pk-b .pk-a,p .pk-a{x:2}
    h1{x:4}
    """
    held = {name for said in _CLASSES.findall(page) for name in said.split()}

    def needed(line: str) -> bool:
        rule = _RULE.fullmatch(line)
        return rule is None or any(set(_NAMED.findall(part)) <= held for part in rule[1].split(","))

    return "\n".join(filter(needed, sheet.split("\n")))


def named_styles(body: str) -> tuple[str, str]:
    """Give a page's body with a class for each style that its elements repeat, and the rules of these classes.

    >>> body, rules = named_styles('<i style="fill:red"></i>' * 3 + '<i style="fill:blue"></i>')
    >>> body
    '<i class="s1"></i><i class="s1"></i><i class="s1"></i><i style="fill:blue"></i>'
    >>> rules
    '.s1.s1{fill:red}'
    """
    plain = [tag for tag in _TAG.findall(body) if ' class="' not in tag]
    found = Counter(style for tag in plain for style in _STYLE.findall(tag))
    names = {style: f"s{n}" for n, style in enumerate((s for s, times in found.items() if times >= _OFTEN), 1)}

    def named(tag: re.Match[str]) -> str:
        style = _STYLE.search(tag[0])
        if style is None or style[1] not in names or ' class="' in tag[0]:
            return tag[0]
        return tag[0].replace(style[0], f' class="{names[style[1]]}"')

    return _TAG.sub(named, body), "\n".join(f".{name}.{name}{{{style}}}" for style, name in names.items())


def labelled_once(body: str) -> tuple[str, str]:
    """Give a page's body with the labels of each table of cards said once, and the rules that write them.

    A label stands before its cell where a narrow screen sets a row as a card; a wide one has the heading instead. Where
    the cells of a column differ in their labels, these stay with the cells; an empty cell has none.

    >>> row = '<tr><th>A</th><td class="pk-number" data-label="Value">1</td></tr>'
    >>> body, rules = labelled_once(f'<table class="pk-cards">{row * 2}</table>')
    >>> body.replace('<tr><th>A</th><td class="pk-number">1</td></tr>' * 2, "...")
    '<table class="pk-cards k1">...</table>'
    >>> rules
    '@media screen and (max-width:900px){.k1.pk-cards td:nth-child(2):not(:empty)::before{content:"Value"}}'
    """
    names: dict[tuple[tuple[int, str], ...], str] = {}

    def named(table: re.Match[str]) -> str:
        labels = _labels(table[2])
        if not labels:
            return table[0]
        name = names.setdefault(labels, f"k{len(names) + 1}")
        return f'{table[1]} {name}"{_LABEL.sub("", table[2])}'

    made = _CARDS.sub(named, body)
    rules = "".join(
        f'.{name}.pk-cards td:nth-child({place}):not(:empty)::before{{content:"{_quoted(label)}"}}'
        for labels, name in names.items()
        for place, label in labels
    )
    return made, f"@media screen and (max-width:900px){{{rules}}}" if rules else ""


def _labels(table: str) -> tuple[tuple[int, str], ...]:
    """Give the label of each column of a table by its place; nothing where its cells differ."""
    found: dict[int, str] = {}
    for row in table.split("<tr")[1:]:
        for place, cell in enumerate(_CELL.findall(row), 1):
            label = _LABEL.search(cell)
            if label and found.setdefault(place, label[1]) != label[1]:
                return ()
    return tuple(sorted(found.items()))


def _quoted(label: str) -> str:
    """Write a label as a style sheet's text.

    >>> print(_quoted("&lt;b&gt; &quot;x&quot;"))
    \\3c b> \\22 x\\22\x20
    """
    return re.sub(r'[\\"<\n]', lambda sign: f"\\{ord(sign[0]):x} ", html.unescape(label))


def drawn_once(body: str) -> str:
    """Give a page's body with each small drawing that it repeats drawn once, and shown again wherever it stands.

    >>> sign = '<svg><path d="M12 .5 23.5 12 12 23.5.5 12z" fill="currentColor"/></svg>'
    >>> drawn_once(sign * 3).removeprefix(sign.replace("<path", '<g id="pk-d1"><path').replace("</svg>", "</g></svg>"))
    '<svg><use href="#pk-d1"/></svg><svg><use href="#pk-d1"/></svg>'
    """
    found = Counter(drawing for _, drawing in _DRAWING.findall(body))
    names = {drawing: f"pk-d{n}" for n, drawing in enumerate((d for d, times in found.items() if times >= _OFTEN), 1)}
    drawn: set[str] = set()

    def once(match: re.Match[str]) -> str:
        opening, drawing = match.groups()
        if drawing not in names:
            return match[0]
        name, first = names[drawing], drawing not in drawn
        drawn.add(drawing)
        return opening + (f'<g id="{name}">{drawing}</g>' if first else f'<use href="#{name}"/>')

    return _DRAWING.sub(once, body)
