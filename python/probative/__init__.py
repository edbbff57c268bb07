"""How far the evidence carries each judgement of an analytic report.

>>> import probative
>>> report = probative.Report.loads('''
...     format = "probative/1"
...     title = "Two ways to hear of it"
...     sources = [{ id = "un", reliability = "B" }, { id = "post" }]
...     items = [
...         { id = "a", source = "un", credibility = 2, channel = "research", lineage = "original" },
...         { id = "b", source = "post", channel = "social-media" },
...     ]
...     judgements = [
...         { id = "J1", rests_on = [{ item = "a", relevance = "direct" }] },
...         { id = "J2", rests_on = [{ item = "b", relevance = "direct" }] },
...     ]
... ''')
>>> [(one.id, one.band) for one in probative.appraise(report).judgements]
[('J1', 'moderate'), ('J2', 'negligible')]
"""

from probative._errors import *
from probative._native import (
    Appraisal,
    Band,
    Contributions,
    Digest,
    Doctrine,
    Explanation,
    Findings,
    Items,
    Judgements,
    Report,
    Term,
    Yardstick,
    appraise,
    draw,
    render,
)
from probative._native import __VERSION__ as __version__
from probative._records import *
from probative._words import *

__all__ = [
    "Algorithm",
    "Appraisal",
    "ArchiveState",
    "Assumption",
    "AssumptionStatus",
    "Authenticity",
    "Band",
    "BandError",
    "Capture",
    "Channel",
    "Confidence",
    "ConfidenceAppraisal",
    "ConfidenceVerdict",
    "Contribution",
    "Contributions",
    "Conversion",
    "Corner",
    "Credibility",
    "Crosswalk",
    "DerivedFrom",
    "Digest",
    "DigestError",
    "Doctrine",
    "DoctrineError",
    "Explanation",
    "Finding",
    "FindingCode",
    "Findings",
    "Format",
    "Formula",
    "Gap",
    "Grade",
    "GradeError",
    "Indicator",
    "InputError",
    "Item",
    "Items",
    "Judgement",
    "JudgementAppraisal",
    "Judgements",
    "LikelihoodAppraisal",
    "LikelihoodVerdict",
    "Linchpin",
    "Link",
    "MissingFileError",
    "MomentError",
    "NextStep",
    "NoCounterpartError",
    "Original",
    "Outcome",
    "ProbativeError",
    "Problem",
    "ProblemCode",
    "Range",
    "Relevance",
    "Reliability",
    "Report",
    "ReportError",
    "Requirement",
    "RequirementName",
    "RestsOn",
    "Severity",
    "Shares",
    "Source",
    "SourceKind",
    "SourceSummary",
    "Stance",
    "Term",
    "UnknownCrosswalkError",
    "UnknownIdError",
    "UnknownWordError",
    "UnknownYardstickError",
    "UnreadableError",
    "Yardstick",
    "YardstickError",
    "__version__",
    "appraise",
    "draw",
    "render",
]
