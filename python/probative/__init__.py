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
[('J1', 'moderate'), ('J2', 'weak')]
"""

from probative import _errors, _records, _words
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
    *_errors.__all__,
    *_records.__all__,
    *_words.__all__,
    "Appraisal",
    "Band",
    "Contributions",
    "Digest",
    "Doctrine",
    "Explanation",
    "Findings",
    "Items",
    "Judgements",
    "Report",
    "Term",
    "Yardstick",
    "__version__",
    "appraise",
    "draw",
    "render",
]
