"""The example of docs/how-to/add-a-release.md, typed as it stands there, reads as it says."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from perfkit.intake import folder, recipes
from perfkit.intake.recipes import reader
from perfkit.intake.workbooks.grid import Sheet, Workbook
from perfkit.model.errors import ParameterError

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-a-release.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLE, LIKE = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def cell(text: str) -> str | float | None:
    return None if not text else float(text) if re.fullmatch(r"[\d.]+", text) else text


def example() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "Table 1"
    for row in re.findall(r"^\| \d+ \|(.*)\|$", TEXT, re.MULTILINE):
        book.active.append([cell(text.strip()) for text in row.split("|")])
    return book


def load(book: openpyxl.Workbook, tmp_path: Path) -> folder.Delivery:
    book.save(tmp_path / "waste_2017-18_Q1.xlsx")
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "local_authority_waste.toml").write_text(EXAMPLE, encoding="utf-8")
    (read,) = folder.read([tmp_path], base=tmp_path, known={}, is_known=lambda *_: False)
    return read


@pytest.fixture
def delivery(tmp_path: Path) -> folder.Delivery:
    return load(example(), tmp_path)


def recycled(book: openpyxl.Workbook, tmp_path: Path) -> tuple[list[float], list[str]]:
    """Give the shares that are recycled in England and Oxfordshire, and what was told."""
    reading = load(book, tmp_path).reading
    releases = reading.tables["releases"].set_index(["measure", "area"])["value"]["recycled"]
    return releases[["England", "Oxfordshire"]].tolist(), [issue.found for issue in reading.issues]


def test_the_example_reads_without_an_issue(delivery: folder.Delivery) -> None:
    assert delivery.reading.issues == ()
    releases = delivery.reading.tables["releases"].set_index(["area", "measure"])
    assert set(releases["period"]) == {"2017-18 Q1"}
    assert releases.loc[("Oxfordshire", "waste"), "value"] == 100
    assert tuple(releases.loc[("Oxfordshire", "recycled"), ["value", "cell"]]) == (57.1, "E5")
    assert tuple(releases.loc[("Kent", "recycled"), ["marker", "marker_means"]]) == ("[c]", "suppressed")


@pytest.mark.parametrize("cells", [("E4", "E5", "E7"), ("E5",)])
def test_a_share_of_1_shown_as_a_percentage_is_that_percentage(tmp_path: Path, cells: tuple[str, ...]) -> None:
    book = example()
    for place in cells:
        at = book.active[place]
        at.value, at.number_format = at.value / 100, "0.0%"
    assert recycled(book, tmp_path) == ([45.5, 57.1], [])


def test_a_share_of_1_that_is_not_shown_as_a_percentage_is_told(tmp_path: Path) -> None:
    book = example()
    book.active["E5"].value = 0.571
    assert recycled(book, tmp_path) == ([45.5, 0.571], ["0.571% for Oxfordshire (recycled)"])


FORMS = re.findall(
    r"^\| `([^`]+)` \| (`[^|]*) \|$", TEXT.split("Between single quotes")[1].split("## ")[0], re.MULTILINE
)


@pytest.mark.parametrize(("form", "says"), FORMS)
def test_a_form_of_headings_fits_what_stands_beside_it(form: str, says: str) -> None:
    for heading in re.findall(r"`([^`]+)`", says.split(":")[0]):
        assert re.fullmatch(form, recipes.bare(heading)), heading


def test_forms_are_shown_with_what_they_fit() -> None:
    assert len(FORMS) == 2


MANY = (
    "Surrey", "Essex", "Norfolk", "Suffolk", "Devon", "Cornwall", "Leeds", "Bradford", "Derby", "Leicester",
    "Nottingham", "Camden", "Islington", "Hackney", "Newham", "Barnet", "Brent", "Bexley", "Bromley", "Croydon",
)  # fmt: skip


@pytest.mark.parametrize(("shown", "told"), [("0.0%", []), ("General", ["recycled as fractions (0.455)"])])
def test_many_shares_of_1_are_percentages_and_told_where_no_format_says_so(
    tmp_path: Path, shown: str, told: list[str]
) -> None:
    book = example()
    book.active.delete_rows(7, 3)
    for name in MANY:
        book.active.append([None, name, None, None, 50.0])
    for (at,) in book.active["E4:E26"]:
        if isinstance(at.value, float):
            at.value, at.number_format = at.value / 100, shown
    values, found = recycled(book, tmp_path)
    assert (values, found) == (pytest.approx([45.5, 57.1]), told)


def test_the_recipe_that_is_like_another_loads(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(LIKE, encoding="utf-8")
    recipe = recipes.load(tmp_path / "ours.toml")
    assert (recipe.release, recipe.periods.identifiers["q1"]) == ("our_schools", "financial")


@pytest.mark.parametrize("under", ["", "[recognise]", "[period]", "[checks]", "[headings]", "[[table]]"])
def test_every_key_that_a_recipe_may_have_is_explained(tmp_path: Path, under: str) -> None:
    """The keys are those that the message for an unknown one lists."""
    told = {"": "", "[recognise]": 'phrases = ["a"]', "[[table]]": '[table.columns]\narea = ["area"]'} | {
        under: f"nonsense = 1\n{'[table.columns]' if under == '[[table]]' else ''}"
    }
    text = "release = 'a'\ntitle = 'a'\npublisher = 'a'\n" + "\n".join(f"{key}\n{some}" for key, some in told.items())
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match="the keys there are") as caught:
        recipes.load(tmp_path / "a.toml")
    for key in str(caught.value).split("the keys there are ")[1].rstrip(".").split(", "):
        assert re.search(rf"\b{key}\b", TEXT), key


ROADS = (
    '[recognise]\nphrases = ["road condition"]\n[[table]]\nsheets = "roads"\n[table.columns]\narea = ["authority"]\n'
)
MENDED = '[[table.measure]]\nid = "mended"\ntitle = "Mended"\nunit = "percent"\nheading = \'Mended in 28 days (%)\'\n'


def roads(tmp_path: Path, title: str, *sheets: Sheet) -> str:
    path = tmp_path / "roads.toml"
    path.write_text(f'release = "roads"\ntitle = "Roads"\npublisher = "A body"\n{ROADS}{MENDED}', encoding="utf-8")
    rows = [[f"Road condition, England: {title}"], ["Authority", "Mended in 28 days (%)"], ["Oxfordshire", 80.0]]
    book = Workbook("roads.xlsx", (*sheets, Sheet("roads.xlsx", "Roads", rows)))
    reading = reader.read(book, recipes.load(path))
    told = [f"{period}: {value}" for table in reading.tables.values()
            for period, value in zip(table["period"], table["value"], strict=True)]  # fmt: skip
    return "\n".join([*told, *map(str, reading.issues)])


def test_a_heading_may_be_copied_and_the_usual_words_for_a_quarter_need_no_pattern(tmp_path: Path) -> None:
    for title in ("2024/25, quarter 2", "Q2 2024 to 2025", "July to September 2024"):
        assert roads(tmp_path, title) == "2024-25 Q2: 80.0"


def test_a_recipe_that_does_not_find_the_period_says_where_to_mend_it(tmp_path: Path) -> None:
    assert roads(tmp_path, "second report") == (
        'roads.xlsx: found no period in the file\'s name or in a title, expected one such as "2017-18 Q1". Say in the '
        "recipe roads how a title tells it ([period] titles), or that the file's name does."
    )


def test_a_contents_sheet_needs_no_word_in_a_recipe_and_any_other_is_told(tmp_path: Path) -> None:
    rows = [["a", "b", "c"], ["d", "e", "f"]]
    found = roads(tmp_path, "Q2 2024-25", Sheet("roads.xlsx", "Contents", rows), Sheet("roads.xlsx", "More", rows))
    assert "sheet Contents" not in found
    assert "sheet More: found a sheet that the recipe does not know" in found


def test_any_key_of_a_table_may_be_as_in_the_first_one(tmp_path: Path) -> None:
    first = EXAMPLE.replace("sheets = 'table \\d+'", "sheets = 'table \\d+'\nbreakdowns = ['sex']\nprefix = '(\\d+m)'")
    (tmp_path / "a.toml").write_text(
        f"{first}\n[[table]]\nsheets = 'other'\n"
        + "".join(f'{key} = "as first table"\n' for key in ("breakdowns", "prefix", "columns", "measures", "needed")),
        encoding="utf-8",
    )
    one, other = recipes.load(tmp_path / "a.toml").rules
    assert (other.breakdowns, other.prefix, other.columns, other.measures, other.needed) == (
        ("sex",), one.prefix, one.columns, one.measures, ("area",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "other", "message"),
    [
        ('sums = ["waste"]', 'sums = ["wast"]', 'speaks of the measure "wast", but no measure has that id'),
        ('sums = ["waste"]', 'within = "a"', "says something of the wrong kind"),
        ('fill = ["region"]', 'fill = ["regions"]', 'says fill = "regions"; it may be area, area_code, region'),
        ('title = "Waste collected"', "title = 5", "says something of the wrong kind: 5 is no text"),
        ("file = true", "titles = ['20\\d\\d']", r'has the title "20\d\d" without a group (?P<year>...)'),
        ("[markers]", "[headings]\nrewrite = [['a', '\\1']]\n[markers]", "is no pattern (invalid group reference 1"),
    ],
)
def test_what_a_recipe_cannot_mean_is_told_before_a_file_is_read(
    tmp_path: Path, own: str, other: str, message: str
) -> None:
    assert own in EXAMPLE
    (tmp_path / "a.toml").write_text(EXAMPLE.replace(own, other), encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        recipes.load(tmp_path / "a.toml")
    assert message in str(caught.value)


BENEFIT = """
release = "benefit"
title = "Housing benefit"
publisher = "A body"
[recognise]
phrases = ["housing benefit"]
[checks]
unknown = "leave out"
[[table]]
sheets = '.*'
breakdowns = ["kind"]
fill = ["region", "area"]
totals = [
  { under = ["authority"], pattern = 'total', kind = "region" },
  { under = ["area"], pattern = '(?P<name>England|Great Britain)', kind = "country" },
]
[table.columns]
area = ["authority"]
region = ["area"]
[[table.measure]]
id = "days"
title = "Days to process a claim"
unit = "days"
heading = "days"
"""


def benefit(tmp_path: Path, *rows: list[object]) -> tuple[dict[tuple[str, str, str], float], str]:
    (tmp_path / "a.toml").write_text(BENEFIT, encoding="utf-8")
    head: list[list[object]] = [["Housing benefit, April to June 2024"], ["Area", "Authority", "Kind", "Days"]]
    book = Workbook("a.xlsx", (Sheet("a.xlsx", "1", [*head, *rows]),))
    reading = reader.read(book, recipes.load(tmp_path / "a.toml"))
    frame = reading.tables["releases"]
    found = zip(frame["area_kind"], frame["area"], frame["breakdown"], frame["value"], strict=True)
    return {(kind, area, group): value for kind, area, group, value in found}, "\n".join(map(str, reading.issues))


def test_a_total_without_a_name_is_of_its_region_and_the_last_that_fits_counts(tmp_path: Path) -> None:
    found, told = benefit(tmp_path, ["England", "Total", None, 18.0], ["South East", "Total", None, 19.0],
                          [None, "Kent", None, 20.0])  # fmt: skip
    assert found == {("country", "England", "all"): 18.0, ("region", "South East", "all"): 19.0,
                     ("authority", "Kent", "all"): 20.0}  # fmt: skip
    assert told == ""


def test_an_area_is_filled_from_above_in_rows_of_figures_alone(tmp_path: Path) -> None:
    found, told = benefit(tmp_path, ["South East", "Kent", "New", 20.0], [None, None, "Change", 9.0],
                          ["* A note", None, None, None])  # fmt: skip
    assert found == {("authority", "Kent", "Kind=New"): 20.0, ("authority", "Kent", "Kind=Change"): 9.0}
    assert told == ""


def test_areas_that_nobody_knows_are_left_out_and_told_once_where_the_recipe_says_so(tmp_path: Path) -> None:
    found, told = benefit(tmp_path, ["South East", "Kent", None, 20.0], [None, "Cherwell", None, 9.0],
                          ["Wales", "Cardiff", None, 8.0], [None, "Gwynedd County", None, None])  # fmt: skip
    assert found == {("authority", "Kent", "all"): 20.0}
    assert told == (
        'a.xlsx, sheet 1, cell B4: found figures for "Cherwell", "Cardiff", expected an authority or region of '
        "England, or England. These rows were left out, as the recipe says; see that no authority that you need is "
        "among them."
    )


HOMELESS = r"""
release = "homeless"
title = "Homelessness"
publisher = "A body"
[recognise]
phrases = ["homelessness"]
[period]
calendar = "calendar"
titles = ['(?P<year>20\d\d) Q(?P<quarter>[1-4])( \(.*\))?']
[[table]]
periods = "in headings"
[table.columns]
area = ["authority"]
[[table.measure]]
id = "accepted"
title = "Households accepted"
unit = "households"
heading = "accepted"
"""


def homeless(tmp_path: Path, *rows: list[object]) -> dict[tuple[str, str], str]:
    (tmp_path / "a.toml").write_text(HOMELESS, encoding="utf-8")
    book = Workbook("a.xlsx", (Sheet("a.xlsx", "1", list(rows)),))
    reading = reader.read(book, recipes.load(tmp_path / "a.toml"))
    assert reading.issues == ()
    frame = reading.tables["releases"]
    assert set(frame["calendar"]) == {"calendar"}
    return dict(zip(zip(frame["area"], frame["period"], strict=True), frame["value"], strict=True))


def test_quarters_of_a_calendar_year_side_by_side_need_no_period_of_the_workbook(tmp_path: Path) -> None:
    found = homeless(
        tmp_path,
        ["Homelessness: financial year 2017/18", None, None],
        [None, "2017 Q2 (April to June)", "2017 Q3 (July to September)"],
        ["Authority", "Accepted", "Accepted"],
        ["Hackney", 250.0, 260.0],
    )
    assert found == {("Hackney", "2017 Q2"): 250.0, ("Hackney", "2017 Q3"): 260.0}


def test_a_title_may_tell_a_quarter_of_a_calendar_year(tmp_path: Path) -> None:
    for title in ("Homelessness, 2017 Q2", "Homelessness, April to June 2017"):
        assert homeless(tmp_path, [title, None], ["Authority", "Accepted"], ["Kent", 3.0]) == {("Kent", "2017 Q2"): 3.0}
