"""What the tests share."""

from pathlib import Path

import pytest

import probative

ROOT = Path(__file__).parents[2]
REPORTS = sorted((ROOT / "examples" / "reports").glob("*.toml"))
MALI = ROOT / "examples" / "reports" / "wagner-mali.toml"


@pytest.fixture(scope="session")
def mali() -> probative.Report:
    return probative.Report.load(MALI)


@pytest.fixture(scope="session")
def appraisal(mali: probative.Report) -> probative.Appraisal:
    return probative.appraise(mali)
