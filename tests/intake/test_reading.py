"""A reading: tables or the issues that keep them out."""

from __future__ import annotations

from perfkit.intake import reading
from perfkit.intake.reading import Reading
from perfkit.model.errors import Issue, Severity, Where

ROW = {"priority": "Efficiency", "financial_year": "2017-18", "order": 1, "file": "f.xlsx", "cell": "B5"}
WARNING = Issue(Where("f.xlsx"), "a hidden sheet", "none", "Show it.", Severity.WARNING)
ERROR = Issue(Where("f.xlsx"), "a text", "a number", "Type it.")


def test_a_warning_lets_the_tables_through() -> None:
    made = reading.of({"priorities": [ROW]}, [WARNING])
    assert (list(made.tables), made.issues, made.stops) == (["priorities"], (WARNING,), False)


def test_an_error_keeps_all_tables_out() -> None:
    assert reading.of({"priorities": [ROW]}, [ERROR]) == Reading({}, (ERROR,))


def test_what_breaks_the_contract_of_a_table_is_an_issue() -> None:
    made = reading.of({"priorities": [{**ROW, "order": None}]})
    assert made.tables == {}
    assert [str(issue) for issue in made.issues] == [
        "f.xlsx, cell B5: found no order, expected place in the plan. Give the order."
    ]


def test_one_issue_is_told_once() -> None:
    assert reading.of({}, [ERROR, ERROR]).issues == (ERROR,)


def test_a_table_without_rows_has_its_columns() -> None:
    assert "priority" in reading.of({"priorities": []}).tables["priorities"]


def test_readings_are_put_together_in_order() -> None:
    one, two = (reading.of({"priorities": [{**ROW, "priority": name}]}) for name in ("B", "A"))
    merged = reading.merge([one, two, Reading({}, (ERROR,))])
    assert merged.tables["priorities"]["priority"].tolist() == ["B", "A"]
    assert merged.issues == (ERROR,)
