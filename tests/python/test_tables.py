"""Tables: whatever speaks Arrow takes them."""

from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest

from probative import Appraisal

# pandas takes any Arrow stream; its stubs do not know of it yet.
frame: Any = getattr(pandas.DataFrame, "from_arrow")
TABLES = ("judgements", "contributions", "findings")


@pytest.mark.parametrize("name", TABLES)
def test_every_library_takes_every_table(appraisal: Appraisal, name: str) -> None:
    rows: Any = getattr(appraisal, name)
    table = pyarrow.table(rows)
    table.validate(full=True)
    assert table.schema == pyarrow.schema(rows)
    assert table.num_rows == len(rows) > 0
    assert polars.DataFrame(rows).height == len(rows)
    assert len(frame(rows)) == len(rows)
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
    findings = frame(appraisal.findings)
    assert [tuple(ids) for ids in findings["about"]] == [one.about for one in appraisal.findings]


def test_a_stream_that_nobody_takes_is_released(appraisal: Appraisal) -> None:
    for _ in range(1000):
        appraisal.contributions.__arrow_c_stream__()
        appraisal.contributions.__arrow_c_schema__()
