//! Findings on judgements and on what they hang on.

use super::many;
use crate::appraisal::{Appraisal, Appraiser, JudgementAppraisal};
use crate::confidence::ConfidenceVerdict;
use crate::finding::{Finding, FindingCode as Code};
use crate::likelihood::LikelihoodVerdict;
use crate::report::{AssumptionIndex, AssumptionStatus, Channel, Judgement, Stance};
use crate::strength::{Contribution, NotCounted, what_if};
use crate::yardstick::Yardstick;

pub(super) fn findings(appraiser: &Appraiser<'_>, appraisal: &Appraisal) -> Vec<Finding> {
    let report = appraiser.report();
    let mut found = Vec::new();
    let yardstick = report.yardstick().map(|name| appraiser.doctrine().yardstick(name));
    if let Some(Err(error)) = &yardstick {
        let message = format!("The report's yardstick cannot be used: {error}.");
        found.push(Finding::new(Code::YardstickUnknown, Vec::new(), message));
    }
    let yardstick = yardstick.and_then(Result::ok);
    for (judgement, appraised) in report.judgements().iter().zip(appraisal.judgements()) {
        let mut say = |code, message: String| {
            found.push(Finding::new(code, vec![judgement.id.to_string()], message));
        };
        evidence(judgement, appraised, &mut say);
        if !what_if::is_within_reach(appraiser.case(), judgement) {
            let id = &judgement.id;
            let message = format!(
                "What {id} hangs on and what would change it was not tried: it goes back through \
                 too many relays or corroborators."
            );
            say(Code::WhatIfLeftOut, message);
        }
        wording(judgement, appraised, yardstick, &mut say);
    }
    found.extend(assumptions(appraiser));
    found
}

fn evidence(
    judgement: &Judgement,
    appraised: &JudgementAppraisal,
    say: &mut impl FnMut(Code, String),
) {
    let id = &judgement.id;
    if !judgement.rests_on.iter().any(|link| link.stance == Stance::Supports) {
        say(Code::JudgementWithoutEvidence, format!("No item supports {id}."));
    }
    let gone = |row: &&Contribution| {
        row.stance == Stance::Contradicts && row.not_counted == Some(NotCounted::ContentChanged)
    };
    let contradictions = appraised.contributions.iter().filter(gone).count();
    if contradictions > 0 {
        let which = many(contradictions, "an item that speaks", "items that speak");
        let message =
            format!("{id} stands higher for lack of {which} against it, whose bytes changed.");
        say(Code::ContentChanged, message);
    }
    if appraised.origins == 1 {
        say(
            Code::SingleOrigin,
            format!("All that supports {id} counts as one independent origin."),
        );
    }
    for (channel, code, what) in [
        (Channel::Leak, Code::RestsOnLeak, "leaked material"),
        (Channel::SocialMedia, Code::RestsOnPosts, "posts on social platforms"),
        (Channel::Unattributed, Code::RestsOnUnattributed, "reporting that names nobody"),
    ] {
        let share = appraised.channel_share(channel);
        if share > MOSTLY {
            say(
                code,
                format!("{id} rests mostly on {what}: {:.0}% of its support.", share * 100.0),
            );
        }
    }
}

/// More than half of the support.
const MOSTLY: f64 = 0.5;

fn wording(
    judgement: &Judgement,
    appraised: &JudgementAppraisal,
    yardstick: Option<&Yardstick>,
    say: &mut impl FnMut(Code, String),
) {
    let id = &judgement.id;
    let stated = judgement.confidence.map_or("none", |stated| stated.as_str());
    let supportable = appraised.supportable;
    match appraised.confidence {
        ConfidenceVerdict::Overstated => say(
            Code::ConfidenceOverstated,
            format!("{id} states {stated} confidence; its evidence supports {supportable}."),
        ),
        ConfidenceVerdict::Understated => say(
            Code::ConfidenceUnderstated,
            format!("{id} states {stated} confidence; its evidence would support {supportable}."),
        ),
        ConfidenceVerdict::Consistent | ConfidenceVerdict::NotStated => {}
    }
    let term = judgement.likelihood.as_deref().unwrap_or_default();
    match (appraised.likelihood, yardstick) {
        (LikelihoodVerdict::OutrunsEvidence, _) => {
            let (lower, upper) = (appraised.probability.lower, appraised.probability.upper);
            let (lower, upper) = (lower * 100.0, upper * 100.0);
            say(
                Code::LikelihoodOutrunsEvidence,
                format!("{id} says `{term}`; its evidence gives {lower:.0}-{upper:.0}%."),
            );
        }
        (LikelihoodVerdict::UnknownTerm, Some(yardstick)) => say(
            Code::LikelihoodTermUnknown,
            format!("{id} says `{term}`, which is no term of {}.", yardstick.id()),
        ),
        (LikelihoodVerdict::UnknownTerm, None) => say(
            Code::LikelihoodTermUnknown,
            format!("{id} says `{term}`, and there is no yardstick to read it by."),
        ),
        _ => {}
    }
    if sentences(&judgement.statement).any(|sentence| mixes(&sentence, yardstick)) {
        let message =
            format!("A sentence of {id} states both a likelihood and a level of confidence.");
        say(Code::LikelihoodAndConfidenceMixed, message);
    }
}

fn assumptions(appraiser: &Appraiser<'_>) -> Vec<Finding> {
    let report = appraiser.report();
    let mut found = Vec::new();
    for (at, assumption) in report.assumptions().iter().enumerate() {
        let index = AssumptionIndex::new(at);
        let (code, verb) = match report.assumption_status(index, appraiser.date()) {
            AssumptionStatus::Holds => continue,
            AssumptionStatus::Doubted => (Code::AssumptionDoubted, "is in doubt"),
            AssumptionStatus::Failed => (Code::AssumptionFailed, "has failed"),
        };
        let hanging: Vec<&str> = report
            .judgements()
            .iter()
            .filter(|judgement| judgement.assumes.contains(&index))
            .map(|judgement| &*judgement.id)
            .collect();
        let seen: Vec<String> = report
            .observed(index, appraiser.date())
            .filter_map(|one| one.observed.map(|date| format!("{} was seen on {date}", one.id)))
            .collect();
        let because =
            if seen.is_empty() { String::new() } else { format!(": {}", seen.join(", ")) };
        let message = match hanging.len() {
            0 => format!("Assumption {} {verb}{because}.", assumption.id),
            _ => format!(
                "Assumption {} {verb}{because}; {} hang{} on it.",
                assumption.id,
                hanging.join(", "),
                if hanging.len() == 1 { "s" } else { "" }
            ),
        };
        let about = std::iter::once(&*assumption.id).chain(hanging).map(ToOwned::to_owned);
        found.push(Finding::new(code, about.collect(), message));
    }
    found
}

/// Sentences by their full stops; abbreviations may cut one short, which finds less, not more.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    text.split(['.', '!', '?', ';', '\n']).map(str::to_lowercase)
}

/// Whether a lower-case sentence speaks of confidence and uses a likelihood term.
fn mixes(sentence: &str, yardstick: Option<&Yardstick>) -> bool {
    let words: Vec<&str> =
        sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if !words.iter().any(|word| matches!(*word, "confidence" | "confident")) {
        return false;
    }
    let has = |phrase: &str| {
        let phrase = phrase.to_lowercase();
        let phrase: Vec<&str> = phrase.split_whitespace().collect();
        !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
    };
    let knows = |yardstick: &Yardstick| {
        yardstick.terms().iter().any(|term| {
            has(term.label()) || term.synonyms().iter().any(|synonym| has(synonym.as_ref()))
        })
    };
    yardstick.map_or_else(|| Yardstick::builtins().iter().any(knows), knows)
}
