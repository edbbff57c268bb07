"""Tables: whatever speaks Arrow takes them."""

from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest

from probative import Appraisal, Item, Judgement, Link, Report, Source, appraise

# pandas 3 takes any Arrow stream; its stubs do not know of it yet.
frame: Any = getattr(pandas.DataFrame, "from_arrow", None)
TABLES = ("judgements", "contributions", "findings")


@pytest.mark.parametrize("name", TABLES)
def test_every_library_takes_every_table(appraisal: Appraisal, name: str) -> None:
    rows: Any = getattr(appraisal, name)
    table = pyarrow.table(rows)
    table.validate(full=True)
    assert table.schema == pyarrow.schema(rows)
    assert table.num_rows == len(rows) > 0
    assert polars.DataFrame(rows).height == len(rows)
    assert frame is None or len(frame(rows)) == len(rows)
    found = duckdb.sql("select count(*) from rows")
    assert found is not None and found.fetchall() == [(len(rows),)]


def test_the_values_are_those_of_the_records(appraisal: Appraisal) -> None:
    judgements = polars.DataFrame(appraisal.judgements)
    assert judgements["id"].to_list() == [one.id for one in appraisal.judgements]
    assert judgements["strength"].to_list() == [
        one.strength.central for one in appraisal.judgements
    ]
    contributions = polars.DataFrame(appraisal.contributions)
    rows = [(one.id, row) for one in appraisal.judgements for row in one.contributions]
    assert contributions["units"].to_list() == [row.units for _, row in rows]
    assert contributions["judgement"].to_list() == [id for id, _ in rows]
    assert contributions["reason"].to_list() == [row.reason for _, row in rows]
    assert list(appraisal.contributions) == [row for _, row in rows]
    assert list(one.judgement for one in appraisal.contributions) == [id for id, _ in rows]
    assert "archive" in contributions.columns and contributions["archive"].null_count() == len(rows)
    table = pandas.DataFrame(list(appraisal.contributions))
    assert table["judgement"].to_list() == [id for id, _ in rows]
    findings = polars.DataFrame(appraisal.findings)
    assert [tuple(ids) for ids in findings["about"]] == [one.about for one in appraisal.findings]


def test_what_an_archive_said_is_a_column(mali: Report) -> None:
    item = mali.judgements[0].rests_on[0].item
    appraisal = appraise(mali, archive={item: "missing"})
    table = polars.DataFrame(appraisal.contributions)
    found = dict(zip(table["item"].to_list(), table["archive"].to_list(), strict=True))
    assert found[item] == "missing" and set(found.values()) == {"missing", "none"}


def test_ids_may_be_longer_together_than_four_gigabytes() -> None:
    many = [Item(f"i{at}", "s") for at in range(2_200)]
    judgement = Judgement("J" * 1_000_000, rests_on=tuple(Link(one.id) for one in many))
    report = Report("Long", sources=[Source("s")], items=many, judgements=[judgement])
    table = polars.DataFrame(appraise(report).contributions)
    assert table.height == 2_200 and table["judgement"][2_199] == judgement.id


def test_a_stream_that_nobody_takes_is_released(appraisal: Appraisal) -> None:
    for _ in range(1000):
        appraisal.contributions.__arrow_c_stream__()
        appraisal.contributions.__arrow_c_schema__()
