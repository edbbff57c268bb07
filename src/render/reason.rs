//! Why a judgement is no stronger, in one line: computed from what was recorded.

use crate::appraisal::{Appraiser, JudgementAppraisal};
use crate::report::{
    AssumptionStatus, Authenticity, Channel, Item, Judgement, Parent, Relevance, Stance,
};

/// The most telling of what holds the judgement back, or what it stands on when nothing does.
pub(super) fn reason(
    appraiser: &Appraiser<'_>,
    judgement: &Judgement,
    appraised: &JudgementAppraisal,
) -> String {
    let mut clauses = shaken_assumptions(appraiser, judgement);
    if let Some(first) = appraised.owners.first()
        && first.share > HALF
    {
        let owner = appraiser.pool_name(first.pool);
        clauses.push(match owner.strip_prefix("channel:") {
            Some(channel) => {
                format!(
                    "{} of the testimony is {channel} with no named owner",
                    percent(first.share)
                )
            }
            None => format!("one owner ({owner}) gives {} of the testimony", percent(first.share)),
        });
    }
    clauses.extend(weak_channels(appraiser, judgement, appraised));
    if appraised.support > 0.0 && appraised.origins < ENOUGH {
        let origins = if appraised.origins == 1 { "origin" } else { "origins" };
        clauses.push(format!("only {} independent {origins}", appraised.origins));
    }
    let against = appraised.against / (appraised.against + appraised.support);
    if against >= TENTH {
        clauses.push(format!("{} of the evidence contradicts it", percent(against)));
    }
    let supporting = || judgement.rests_on.iter().filter(|link| link.stance == Stance::Supports);
    if appraised.support > 0.0 && supporting().all(|link| link.relevance != Relevance::Direct) {
        clauses.push("no item bears on it directly".to_owned());
    }
    if appraised.support == 0.0 {
        let held = supporting().count();
        clauses.insert(
            0,
            match held {
                0 => "no item supports it".to_owned(),
                _ => format!("none of its {held} supporting items counts for anything yet"),
            },
        );
    }
    if clauses.is_empty() {
        let share = appraised.owners.first().map_or(0.0, |owner| owner.share);
        return format!(
            "{} independent origins, no owner giving more than {} of the testimony",
            appraised.origins,
            percent(share)
        );
    }
    clauses.truncate(MOST_CLAUSES);
    clauses.join("; ")
}

/// A line holds three.
const MOST_CLAUSES: usize = 3;
const HALF: f64 = 0.5;
/// Contradiction worth a word.
const TENTH: f64 = 0.1;
/// Fewer independent origins than this limit the strength in the default doctrine.
const ENOUGH: usize = 3;

/// Leaks that nobody authenticated, and what rests on posts or on nobody.
fn weak_channels(
    appraiser: &Appraiser<'_>,
    judgement: &Judgement,
    appraised: &JudgementAppraisal,
) -> Vec<String> {
    let report = appraiser.report();
    let mut clauses = Vec::new();
    let unchecked = |item: &Item| {
        item.channel == Channel::Leak
            && matches!(item.authenticity, Authenticity::Unverified | Authenticity::Disputed)
    };
    let mut leaks: Vec<&str> = Vec::new();
    for link in judgement.rests_on.iter().filter(|link| link.stance == Stance::Supports) {
        appraiser.case().each_root(link.item, None, |root, _, _| {
            if let Parent::Item(root) = root
                && let Some(item) = report.item(root)
                && unchecked(item)
                && !leaks.contains(&&*item.id)
                && leaks.len() <= MOST_NAMED
            {
                leaks.push(&item.id);
            }
        });
    }
    match leaks.len() {
        0 => {}
        1..=MOST_NAMED => {
            let noun =
                if leaks.len() == 1 { "an unauthenticated leak" } else { "unauthenticated leaks" };
            clauses.push(format!("{noun} ({})", leaks.join(", ")));
        }
        _ => clauses.push("many unauthenticated leaks".to_owned()),
    }
    for (channel, what) in
        [(Channel::SocialMedia, "posts"), (Channel::Unattributed, "reporting that names nobody")]
    {
        let share = appraised.channel_share(channel);
        if share >= QUARTER {
            clauses.push(format!("{} of its support is {what}", percent(share)));
        } else if appraised.support == 0.0 {
            let of_channel = judgement
                .rests_on
                .iter()
                .filter(|link| report.item(link.item).is_some_and(|item| item.channel == channel));
            let count = of_channel.count();
            if count > 0 && 2 * count >= judgement.rests_on.len() {
                clauses.push(format!("{count} of {} items are {what}", judgement.rests_on.len()));
            }
        }
    }
    clauses
}

/// More leaks than this are counted, not named.
const MOST_NAMED: usize = 3;
const QUARTER: f64 = 0.25;

fn shaken_assumptions(appraiser: &Appraiser<'_>, judgement: &Judgement) -> Vec<String> {
    let report = appraiser.report();
    let mut clauses = Vec::new();
    for index in &judgement.assumes {
        let state = match report.assumption_status(*index, appraiser.date()) {
            AssumptionStatus::Holds => continue,
            AssumptionStatus::Doubted => "is in doubt",
            AssumptionStatus::Failed => "has failed",
        };
        if let Some(assumption) = report.assumptions().get(index.get()) {
            clauses.push(format!("its assumption {} {state}", assumption.id));
        }
    }
    clauses
}

/// A share in whole per cent; what is not nothing is not shown as nothing.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        small if small > 0.0 && small < 0.5 => "<1%".to_owned(),
        percent => format!("{percent:.0}%"),
    }
}
