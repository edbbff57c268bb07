"""From a report to what would change it: the Wagner in Mali report, step by step.

    python docs/tutorial.py examples/reports/wagner-mali.toml

Every step is checked as it goes; the files are written to the folder it is run in.
"""

import csv
import dataclasses
import sys
from pathlib import Path

import probative
from probative import Reliability

# 1. Load. A report that is not valid raises `ReportError` with every problem and its line.
path = sys.argv[1] if len(sys.argv) > 1 else "examples/reports/wagner-mali.toml"
report = probative.Report.load(path)
print(report)

# 2. Appraise: how far the evidence carries each judgement. (`print(appraisal)` shows it all; in a
# notebook, `appraisal` alone does.)
appraisal = probative.appraise(report)
for judgement in appraisal.judgements:
    confidence = judgement.confidence
    print(
        f"{judgement.id}: {judgement.band} {judgement.strength.central:.2f}, states "
        f"{confidence.stated}, supports {confidence.supportable}: {confidence.verdict}"
    )

# 3. Why? The reason in a line, and the figure as a tree that replays to it.
third = appraisal.judgements["KJ-3"]
print(third.reason)
tree = appraisal.explain("KJ-3")
assert abs(tree.replay() - third.strength.central) < 1e-12

# 4. The linchpin: without which part of its evidence would it lose the most?
linchpin = third.linchpins[0]
what = linchpin.item or linchpin.source or linchpin.owner
print(f"KJ-3 hangs on {what}: without it, {linchpin.without.band}")
assert linchpin.without.central < third.strength.central

# 5. Regrade a source, and see the judgement move. A report never changes; this makes another.
source = report.source(report.item("3b").source)
print(f"{source.name} is graded {source.reliability}")
regraded = dataclasses.replace(
    source, reliability=Reliability.E, graded_because="for the sake of the tutorial"
)
sources = [regraded if one.id == source.id else one for one in report.sources]
after = probative.appraise(report.replace(sources=sources)).judgements["KJ-3"]
print(f"KJ-3 moves from {third.strength.central:.2f} to {after.strength.central:.2f}")
assert after.strength.central < third.strength.central

# 6. What would help instead?
for step in third.next_steps[:2]:
    print(f"{step.change}: {step.becomes.band} {step.becomes.central:.2f}")

# 7. Export: the page, the JSON, the changed report, and a table. (`polars.DataFrame(...)`,
# `pandas.DataFrame.from_arrow(...)` and DuckDB take `appraisal.contributions` as it is.)
Path("mali.html").write_text(probative.render(appraisal, "html"), encoding="utf-8")
Path("mali.json").write_text(appraisal.to_json(), encoding="utf-8")
Path("regraded.toml").write_text(report.replace(sources=sources).to_toml(), encoding="utf-8")
with open("contributions.csv", "w", encoding="utf-8", newline="") as file:
    rows = csv.writer(file)
    for judgement in appraisal.judgements:
        rows.writerows((judgement.id, row.item, row.units) for row in judgement.contributions)
