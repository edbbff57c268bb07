//! One judgement on the page: its card, and everything behind the card.

use super::super::account::{self, FindingAccount, JudgementAccount, OutcomeAccount, Share};
use super::super::reason::percent;
use super::super::svg;
use super::why::Branch;
use super::words::{Link, level, measure, said, two, units, words};
use super::{Anchors, FindingView};
use crate::appraisal::{Appraiser, JudgementAppraisal};
use crate::confidence::RequirementName;
use crate::doctrine::Corner;
use crate::report::{Judgement, JudgementIndex};
use crate::strength::explain::Figure;

pub(super) struct JudgementView {
    pub(super) at: usize,
    pub(super) id: String,
    /// The statement around its likelihood term.
    pub(super) before: String,
    pub(super) term: Option<String>,
    pub(super) after: String,
    pub(super) band: String,
    pub(super) central: String,
    pub(super) lower: String,
    pub(super) upper: String,
    pub(super) weak: bool,
    pub(super) reason: String,
    pub(super) stated: &'static str,
    pub(super) supportable: &'static str,
    pub(super) verdict: String,
    pub(super) verdict_class: &'static str,
    pub(super) likelihood: Option<LikelihoodView>,
    pub(super) support: String,
    pub(super) against: String,
    pub(super) uncertainty: String,
    pub(super) origins: usize,
    pub(super) horizon: Option<String>,
    pub(super) assessors: Option<AssessorsView>,
    pub(super) drawings: Drawings,
    pub(super) channels: Vec<ShareView>,
    pub(super) owners: Vec<ShareView>,
    pub(super) owners_left_out: usize,
    pub(super) requirements: Vec<RequirementView>,
    pub(super) rows: Vec<RowView>,
    pub(super) rows_left_out: usize,
    pub(super) cited: usize,
    pub(super) linchpins: Vec<OutcomeView>,
    pub(super) steps: Vec<OutcomeView>,
    pub(super) trees: Vec<TreeView>,
    pub(super) assumptions: Vec<AssumptionView>,
    pub(super) findings: Vec<FindingView>,
}

/// SVG, built by [`svg`], which escapes.
pub(super) struct Drawings {
    pub(super) strength: String,
    pub(super) confidence: String,
    pub(super) channels: String,
    pub(super) owners: String,
    pub(super) graph: String,
    /// Whether the graph shows groups of items.
    pub(super) grouped: bool,
}

/// Assessors whose grades part.
pub(super) struct AssessorsView {
    pub(super) least: String,
    pub(super) most: String,
    pub(super) each: Vec<AssessorView>,
}

pub(super) struct AssessorView {
    pub(super) by: String,
    pub(super) band: String,
    pub(super) central: String,
    pub(super) interval: String,
    pub(super) supportable: &'static str,
}

pub(super) struct LikelihoodView {
    pub(super) term: String,
    pub(super) band: Option<String>,
    pub(super) gives: String,
    pub(super) verdict: String,
    pub(super) class: &'static str,
}

pub(super) struct ShareView {
    pub(super) name: String,
    pub(super) share: String,
}

pub(super) struct RequirementView {
    pub(super) level: &'static str,
    pub(super) name: String,
    pub(super) needs: String,
    pub(super) has: String,
    pub(super) held: bool,
    pub(super) href: String,
}

pub(super) struct RowView {
    pub(super) item: Link,
    pub(super) stance: &'static str,
    pub(super) relevance: &'static str,
    pub(super) units: String,
    pub(super) share: String,
    pub(super) credited_to: Link,
    pub(super) counted: bool,
    pub(super) reason: Option<String>,
    pub(super) instead: Option<Link>,
}

pub(super) struct OutcomeView {
    pub(super) what: String,
    pub(super) link: Option<Link>,
    pub(super) band: String,
    pub(super) central: String,
    pub(super) interval: String,
    pub(super) supportable: &'static str,
    pub(super) loss: bool,
}

pub(super) struct TreeView {
    pub(super) title: String,
    pub(super) value: String,
    pub(super) tree: Branch,
}

pub(super) struct AssumptionView {
    pub(super) id: String,
    pub(super) statement: String,
    pub(super) status: &'static str,
    pub(super) seen: Vec<String>,
}

/// Figures of all explanations together that a page has room for.
const MOST_FIGURES: usize = 3000;
/// Owners that are listed.
const MOST_OWNERS: usize = 12;

impl JudgementView {
    pub(super) fn new(
        appraiser: &Appraiser<'_>,
        at: usize,
        (one, weighed): (&JudgementAccount, &JudgementAppraisal),
        anchors: &Anchors<'_>,
        most_rows: usize,
        findings: &[FindingAccount],
    ) -> Self {
        let report = appraiser.report();
        let judgement = &report.judgements()[at];
        let likelihood = likelihood(one);
        let (before, term, after) = around(&one.statement, likelihood.as_ref());
        let key = format!("j{at}");
        let (rows, rows_left_out) = rows(one, judgement, anchors, most_rows);
        let before_change = (one.confidence.supportable, one.strength.central);
        Self {
            at,
            id: said(&one.id),
            before,
            term,
            after,
            band: said(&one.band),
            central: two(one.strength.central),
            lower: two(one.strength.lower),
            upper: two(one.strength.upper),
            weak: svg::weak_share(&one.rests_on.channels) > svg::MOSTLY || one.support == 0.0,
            reason: said(&one.reason),
            stated: level(one.confidence.stated),
            supportable: one.confidence.supportable.as_str(),
            verdict: words(one.confidence.verdict.as_str()),
            verdict_class: one.confidence.verdict.as_str(),
            likelihood,
            support: two(one.support),
            against: two(one.against),
            uncertainty: percent(one.uncertainty),
            origins: one.origins,
            horizon: judgement.horizon.map(|date| date.to_string()),
            assessors: assessors(one),
            drawings: drawings(appraiser, one, weighed, &key),
            channels: shares(&one.rests_on.channels),
            owners: shares(&one.rests_on.owners),
            owners_left_out: one.rests_on.owners.len().saturating_sub(MOST_OWNERS),
            requirements: requirements(one, &key),
            rows,
            rows_left_out,
            cited: one.contributions.len(),
            linchpins: linchpins(one, anchors),
            steps: one
                .next_steps
                .iter()
                .map(|step| {
                    let after = (step.becomes.supportable, step.becomes.central);
                    OutcomeView {
                        loss: after < before_change,
                        ..outcome(said(&step.change), None, &step.becomes)
                    }
                })
                .collect(),
            trees: trees(appraiser, at, weighed),
            assumptions: assumptions(appraiser, judgement),
            findings: findings
                .iter()
                .filter(|finding| finding.about.contains(&one.id))
                .map(|finding| FindingView::new(finding, anchors))
                .collect(),
        }
    }
}

fn assessors(one: &JudgementAccount) -> Option<AssessorsView> {
    let (least, most) = account::range(&one.assessors)?;
    let each = one.assessors.iter().map(|one| AssessorView {
        by: said(&one.by),
        band: said(&one.band),
        central: two(one.strength.central),
        interval: format!("{} to {}", two(one.strength.lower), two(one.strength.upper)),
        supportable: one.supportable.as_str(),
    });
    Some(AssessorsView { least: two(least), most: two(most), each: each.collect() })
}

fn drawings(
    appraiser: &Appraiser<'_>,
    one: &JudgementAccount,
    weighed: &JudgementAppraisal,
    key: &str,
) -> Drawings {
    let owners_title = format!("Testimony for {} by owner", one.id);
    let channels_title = format!("Support of {} by channel", one.id);
    let graph = svg::drawn(appraiser, &one.id, weighed, &format!("{key}-g"));
    Drawings {
        strength: svg::strength(one, appraiser.doctrine().bands(), &format!("{key}-s")),
        confidence: svg::confidence(one, &format!("{key}-c")),
        channels: svg::shares(&channels_title, &one.rests_on.channels, &format!("{key}-k")),
        owners: svg::shares(&owners_title, &one.rests_on.owners, &format!("{key}-o")),
        grouped: graph.grouped,
        graph: graph.svg,
    }
}

fn likelihood(one: &JudgementAccount) -> Option<LikelihoodView> {
    let likelihood = one.likelihood.as_ref()?;
    let (lower, upper) = (one.probability.lower, one.probability.upper);
    Some(LikelihoodView {
        term: said(&likelihood.term),
        band: likelihood
            .lower
            .zip(likelihood.upper)
            .map(|(lower, upper)| format!("{}–{}", percent(lower), percent(upper))),
        gives: format!("{}–{}", percent(lower), percent(upper)),
        verdict: words(likelihood.verdict.as_str()),
        class: likelihood.verdict.as_str(),
    })
}

/// The statement with its likelihood term and the figures of the term: where it stands when the
/// statement uses it, else before the statement.
fn around(
    statement: &str,
    likelihood: Option<&LikelihoodView>,
) -> (String, Option<String>, String) {
    let statement = said(statement);
    let Some(likelihood) = likelihood else { return (statement, None, String::new()) };
    let figures = likelihood.band.as_ref().map_or_else(String::new, |band| format!(" ({band})"));
    let found = statement.to_ascii_lowercase().find(&likelihood.term.to_ascii_lowercase());
    match found {
        Some(start) if !likelihood.term.is_empty() => {
            let end = start + likelihood.term.len();
            let term = format!("{}{figures}", &statement[start..end]);
            (statement[..start].to_owned(), Some(term), statement[end..].to_owned())
        }
        _ => {
            let mut letters = likelihood.term.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            let term = format!("{first}{}{figures}", letters.as_str());
            (String::new(), Some(term), format!(": {statement}"))
        }
    }
}

fn shares(shares: &[Share]) -> Vec<ShareView> {
    let view = |one: &Share| ShareView { name: said(one.in_words()), share: percent(one.share) };
    shares.iter().take(MOST_OWNERS).map(view).collect()
}

fn requirements(one: &JudgementAccount, key: &str) -> Vec<RequirementView> {
    let view = |one: &super::super::account::RequirementAccount| {
        let (relation, where_from) = match one.name {
            RequirementName::LowerStrength => ("at least", "f0"),
            RequirementName::CentralStrength => ("at least", "f1"),
            RequirementName::Origins => ("at least", "from"),
            RequirementName::LargestOwnerShare => ("at most", "owners"),
            RequirementName::ContradictionShare => ("below", "rows"),
            RequirementName::Assumptions => ("at least", "assumes"),
        };
        RequirementView {
            level: one.level.as_str(),
            name: words(one.name.as_str()),
            needs: format!("{relation} {}", measure(one.needs)),
            has: measure(one.has),
            held: one.held,
            href: format!("#{key}-{where_from}"),
        }
    };
    one.confidence.requirements.iter().map(view).collect()
}

/// What counts first, the largest before the smaller, then what does not.
fn rows(
    one: &JudgementAccount,
    judgement: &Judgement,
    anchors: &Anchors<'_>,
    most: usize,
) -> (Vec<RowView>, usize) {
    let mut all: Vec<_> = one.contributions.iter().zip(&judgement.rests_on).collect();
    all.sort_by(|(a, _), (b, _)| {
        b.counted.cmp(&a.counted).then(b.units.abs().total_cmp(&a.units.abs()))
    });
    let left_out = all.len().saturating_sub(most);
    let view =
        |(row, link): (&super::super::account::ContributionAccount, &crate::report::Link)| {
            RowView {
                item: anchors.item(&row.item),
                stance: row.stance.as_str(),
                relevance: link.relevance.as_str(),
                units: units(row.units),
                share: percent(row.share),
                credited_to: anchors.source(&row.credited_to),
                counted: row.counted,
                reason: row.reason.map(words),
                instead: row.instead.as_ref().map(|id| anchors.item(id)),
            }
        };
    (all.into_iter().take(most).map(view).collect(), left_out)
}

fn linchpins(one: &JudgementAccount, anchors: &Anchors<'_>) -> Vec<OutcomeView> {
    let view = |found: &super::super::account::LinchpinAccount| {
        let (what, link) = match (&found.item, &found.source, &found.owner) {
            (Some(id), ..) => ("item", anchors.item(id)),
            (_, Some(id), _) => ("source", anchors.source(id)),
            (.., owner) => ("owner", Link::new(owner.as_deref().unwrap_or_default(), None)),
        };
        outcome(what.to_owned(), Some(link), &found.without)
    };
    one.linchpins.iter().map(view).collect()
}

fn outcome(what: String, link: Option<Link>, outcome: &OutcomeAccount) -> OutcomeView {
    OutcomeView {
        what,
        link,
        band: said(&outcome.band),
        central: two(outcome.central),
        interval: format!("{} to {}", two(outcome.lower), two(outcome.upper)),
        supportable: outcome.supportable.as_str(),
        loss: false,
    }
}

fn trees(appraiser: &Appraiser<'_>, at: usize, weighed: &JudgementAppraisal) -> Vec<TreeView> {
    const FIGURES: [(Figure, &str); 4] = [
        (Figure::Strength(Corner::Lower), "Strength, most cautious reading"),
        (Figure::Strength(Corner::Central), "Strength, as it stands"),
        (Figure::Strength(Corner::Upper), "Strength, most generous reading"),
        (Figure::Probability(Corner::Central), "Probability, as it stands"),
    ];
    let judgements = appraiser.report().judgements().len();
    let nodes = (MOST_FIGURES / judgements.max(1) / FIGURES.len()).clamp(8, 400);
    let tree = |(figure, title): &(Figure, &str)| {
        let explained = appraiser.explain(JudgementIndex::new(at), *figure)?;
        Some(TreeView {
            title: (*title).to_owned(),
            value: two(weighed.figure(*figure)),
            tree: Branch::new(&explained, nodes),
        })
    };
    FIGURES.iter().filter_map(tree).collect()
}

fn assumptions(appraiser: &Appraiser<'_>, judgement: &Judgement) -> Vec<AssumptionView> {
    let report = appraiser.report();
    let view = |index: &crate::report::AssumptionIndex| {
        let assumption = report.assumptions().get(index.get())?;
        Some(AssumptionView {
            id: said(&assumption.id),
            statement: said(&assumption.statement),
            status: report.assumption_status(*index, appraiser.date()).as_str(),
            seen: report
                .observed(*index, appraiser.date())
                .map(|indicator| {
                    let date = indicator.observed.map_or_else(String::new, |date| date.to_string());
                    format!("{} ({}, seen {date})", said(&indicator.statement), said(&indicator.id))
                })
                .collect(),
        })
    };
    judgement.assumes.iter().filter_map(view).collect()
}
