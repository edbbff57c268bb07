//! Findings on sources, items and what surrounds them.

use std::collections::HashSet;

use super::many;
use crate::appraisal::Appraiser;
use crate::finding::{Finding, FindingCode as Code};
use crate::grade::Credibility;
use crate::report::{
    ArchiveState, Authenticity, Channel, Item, ItemIndex, Lineage, Parent, Report,
};
use crate::strength::{Case, Exclusion};

pub(super) fn findings(appraiser: &Appraiser<'_>) -> Vec<Finding> {
    let case = appraiser.case();
    let report = case.report;
    let mut found = Vec::new();
    let mut say = |code, ids: Vec<String>, message: fn(usize) -> String| {
        if !ids.is_empty() {
            let message = message(ids.len());
            found.push(Finding::new(code, ids, message));
        }
    };

    let unreasoned = report
        .sources()
        .iter()
        .filter(|source| source.reliability.is_some() && blank(source.graded_because.as_deref()))
        .map(|source| source.id.to_string())
        .chain(
            report
                .items()
                .iter()
                .filter(|item| item.reliability.is_some() && blank(item.graded_because()))
                .map(|item| item.id.to_string()),
        );
    say(Code::LetterWithoutReason, unreasoned.collect(), |n| {
        let who = many(n, "1 source or item bears", "sources or items bear");
        format!("{who} a reliability letter without the reason for it.")
    });
    let items = |keep: &dyn Fn(ItemIndex, &Item) -> bool| -> Vec<String> {
        let all = report.items().iter().enumerate();
        all.filter(|(at, item)| keep(ItemIndex::new(*at), item))
            .map(|(_, item)| item.id.to_string())
            .collect()
    };
    let unconfirmed = |_, item: &Item| {
        item.credibility == Some(Credibility::One) && item.corroborated_by.is_empty()
    };
    say(Code::ConfirmedWithoutCorroborators, items(&unconfirmed), |n| {
        format!("{} graded 1 (confirmed) without naming who confirms; read as 2.", are(n))
    });
    say(
        Code::CorroboratorNotIndependent,
        items(&|at, item| not_independent(case, at, item)),
        |n| {
            format!(
                "{} confirmed by what goes back to the same origin: that is repetition.",
                are(n)
            )
        },
    );
    let left_out = |_, item: &Item| {
        item.corroborated_by.iter().any(|other| case.exclusion(*other, None).is_some())
    };
    say(Code::CorroboratorLeftOut, items(&left_out), |n| {
        format!("{} confirmed by an item that is itself left out.", are(n))
    });
    say(Code::LineageUnknown, items(&|_, item| item.lineage == Lineage::Unknown), |n| {
        let which = many(n, "1 item is", "items are");
        format!("{which} of unknown lineage, and may be no more than an echo.")
    });
    let unchecked = |_, item: &Item| {
        item.channel == Channel::Leak
            && matches!(item.authenticity, Authenticity::Unverified | Authenticity::Disputed)
    };
    say(Code::LeakUnauthenticated, items(&unchecked), |n| {
        let which = many(n, "1 leaked item was", "leaked items were");
        format!("{which} never authenticated.")
    });
    let unheld = |at: ItemIndex, item: &Item| match appraiser.archive_state(at) {
        Some(state) => matches!(state, ArchiveState::None | ArchiveState::Missing),
        None => item.captures().is_empty(),
    };
    say(Code::NotArchived, items(&unheld), |n| {
        format!("{} no archived copy of what was read.", many(n, "1 item has", "items have"))
    });
    for (code, why, message) in [
        (Code::ContentChanged, Exclusion::ContentChanged, changed as fn(usize) -> String),
        (Code::Withdrawn, Exclusion::Withdrawn, withdrawn),
        (Code::AfterCutOff, Exclusion::AfterCutOff, late),
    ] {
        say(code, items(&|at, _| case.exclusion(at, None) == Some(why)), message);
    }
    orphans(report, &mut say);
    let nameless = report
        .sources()
        .iter()
        .filter(|source| blank(Some(&source.name)))
        .map(|source| source.id.to_string())
        .chain(items(&|_, item| blank(Some(&item.claim))))
        .chain(
            report
                .judgements()
                .iter()
                .filter(|judgement| blank(Some(&judgement.statement)))
                .map(|judgement| judgement.id.to_string()),
        );
    say(Code::TextMissing, nameless.collect(), |n| {
        let which = many(n, "1 source, item or judgement is", "sources, items or judgements are");
        format!("{which} without a name, claim or statement.")
    });
    found
}

fn orphans(report: &Report, say: &mut impl FnMut(Code, Vec<String>, fn(usize) -> String)) {
    let mut cited_sources = vec![false; report.sources().len()];
    for item in report.items() {
        cited_sources[item.source.get()] = true;
        if let Lineage::DerivedFrom(parents) = &item.lineage {
            for parent in parents {
                if let Parent::Source(source) = parent {
                    cited_sources[source.get()] = true;
                }
            }
        }
    }
    let uncited = |at: usize| !cited_sources[at];
    let summary: Vec<usize> = report
        .source_summary()
        .map(|summary| summary.sources.iter().map(|source| source.get()).collect())
        .unwrap_or_default();
    let named: Vec<String> = summary
        .iter()
        .filter(|at| uncited(**at))
        .map(|at| report.sources()[*at].id.to_string())
        .collect();
    say(Code::SourceSummaryUncited, named, |n| {
        format!("The source summary names {} that no item cites.", many(n, "1 source", "sources"))
    });
    let summary: HashSet<usize> = summary.into_iter().collect();
    let orphans = (0..report.sources().len())
        .filter(|at| uncited(*at) && !summary.contains(at))
        .map(|at| report.sources()[at].id.to_string());
    say(Code::OrphanSource, orphans.collect(), |n| {
        format!("{} cited by no item.", many(n, "1 source is", "sources are"))
    });

    let mut used = vec![false; report.items().len()];
    let mut hung_on = vec![false; report.assumptions().len()];
    for judgement in report.judgements() {
        judgement.rests_on.iter().for_each(|link| used[link.item.get()] = true);
        judgement.assumes.iter().for_each(|assumption| hung_on[assumption.get()] = true);
    }
    for item in report.items() {
        item.corroborated_by.iter().for_each(|other| used[other.get()] = true);
        if let Lineage::DerivedFrom(parents) = &item.lineage {
            for parent in parents {
                if let Parent::Item(parent) = parent {
                    used[parent.get()] = true;
                }
            }
        }
    }
    let items = report.items().iter().zip(used).filter(|(_, used)| !used);
    say(Code::OrphanItem, items.map(|(item, _)| item.id.to_string()).collect(), |n| {
        format!("{} on no judgement.", many(n, "1 item bears", "items bear"))
    });
    let assumptions = report.assumptions().iter().zip(&hung_on).filter(|(_, hung_on)| !**hung_on);
    say(Code::OrphanAssumption, assumptions.map(|(one, _)| one.id.to_string()).collect(), |n| {
        format!("No judgement hangs on {}.", many(n, "1 assumption", "assumptions"))
    });
    let indicators = report.indicators().iter().filter(|one| !hung_on[one.of.get()]);
    say(Code::OrphanIndicator, indicators.map(|one| one.id.to_string()).collect(), |n| {
        let which = many(n, "1 indicator belongs", "indicators belong");
        format!("{which} to an assumption on which no judgement hangs.")
    });
}

/// Whether some corroborator shares a root with the item, or goes back to it.
fn not_independent(case: &Case<'_>, at: ItemIndex, item: &Item) -> bool {
    if item.corroborated_by.is_empty() {
        return false;
    }
    let mut own: HashSet<Parent> = HashSet::from([Parent::Item(at)]);
    case.each_root(at, None, |root, _, _| {
        own.insert(root);
    });
    item.corroborated_by.iter().any(|other| {
        let mut shares = false;
        case.each_root(*other, None, |root, _, _| shares |= own.contains(&root));
        shares || (!case.report.lineages().is_empty() && case.ancestry(*other).contains(&at))
    })
}

fn are(number: usize) -> String {
    many(number, "1 item is", "items are")
}

fn changed(number: usize) -> String {
    format!("{} left out: the bytes are no longer those that were graded.", are(number))
}

fn withdrawn(number: usize) -> String {
    format!("{} left out: withdrawn.", are(number))
}

fn late(number: usize) -> String {
    format!("{} left out: published after the cut-off or the date of the appraisal.", are(number))
}

fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
