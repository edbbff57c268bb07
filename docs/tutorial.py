"""From a report to what would change it: the Wagner in Mali report, step by step.

Every step is checked as it goes; the files are written to the folder it is run in. It is a script
(`python docs/tutorial.py`, where `examples/` lies) and a notebook (`docs/tutorial.ipynb`, which is
made of it).
"""

import csv
import dataclasses
import tempfile
from pathlib import Path

import probative
from probative import Archive, Captured, Reliability, SigningKey

# 1. Load. A report that is not valid raises `ReportError` with every problem and its line.
report = probative.Report.load("examples/reports/wagner-mali.toml")
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
comparison = probative.compare(appraisal, probative.appraise(report.replace(sources=sources)))
after = comparison.after.judgements["KJ-3"]
print(f"KJ-3 moves from {third.strength.central:.2f} to {after.strength.central:.2f}")
for change in comparison.changes:
    print(change.what)
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

# 8. Archive what was read. The folder keeps the bytes under their digests, and a ledger of who
# captured and graded what, when and why. The secret key stays outside of it.
kept = tempfile.TemporaryDirectory()  # in earnest, a folder that stays
place = Path(kept.name)
key = place / "mali.key"
archive = Archive.create(
    place / "archive", origin="example.org/mali", by="jd", key=key, now="2023-06-12T09:00:00Z"
)
page = archive.add(
    b"<p>what the page said</p>",
    url="https://example.org/the-page",
    at="2023-06-12T09:05:00Z",
    item="3b",
    by="jd",
    now="2023-06-12T09:06:00Z",
)
assert isinstance(page.what, Captured)
assert archive.get(page.what.digest) == b"<p>what the page said</p>"

# 9. Two assessors grade the item; neither grade replaces the other, and the ledger knows what
# stood at any time.
archive.grade("2", item="3b", because="two confirm", by="jd", now="2023-06-12T10:00:00Z")
archive.grade("4", item="3b", because="one copied", by="mk", now="2023-06-20T10:00:00Z")
ledger = archive.ledger()
for day in ("2023-06-13", "2023-06-30"):
    grades = ledger.as_of(day).grades(item="3b")
    print(day, {one.by: one.mark.value for one in grades.digits}, "dissent:", grades.dissent)

# 10. Appraise by the archive: what has changed since it was read is left out, and the grades are
# those that stood at the report's cut-off.
archived = probative.appraise(report, archive=archive, grades="ledger")
print(archive.check(report)["3b"], f"{archived.judgements['KJ-3'].strength.central:.2f}")
assert archived.report.item("3b").credibility == "2"

# 11. Sign, verify, and prove one entry to somebody who has nothing but the public key.
archive.checkpoint(key)
public = SigningKey.read(key).verifier
found = archive.verify(trust=[public])
print("bytes", found.bytes, "order", found.order, "identity", found.identity)
assert not found.problems
proof = str(archive.prove(page.index))
proven = probative.Proof(proof).verify([public])
print(f"entry {proven.index} of {proven.origin}: {proven.to_dict()['what']['captured']['url']}")
