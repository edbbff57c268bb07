//! A source summary statement, composed from the data: strengths and weaknesses of the source
//! base, the sources that matter most to each judgement, what confirms and what conflicts, and
//! the expertise relied on (ICD 206, D.3.d(2)).

use super::super::account::Account;
use super::super::reason::percent;
use super::words::{count, said};
use crate::appraisal::Appraiser;
use crate::grade::Reliability;
use crate::report::{Authenticity, Channel, Lineage, Report};

pub(super) fn summary(appraiser: &Appraiser<'_>, account: &Account) -> Vec<String> {
    let report = appraiser.report();
    if report.items().is_empty() {
        return vec!["The report cites no item.".to_owned()];
    }
    let mut sentences = base(report);
    sentences.extend(most_important(account));
    sentences.extend(agreement(report, account));
    sentences.extend(expertise(report));
    sentences
}

/// Judgements that a summary speaks of.
const MOST_JUDGEMENTS: usize = 12;

fn base(report: &Report) -> Vec<String> {
    let sources = report.sources();
    let graded = |letters: &[Reliability]| {
        sources
            .iter()
            .filter(|source| source.reliability.is_some_and(|letter| letters.contains(&letter)))
            .count()
    };
    let good = graded(&[Reliability::A, Reliability::B]);
    let fair = graded(&[Reliability::C]);
    let ungraded = sources
        .iter()
        .filter(|source| source.reliability.is_none_or(|letter| letter == Reliability::F))
        .count();
    let bad = sources.len() - good - fair - ungraded;
    let items = report.items();
    let lineage =
        |wanted: fn(&Lineage) -> bool| items.iter().filter(|item| wanted(&item.lineage)).count();
    let original = lineage(|one| matches!(one, Lineage::Original));
    let derived = lineage(|one| matches!(one, Lineage::DerivedFrom(_)));
    let mut owners: Vec<_> = sources.iter().map(|source| source.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let unchecked = |channel: Channel| {
        items
            .iter()
            .filter(|item| item.channel == channel && item.authenticity < Authenticity::Partial)
            .count()
    };
    let mut sentences = vec![
        format!(
            "The report cites {} by {} of {}.",
            count(items.len(), "item"),
            count(sources.len(), "source"),
            count(owners.len(), "owner")
        ),
        format!(
            "Of the sources, {good} are graded A or B, {fair} C, {bad} D or worse; {ungraded} \
             cannot be judged (F)."
        ),
        format!(
            "Of the items, {original} are first-hand or their source's own work, {derived} pass \
             on what others said, and {} do not say where their content comes from.",
            items.len() - original - derived
        ),
    ];
    let (posts, leaks) = (unchecked(Channel::SocialMedia), unchecked(Channel::Leak));
    if posts + leaks > 0 {
        sentences.push(format!(
            "Nobody checked the authenticity of {} and {}.",
            count(posts, "post"),
            count(leaks, "leaked item")
        ));
    }
    sentences
}

fn most_important(account: &Account) -> Vec<String> {
    let sentence = |one: &super::super::account::JudgementAccount| {
        let list: Vec<String> = one
            .rests_on
            .owners
            .iter()
            .take(3)
            .map(|share| format!("{} ({})", said(share.in_words()), percent(share.share)))
            .collect();
        if list.is_empty() {
            format!("{} rests on nothing that counts.", said(&one.id))
        } else {
            format!("Most important to {}: {}.", said(&one.id), list.join(", "))
        }
    };
    account.judgements.iter().take(MOST_JUDGEMENTS).map(sentence).collect()
}

fn agreement(report: &Report, account: &Account) -> Vec<String> {
    let confirmed = report.items().iter().filter(|item| !item.corroborated_by.is_empty()).count();
    let mut sentences = vec![match confirmed {
        0 => "No item names another that confirms it.".to_owned(),
        some => format!("{} named others that confirm them.", {
            let noun = if some == 1 { "item has" } else { "items have" };
            format!("{some} {noun}")
        }),
    }];
    for one in account.judgements.iter().filter(|one| one.against > 0.0).take(MOST_JUDGEMENTS) {
        let part = one.against / (one.against + one.support);
        sentences.push(format!(
            "What conflicts with {} is {} of its evidence.",
            said(&one.id),
            percent(part)
        ));
    }
    if account.judgements.iter().all(|one| one.against == 0.0) {
        sentences.push("No cited item that counts conflicts with a judgement.".to_owned());
    }
    sentences
}

fn expertise(report: &Report) -> Option<String> {
    let of =
        |channel: Channel| report.items().iter().filter(|item| item.channel == channel).count();
    let (experts, research) = (of(Channel::ExpertComment), of(Channel::Research));
    (experts + research > 0).then(|| {
        format!(
            "Expertise relied on: {} and {}.",
            count(experts, "comment") + " by named experts",
            count(research, "piece") + " of published research"
        )
    })
}
