//! What an appraisal says, in ids, words and figures: the source of every view, and the JSON.

mod assessors;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::{Serialize, Serializer};

pub use self::assessors::AssessorAccount;
use self::assessors::by_assessor;
pub(super) use self::assessors::range;
use super::reason;
use crate::appraisal::{Appraisal, Appraiser, JudgementAppraisal};
use crate::confidence::{ConfidenceVerdict, Measure, Requirement, RequirementName};
use crate::digest::Digest;
use crate::doctrine::Corners;
use crate::finding::{Finding, FindingCode, Severity};
use crate::likelihood::LikelihoodVerdict;
use crate::moment::Moment;
use crate::report::{
    ArchiveState, Channel, Confidence, ItemIndex, Judgement, JudgementIndex, Report, Stance,
};
use crate::strength::what_if::{Linchpin, NextStep, Outcome, Trial, Without};
use crate::strength::{Contribution, Credit};

/// A whole appraisal. Its serialised form is the JSON that `docs/format.md` describes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Account {
    /// `probative-appraisal/1`.
    pub format: &'static str,
    /// The report's title.
    pub title: String,
    /// The doctrine that it follows.
    pub doctrine: DoctrineAccount,
    /// Digest of the report.
    pub report_digest: Digest,
    /// The date of the appraisal.
    pub as_of: Option<Moment>,
    /// Every judgement.
    pub judgements: Vec<JudgementAccount>,
    /// Every finding, the gravest first.
    pub findings: Vec<FindingAccount>,
}

/// Which doctrine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DoctrineAccount {
    /// Name and version.
    pub id: String,
    /// Digest of its content.
    pub digest: Digest,
}

/// One judgement.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct JudgementAccount {
    /// Its id.
    pub id: String,
    /// The conclusion in words.
    pub statement: String,
    /// Strength, -1 to 1.
    pub strength: Range,
    /// The word for the central strength.
    pub band: String,
    /// Probability, 0 to 1.
    pub probability: Range,
    /// Units of evidence for it.
    pub support: f64,
    /// Units of evidence against it.
    pub against: f64,
    /// What is not known, 0 to 1.
    pub uncertainty: f64,
    /// Independent origins.
    pub origins: usize,
    /// Why it is no stronger, in one line.
    pub reason: String,
    /// Stated against supportable confidence.
    pub confidence: ConfidenceAccount,
    /// Stated likelihood against the evidence.
    pub likelihood: Option<LikelihoodAccount>,
    /// Where the support comes from.
    pub rests_on: RestsOn,
    /// What it is by the grades of each assessor, where they were asked and do not agree. The
    /// figures above take the latest grade of each source and item.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assessors: Vec<AssessorAccount>,
    /// What each item contributes.
    pub contributions: Vec<ContributionAccount>,
    /// On what it hangs, the largest loss first; ten at the most.
    pub linchpins: Vec<LinchpinAccount>,
    /// What would move it, the largest gain first; ten at the most.
    pub next_steps: Vec<NextStepAccount>,
}

/// A figure at the three corners.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Range {
    /// The most cautious.
    pub lower: f64,
    /// As it stands.
    pub central: f64,
    /// The most generous.
    pub upper: f64,
}

/// Stated against supportable confidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ConfidenceAccount {
    /// What the report states.
    pub stated: Option<Confidence>,
    /// What the evidence supports.
    pub supportable: Confidence,
    /// How they compare.
    pub verdict: ConfidenceVerdict,
    /// What the levels need, and what there is.
    pub requirements: Vec<RequirementAccount>,
}

/// One requirement.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RequirementAccount {
    /// The level that needs it.
    pub level: Confidence,
    /// What is needed.
    pub name: RequirementName,
    /// How much.
    pub needs: Measure,
    /// How much there is.
    pub has: Measure,
    /// Whether that is enough.
    pub held: bool,
}

/// Stated likelihood against the evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LikelihoodAccount {
    /// The term.
    pub term: String,
    /// Lower edge of its band, 0 to 1; none when the yardstick does not know the term.
    pub lower: Option<f64>,
    /// Upper edge of its band, 0 to 1.
    pub upper: Option<f64>,
    /// How it compares with the probability.
    pub verdict: LikelihoodVerdict,
}

/// Where the support comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RestsOn {
    /// Share of the support by channel, 0 to 1, the largest first.
    #[serde(serialize_with = "as_map")]
    pub channels: Vec<Share>,
    /// Share of the testimony by owner, 0 to 1, the largest first.
    #[serde(serialize_with = "as_map")]
    pub owners: Vec<Share>,
}

/// A part of a whole.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Share {
    /// Whose.
    pub name: String,
    /// How much, 0 to 1.
    pub share: f64,
}

impl Share {
    /// The name for a reader: a channel that pools those with no named owner, in words.
    pub fn in_words(&self) -> String {
        match self.name.strip_prefix("channel:") {
            Some(channel) => format!("{channel} with no named owner"),
            None => self.name.clone(),
        }
    }
}

/// What one item contributes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ContributionAccount {
    /// The item.
    pub item: String,
    /// Which way it points.
    pub stance: Stance,
    /// Units of evidence, negative against the judgement.
    pub units: f64,
    /// Its part of its side, 0 to 1.
    pub share: f64,
    /// The source that is credited with the most of it, or `assessor`.
    pub credited_to: String,
    /// Whether it counts.
    pub counted: bool,
    /// Why not: a stable code.
    pub reason: Option<&'static str>,
    /// The item that counts in its stead.
    pub instead: Option<String>,
    /// Its state in the archive that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<ArchiveState>,
}

/// A part of the evidence on which a judgement hangs: an item, a source or an owner.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LinchpinAccount {
    /// The item that was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The source that was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The owner that was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What is left.
    pub without: OutcomeAccount,
}

/// A change that moves a band or a level of confidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NextStepAccount {
    /// The change in words.
    pub change: String,
    /// Its stable code.
    pub code: &'static str,
    /// What becomes of the judgement.
    pub becomes: OutcomeAccount,
}

/// What a judgement would be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OutcomeAccount {
    /// Strength at the lower corner.
    pub lower: f64,
    /// Strength at the central corner.
    pub central: f64,
    /// Strength at the upper corner.
    pub upper: f64,
    /// The word for the central strength.
    pub band: String,
    /// The confidence that could be supported.
    pub supportable: Confidence,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FindingAccount {
    /// What it is.
    pub code: FindingCode,
    /// How grave it is.
    pub severity: Severity,
    /// The ids that it is about.
    pub about: Vec<String>,
    /// One plain sentence.
    pub message: String,
}

/// How many linchpins and next steps an account lists.
const MOST_LISTED: usize = 10;

impl Account {
    /// Appraises and gives account.
    pub fn of(appraiser: &Appraiser<'_>) -> Self {
        Self::from_appraisal(appraiser, &appraiser.appraise(), |_| ControlFlow::Continue(()))
            .unwrap_or_else(|| unreachable!("nothing stops it"))
    }

    /// Appraises and gives account, and asks before each step whether to go on, saying how many
    /// steps are done and how many there are; `None` when it was told to stop.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use probative::Appraiser;
    /// use probative::doctrine::Doctrine;
    /// use probative::render::Account;
    /// use probative::report::wire::{Judgement, Report};
    ///
    /// let mut report = Report::new("Two");
    /// report.judgements = vec![Judgement::new("J1"), Judgement::new("J2")];
    /// let (report, doctrine) = (report.check()?, Doctrine::default());
    /// let appraiser = Appraiser::new(&report, &doctrine);
    /// let mut last = (0, 0);
    /// let account = Account::watched(&appraiser, |done, total| {
    ///     last = (done, total);
    ///     ControlFlow::Continue(())
    /// });
    /// assert_eq!(account, Some(Account::of(&appraiser)));
    /// assert_eq!(last, (5, 5));
    /// assert_eq!(Account::watched(&appraiser, |_, _| ControlFlow::Break(())), None);
    /// # Ok::<(), probative::report::Problems>(())
    /// ```
    pub fn watched(
        appraiser: &Appraiser<'_>,
        mut go_on: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Option<Self> {
        // Each judgement is appraised, then given account of; the findings come last.
        let judgements = appraiser.report().judgements().len();
        let total = 2 * judgements + 1;
        let appraisal = appraiser.appraise_while(|done| go_on(done, total))?;
        let account =
            Self::from_appraisal(appraiser, &appraisal, |done| go_on(judgements + done, total))?;
        go_on(total, total).is_continue().then_some(account)
    }

    fn from_appraisal(
        appraiser: &Appraiser<'_>,
        appraisal: &Appraisal,
        mut go_on: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Option<Self> {
        let report = appraiser.report();
        let graded = appraiser.appraise_by_assessor();
        let judgements = report
            .judgements()
            .iter()
            .zip(appraisal.judgements())
            .enumerate()
            .map(|(at, (judgement, appraised))| {
                let index = JudgementIndex::new(at);
                go_on(at).is_continue().then(|| JudgementAccount {
                    assessors: by_assessor(&graded, at),
                    ..JudgementAccount::of(appraiser, index, judgement, appraised)
                })
            })
            .collect::<Option<Vec<_>>>()?;
        go_on(judgements.len()).is_continue().then(|| Self {
            format: "probative-appraisal/1",
            title: report.title().to_owned(),
            doctrine: DoctrineAccount {
                id: appraiser.doctrine().id().to_owned(),
                digest: appraiser.doctrine().digest(),
            },
            report_digest: report.digest(),
            as_of: appraisal.as_of(),
            judgements,
            findings: appraiser.findings(appraisal).into_iter().map(Into::into).collect(),
        })
    }

    /// The account as JSON, indented. The same report, doctrine and date give the same bytes on
    /// every run and machine.
    pub fn to_json(&self) -> String {
        // Text keys and finite numbers only, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Whether some judgement states more confidence than its evidence supports.
    pub fn is_overstated(&self) -> bool {
        let overstated = ConfidenceVerdict::Overstated;
        self.judgements.iter().any(|one| one.confidence.verdict == overstated)
    }

    /// The gravest severity among the findings.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

impl OutcomeAccount {
    /// The outcome in the doctrine's words.
    pub fn of(appraiser: &Appraiser<'_>, outcome: Outcome) -> Self {
        Self {
            lower: outcome.strength.lower,
            central: outcome.strength.central,
            upper: outcome.strength.upper,
            band: appraiser.doctrine().bands().word(outcome.strength.central).to_owned(),
            supportable: outcome.supportable,
        }
    }
}

impl LinchpinAccount {
    /// The linchpin with the ids of the report.
    pub fn of(appraiser: &Appraiser<'_>, found: Linchpin) -> Self {
        let report = appraiser.report();
        let without = OutcomeAccount::of(appraiser, found.outcome);
        let mut account = Self { item: None, source: None, owner: None, without };
        match found.without {
            Without::Item(item) => account.item = Some(item_id(report, item)),
            Without::Source(source) => {
                account.source = report.source(source).map(|source| source.id.to_string());
            }
            Without::Owner(owner) => account.owner = report.owner(owner).map(str::to_owned),
        }
        account
    }
}

impl NextStepAccount {
    /// The step in words.
    pub fn of(appraiser: &Appraiser<'_>, step: NextStep) -> Self {
        Self {
            change: step.change.describe(appraiser.report()),
            code: step.change.code(),
            becomes: OutcomeAccount::of(appraiser, step.outcome),
        }
    }
}

impl JudgementAccount {
    fn of(
        appraiser: &Appraiser<'_>,
        index: JudgementIndex,
        judgement: &Judgement,
        appraised: &JudgementAppraisal,
    ) -> Self {
        let trial = appraiser.trial(index);
        let linchpins = trial.iter().flat_map(Trial::linchpins).take(MOST_LISTED);
        let linchpins = linchpins.map(|found| LinchpinAccount::of(appraiser, found));
        let next_steps = trial.iter().flat_map(Trial::next_steps).take(MOST_LISTED);
        let next_steps = next_steps.map(|step| NextStepAccount::of(appraiser, step));
        Self {
            id: judgement.id.to_string(),
            statement: judgement.statement.to_string(),
            strength: appraised.strength.into(),
            band: appraised.band.to_string(),
            probability: appraised.probability.into(),
            support: appraised.support,
            against: appraised.against,
            uncertainty: appraised.uncertainty,
            origins: appraised.origins,
            reason: reason::reason(appraiser, judgement, appraised),
            confidence: ConfidenceAccount {
                stated: judgement.confidence,
                supportable: appraised.supportable,
                verdict: appraised.confidence,
                requirements: appraised.requirements.iter().map(|one| (*one).into()).collect(),
            },
            likelihood: judgement.likelihood.as_ref().map(|term| {
                let band = appraiser.term(judgement).map(crate::yardstick::Term::band);
                LikelihoodAccount {
                    term: term.to_string(),
                    lower: band.map(|band| band.lower()),
                    upper: band.map(|band| band.upper()),
                    verdict: appraised.likelihood,
                }
            }),
            rests_on: RestsOn::of(appraiser, appraised),
            contributions: appraised
                .contributions
                .iter()
                .map(|one| ContributionAccount::of(appraiser, one))
                .collect(),
            assessors: Vec::new(),
            linchpins: linchpins.collect(),
            next_steps: next_steps.collect(),
        }
    }
}

impl RestsOn {
    fn of(appraiser: &Appraiser<'_>, appraised: &JudgementAppraisal) -> Self {
        let owner = |owner: &crate::strength::OwnerShare| Share {
            name: appraiser.pool_name(owner.pool),
            share: owner.share,
        };
        Self { channels: channels(appraised), owners: appraised.owners.iter().map(owner).collect() }
    }
}

/// Share of the support by channel, the largest first.
pub(super) fn channels(appraised: &JudgementAppraisal) -> Vec<Share> {
    let channel = |channel: &Channel| Share {
        name: channel.to_string(),
        share: appraised.channel_share(*channel),
    };
    let mut channels: Vec<Share> =
        Channel::ALL.iter().map(channel).filter(|share| share.share > 0.0).collect();
    channels.sort_by(|a, b| b.share.total_cmp(&a.share));
    channels
}

impl ContributionAccount {
    fn of(appraiser: &Appraiser<'_>, one: &Contribution) -> Self {
        let report = appraiser.report();
        Self {
            item: item_id(report, one.item),
            stance: one.stance,
            units: one.units,
            share: one.share,
            credited_to: match one.credited_to {
                Credit::Source(source) => {
                    report.source(source).map_or_else(String::new, |source| source.id.to_string())
                }
                Credit::Assessor => "assessor".to_owned(),
            },
            counted: one.not_counted.is_none(),
            reason: one.not_counted.map(crate::strength::NotCounted::code),
            instead: one
                .not_counted
                .and_then(crate::strength::NotCounted::instead)
                .map(|item| item_id(report, item)),
            archive: appraiser.archive_state(one.item),
        }
    }
}

impl From<Corners> for Range {
    fn from(corners: Corners) -> Self {
        Self { lower: corners.lower, central: corners.central, upper: corners.upper }
    }
}

impl From<Requirement> for RequirementAccount {
    fn from(one: Requirement) -> Self {
        let Requirement { level, name, needs, has, held } = one;
        Self { level, name, needs, has, held }
    }
}

impl From<Finding> for FindingAccount {
    fn from(finding: Finding) -> Self {
        let Finding { code, severity, about, message } = finding;
        Self { code, severity, about, message }
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // A count is written as one.
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 =>
            {
                #[allow(clippy::cast_possible_truncation)]
                serializer.serialize_i64(*number as i64)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Status(status) => status.serialize(serializer),
        }
    }
}

fn item_id(report: &Report, item: ItemIndex) -> String {
    report.item(item).map_or_else(String::new, |item| item.id.to_string())
}

/// By name, so that the bytes do not depend on how shares compare.
pub(super) fn as_map<S: Serializer>(shares: &[Share], serializer: S) -> Result<S::Ok, S::Error> {
    let map: BTreeMap<&str, f64> =
        shares.iter().map(|share| (share.name.as_str(), share.share)).collect();
    map.serialize(serializer)
}
