//! A report appraised: how far the evidence carries each judgement, why, and what would change
//! it.

use std::ops::ControlFlow;

use crate::confidence::{self, ConfidenceVerdict, Measured, Requirement};
use crate::doctrine::{Corner, Corners, Doctrine};
use crate::likelihood::LikelihoodVerdict;
use crate::moment::Moment;
use crate::report::{
    ArchiveState, AssumptionStatus, Confidence, Judgement, JudgementIndex, Report,
};
use crate::strength::explain::{Explanation, Figure, explain};
use crate::strength::tally::Pool;
use crate::strength::what_if::{Change, Linchpin, NextStep, Outcome, Trial};
use crate::strength::{Case, Contribution, Desk, OwnerShare, Weighed, weigh};
use crate::yardstick::Term;

/// Appraises a report by a doctrine, as of its cut-off.
///
/// ```
/// use probative::{appraise, doctrine::Doctrine, report::Report};
///
/// let report = Report::from_toml(r#"
///     format = "probative/1"
///     title = "Two ways to hear of it"
///     sources = [
///         { id = "un", reliability = "B", graded_because = "named investigators, stated method" },
///         { id = "post" },
///     ]
///     items = [
///         { id = "a", source = "un", credibility = 2, channel = "research", lineage = "original" },
///         { id = "b", source = "post", channel = "social-media" },
///     ]
///     judgements = [
///         { id = "J1", rests_on = [{ item = "a", relevance = "direct" }] },
///         { id = "J2", rests_on = [{ item = "b", relevance = "direct" }] },
///     ]
/// "#)?;
/// let appraisal = appraise(&report, &Doctrine::default());
/// let [graded, rumour] = appraisal.judgements() else { panic!("two judgements") };
/// assert_eq!(&*graded.band, "moderate");
/// assert_eq!(rumour.strength.central, 0.0);
/// // Nobody judged the post's author: it may still turn out to be worth something.
/// assert!(rumour.strength.upper > 0.0);
/// # Ok::<(), probative::report::Problems>(())
/// ```
pub fn appraise(report: &Report, doctrine: &Doctrine) -> Appraisal {
    Appraiser::new(report, doctrine).appraise()
}

/// A report, a doctrine, and a date: everything that an appraisal follows from.
#[derive(Clone, Debug)]
pub struct Appraiser<'a> {
    case: Case<'a>,
    assessors: &'a [(String, Report)],
}

impl<'a> Appraiser<'a> {
    /// As of the report's cut-off, without an archive.
    pub fn new(report: &'a Report, doctrine: &'a Doctrine) -> Self {
        Self { case: Case::new(report, doctrine), assessors: &[] }
    }

    /// As of another date: indicators seen by then count as seen, and what was published later
    /// is left out. A withdrawn item stays withdrawn.
    #[must_use]
    pub fn as_of(mut self, date: Moment) -> Self {
        self.case.as_of = Some(date);
        self
    }

    /// With the state of every item in an archive, in the order of the report's items. An item
    /// whose content changed is left out; no state adds to the strength of anything.
    #[must_use]
    pub fn archive(mut self, states: &'a [ArchiveState]) -> Self {
        self.case.archive = Some(states);
        self
    }

    /// With the same report as each assessor would grade it, by name. Nothing of that is in the
    /// appraisal; an [`Account`](crate::render::Account) shows where their grades part.
    #[must_use]
    pub fn assessors(mut self, graded: &'a [(String, Report)]) -> Self {
        self.assessors = graded;
        self
    }

    /// The appraisal by each assessor's grades, in all else like this one.
    pub fn appraise_by_assessor(&self) -> Vec<(&'a str, Appraisal)> {
        let by = |(name, report): &'a (String, Report)| {
            let mut case = Case::new(report, self.case.doctrine);
            (case.as_of, case.archive) = (self.case.as_of, self.case.archive);
            (&**name, Appraiser { case, assessors: &[] }.appraise())
        };
        self.assessors.iter().map(by).collect()
    }

    /// The report.
    pub fn report(&self) -> &'a Report {
        self.case.report
    }

    /// The doctrine.
    pub fn doctrine(&self) -> &'a Doctrine {
        self.case.doctrine
    }

    /// The date of the appraisal; without one, everything in the report counts as seen.
    pub fn date(&self) -> Option<Moment> {
        self.case.as_of
    }

    /// The state of an item in the archive that was asked.
    pub fn archive_state(&self, item: crate::report::ItemIndex) -> Option<ArchiveState> {
        self.case.archive?.get(item.get()).copied()
    }

    /// Appraises every judgement.
    pub fn appraise(&self) -> Appraisal {
        let (judgements, mut desk) = (self.case.report.judgements(), Desk::default());
        Appraisal {
            as_of: self.case.as_of,
            judgements: judgements.iter().map(|one| self.appraise_one(one, &mut desk)).collect(),
        }
    }

    /// Appraises every judgement, and asks before each whether to go on, saying how many are
    /// done; `None` when it was told to stop.
    pub fn appraise_while(
        &self,
        mut go_on: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Option<Appraisal> {
        let judgements = self.case.report.judgements().iter().enumerate();
        let mut desk = Desk::default();
        let one = |(done, judgement): (usize, &Judgement)| {
            go_on(done).is_continue().then(|| self.appraise_one(judgement, &mut desk))
        };
        let judgements = judgements.map(one).collect::<Option<_>>()?;
        Some(Appraisal { as_of: self.case.as_of, judgements })
    }

    /// What becomes of a judgement without each item, source or owner that it goes back to: the
    /// largest loss of strength first. Empty for an index of another report, and where nothing is
    /// tried, which [`FindingCode::WhatIfLeftOut`](crate::finding::FindingCode) tells.
    pub fn linchpins(&self, judgement: JudgementIndex) -> Vec<Linchpin> {
        self.trial(judgement).map(|trial| trial.linchpins()).unwrap_or_default()
    }

    /// The single changes that move a judgement's band or its supportable confidence, gains
    /// first. Archiving is never among them: integrity buys no credibility. Empty for an index
    /// of another report, and where nothing is tried.
    pub fn next_steps(&self, judgement: JudgementIndex) -> Vec<NextStep> {
        self.trial(judgement).map(|trial| trial.next_steps()).unwrap_or_default()
    }

    /// What becomes of a judgement after one change; `None` for an index of another report, and
    /// where nothing is tried.
    pub fn after(&self, judgement: JudgementIndex, change: Change) -> Option<Outcome> {
        self.trial(judgement).map(|trial| trial.after(change))
    }

    /// How a figure of a judgement came about; `None` for an index of another report.
    pub fn explain(&self, judgement: JudgementIndex, figure: Figure) -> Option<Explanation> {
        let judgement = self.case.report.judgements().get(judgement.get())?;
        Some(explain(&self.case, judgement, figure))
    }

    /// The name of a pool of reports: an owner's, or `channel:` and the channel.
    pub fn pool_name(&self, pool: Pool) -> String {
        self.case.pool_name(pool)
    }

    /// The yardstick's term for a judgement's stated likelihood.
    pub fn term(&self, judgement: &Judgement) -> Option<&'a Term> {
        let yardstick = self.case.doctrine.yardstick(self.case.report.yardstick()?).ok()?;
        yardstick.term(judgement.likelihood.as_deref()?)
    }

    pub(crate) fn case(&self) -> &Case<'a> {
        &self.case
    }

    /// One judgement laid out, for whoever asks it more than one question.
    pub(crate) fn trial(&self, judgement: JudgementIndex) -> Option<Trial<'_>> {
        let judgement = self.case.report.judgements().get(judgement.get())?;
        Trial::new(&self.case, judgement, self.worst_assumption(judgement))
    }

    fn appraise_one(&self, judgement: &Judgement, desk: &mut Desk) -> JudgementAppraisal {
        let Weighed { figures, contributions, owners, channels } =
            weigh(&self.case, judgement, desk);
        let (r, s) = (figures.support, figures.against);
        let measured = Measured {
            strength: figures.strength,
            origins: figures.origins,
            largest_owner_share: owners.first().map_or(0.0, |owner| owner.share),
            contradiction_share: if s > 0.0 { s / (r + s) } else { 0.0 },
            assumptions: self.worst_assumption(judgement),
        };
        let requirements = confidence::requirements(self.case.doctrine, &measured);
        let supportable = confidence::supportable(&requirements);
        let prior = judgement.prior.unwrap_or(0.5);
        let likelihood = match (&judgement.likelihood, self.term(judgement)) {
            (None, _) => LikelihoodVerdict::NotStated,
            (Some(_), None) => LikelihoodVerdict::UnknownTerm,
            (Some(_), Some(term)) => LikelihoodVerdict::of(term.band(), figures.probability, prior),
        };
        JudgementAppraisal {
            strength: figures.strength,
            band: self.case.doctrine.bands().word(figures.strength.central).into(),
            probability: figures.probability,
            support: r,
            against: s,
            uncertainty: figures.uncertainty,
            origins: figures.origins,
            supportable,
            confidence: ConfidenceVerdict::of(judgement.confidence, supportable),
            requirements: requirements.into(),
            likelihood,
            owners,
            channels,
            contributions,
        }
    }

    fn worst_assumption(&self, judgement: &Judgement) -> AssumptionStatus {
        let status = |index: &_| self.case.report.assumption_status(*index, self.case.as_of);
        judgement.assumes.iter().map(status).min().unwrap_or(AssumptionStatus::Holds)
    }
}

/// A report appraised.
#[derive(Clone, Debug, PartialEq)]
pub struct Appraisal {
    as_of: Option<Moment>,
    judgements: Vec<JudgementAppraisal>,
}

impl Appraisal {
    /// The date of the appraisal.
    pub fn as_of(&self) -> Option<Moment> {
        self.as_of
    }

    /// Every judgement, in the order of the report.
    pub fn judgements(&self) -> &[JudgementAppraisal] {
        &self.judgements
    }
}

/// One judgement appraised.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct JudgementAppraisal {
    /// Belief less disbelief, -1 to 1, held within the limit of its origins.
    pub strength: Corners,
    /// The doctrine's word for the central strength.
    pub band: Box<str>,
    /// P(the judgement is true), 0 to 1, with the base rate for what is not known.
    pub probability: Corners,
    /// Units of evidence for it, at the central corner.
    pub support: f64,
    /// Units of evidence against it, at the central corner.
    pub against: f64,
    /// What is not known, 0 to 1, at the central corner.
    pub uncertainty: f64,
    /// Independent origins of the support: the smaller of the origins and the owners.
    pub origins: usize,
    /// The best level of confidence whose every requirement holds.
    pub supportable: Confidence,
    /// The stated confidence against that.
    pub confidence: ConfidenceVerdict,
    /// Every requirement, with what there is and whether it held.
    pub requirements: Box<[Requirement]>,
    /// The stated likelihood against the probability.
    pub likelihood: LikelihoodVerdict,
    /// Who gives the testimony in support, the most first.
    pub owners: Box<[OwnerShare]>,
    /// Share of the support by channel, in the order of
    /// [`Channel::ALL`](crate::report::Channel::ALL).
    pub channels: [f64; 11],
    /// What each item contributes, in the order in which the judgement names them.
    pub contributions: Box<[Contribution]>,
}

impl JudgementAppraisal {
    /// The share of the support that came by a channel, 0 to 1.
    pub fn channel_share(&self, channel: crate::report::Channel) -> f64 {
        self.channels[channel.index()]
    }

    /// A figure by name.
    pub fn figure(&self, figure: Figure) -> f64 {
        match figure {
            Figure::Strength(corner) => self.strength.at(corner),
            Figure::Probability(corner) => self.probability.at(corner),
        }
    }
}

/// The six figures of a judgement that an explanation can be asked for.
pub const FIGURES: [Figure; 6] = [
    Figure::Strength(Corner::Lower),
    Figure::Strength(Corner::Central),
    Figure::Strength(Corner::Upper),
    Figure::Probability(Corner::Lower),
    Figure::Probability(Corner::Central),
    Figure::Probability(Corner::Upper),
];
