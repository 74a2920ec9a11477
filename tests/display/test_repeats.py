"""What a page repeats stands in it once, and looks as it did."""

from __future__ import annotations

from perfkit.display import repeats

SIGN = '<path d="M12 .5 23.5 12 12 23.5.5 12z" fill="currentColor"/>'


def test_a_style_said_three_times_becomes_a_rule_of_the_page() -> None:
    body, rules = repeats.named_styles('<i style="fill:red"></i><b style="fill:red"/>' * 2)
    assert body == '<i class="s1"></i><b class="s1"/>' * 2
    assert rules == ".s1.s1{fill:red}"


def test_a_style_holds_where_a_drawing_is_shown_again_away_from_its_page() -> None:
    # What a use element shows has no ancestors: a rule that asks for one leaves it black.
    sign = '<svg><g style="color:red"><path d="M12 .5 23.5 12 12 23.5.5 12z"/></g></svg>'
    blue = sign.replace("M12", "M13")
    third = sign.replace("M12", "M14")
    body, rules = repeats.named_styles(repeats.drawn_once(sign * 3 + blue * 3 + third * 3))
    assert body.count('<g class="s1">') == 3
    assert " " not in rules.partition("{")[0]


def test_a_style_said_twice_stays_where_it_is() -> None:
    twice = '<i style="fill:red"></i>' * 2
    assert repeats.named_styles(twice) == (twice, "")


def test_an_element_that_has_a_class_keeps_its_style() -> None:
    classed = '<i class="pk-sign" style="fill:red"></i>' * 3
    assert repeats.named_styles(classed) == (classed, "")


def test_words_that_look_like_a_style_stay_words() -> None:
    words = "<p title=\"a &quot; style=&quot;b\">style=&quot;fill:red&quot; &lt;i style='x'&gt;</p>" * 3
    assert repeats.named_styles(words) == (words, "")


CARDS = '<table class="pk-table pk-cards" role="table">{}</table>'
ROW = '<tr><td class="pk-ref">1</td><th>A</th><td class="pk-number" data-label="{}">2</td><td></td></tr>'


def test_the_labels_of_a_table_of_cards_are_said_once_and_tables_alike_share_them() -> None:
    tables = [CARDS.format(ROW.format(label) * 2) for label in ("Value", "Value", "Due")]
    body, rules = repeats.labelled_once("".join(tables))
    assert "data-label" not in body
    assert [part[:2] for part in body.split("pk-cards ")[1:]] == ["k1", "k1", "k2"]
    assert body.count('<td class="pk-number">2</td>') == 6
    assert rules == (
        '@media screen and (max-width:900px){.k1.pk-cards td:nth-child(3):not(:empty)::before{content:"Value"}'
        '.k2.pk-cards td:nth-child(3):not(:empty)::before{content:"Due"}}'
    )


def test_labels_that_differ_within_a_column_stay_with_their_cells() -> None:
    mixed = CARDS.format(ROW.format("Value") + ROW.format("Due"))
    assert repeats.labelled_once(mixed) == (mixed, "")


def test_a_label_never_ends_the_style_it_stands_in() -> None:
    _, rules = repeats.labelled_once(CARDS.format(ROW.format("&lt;/style&gt;&quot;\\")))
    assert 'content:"\\3c /style>\\22 \\5c "' in rules


def test_a_drawing_shown_three_times_is_drawn_once_in_each_elements_own_colour() -> None:
    page = "".join(f'<svg style="color:{colour}">{SIGN}</svg>' for colour in ("red", "blue", "red"))
    assert repeats.drawn_once(page) == (
        f'<svg style="color:red"><g id="pk-d1">{SIGN}</g></svg>'
        '<svg style="color:blue"><use href="#pk-d1"/></svg><svg style="color:red"><use href="#pk-d1"/></svg>'
    )


def test_a_drawing_with_words_or_with_names_of_its_own_is_left_alone() -> None:
    spoken = f'<svg>{SIGN}<text x="1">Red</text></svg>' * 3
    named = f'<svg><g id="a">{SIGN}</g></svg>' * 3
    assert repeats.drawn_once(spoken) == spoken
    assert repeats.drawn_once(named) == named
