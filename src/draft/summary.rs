//! What is said of judgements elsewhere than in their points: likelihood, confidence, dissent,
//! assumptions, indicators, gaps.

use std::collections::HashMap;
use std::ops::Range;

use super::desk::Desk;
use super::evidence::Sentence;
use super::finding::{FindingCode as Code, Part};
use super::label::{Section, references};
use super::outlook::{self, Outlook};
use super::place::Span;
use super::words::fold;
use super::{confidence, likelihood, quote};
use crate::finding::Severity;
use crate::report::wire;
use crate::yardstick::Yardstick;

/// Which judgements a sentence can speak of.
pub(super) struct Context<'a> {
    keys: &'a HashMap<String, usize>,
    /// The judgement in whose section it stands.
    within: Option<usize>,
}

impl<'a> Context<'a> {
    pub(super) fn of(keys: &'a HashMap<String, usize>, within: Option<usize>) -> Self {
        Self { keys, within }
    }

    /// The judgements that a sentence names; those that are not there are left out.
    fn named(&self, sentence: &Sentence<'_>) -> Vec<usize> {
        let mut named: Vec<usize> = references(&sentence.words)
            .iter()
            .filter_map(|(_, key)| self.keys.get(key).copied())
            .collect();
        named.sort_unstable();
        named.dedup();
        named
    }
}

impl Desk<'_> {
    /// Reads the terms of a judgement's statement.
    pub(super) fn likelihood(&mut self, at: usize, place: &Range<usize>) {
        let terms = likelihood::terms(&self.document.text, place.clone());
        let Some(id) = self.report.judgements.get(at).map(|one| one.id.clone()) else { return };
        for range in &terms.unread {
            let message = format!(
                "\"{}\" is compared or denied, and no term of a yardstick",
                quote::short(self.text(range), 60)
            );
            self.find(Code::LikelihoodUnread, Severity::Warning, range, &[&id], message);
        }
        let Some((first, _)) = terms.found.first() else {
            let message = format!("{id} states no term of likelihood");
            self.find(Code::LikelihoodMissing, Severity::Warning, place, &[&id], message);
            return;
        };
        if let Some((other, range)) = terms.found.iter().find(|(term, _)| term != first) {
            let message = format!("{id} says \"{first}\" and \"{other}\"; the first stands");
            self.find(Code::LikelihoodMixed, Severity::Warning, range, &[&id], message);
        }
        if let Some(judgement) = self.report.judgements.get_mut(at) {
            judgement.likelihood = Some(first.clone());
        }
    }

    /// Names the yardstick that the terms fit, if one alone does.
    pub(super) fn yardstick(&mut self) {
        let terms: Vec<&str> =
            self.report.judgements.iter().filter_map(|one| one.likelihood.as_deref()).collect();
        if terms.is_empty() {
            return;
        }
        let place = self.traces.iter().find(|trace| trace.part == Part::Judgement);
        let span = place.map_or_else(|| self.span(&(0..0)), |trace| trace.span.clone());
        let fits = Yardstick::fits(&terms);
        let said = terms.join("\", \"");
        let said = quote::short(&said, 200);
        match fits.as_slice() {
            [one] => self.report.yardstick = Some(one.id().to_owned()),
            [] => {
                let message = format!("no built-in yardstick has all of \"{said}\"");
                self.find_at(Code::YardstickUnknown, Severity::Warning, span, Vec::new(), message);
            }
            several => {
                let names: Vec<&str> = several.iter().map(|one| one.id()).collect();
                let message = format!(
                    "\"{said}\" fits {}; the draft names none, because they mean different things by it",
                    names.join(" and ")
                );
                self.find_at(
                    Code::YardstickAmbiguous,
                    Severity::Warning,
                    span,
                    Vec::new(),
                    message,
                );
            }
        }
    }

    /// Takes over the confidence that a sentence states. Whether it states any.
    pub(super) fn confidences(&mut self, sentence: &Sentence<'_>, context: &Context<'_>) -> bool {
        let stated = confidence::stated(&sentence.words);
        for one in &stated {
            let mut judgements: Vec<usize> =
                one.keys.iter().filter_map(|key| context.keys.get(key).copied()).collect();
            if judgements.is_empty() && one.all {
                judgements = (0..self.report.judgements.len()).collect();
            } else if judgements.is_empty() && one.keys.is_empty() {
                let only = (self.report.judgements.len() == 1).then_some(0);
                judgements.extend(context.within.or(only));
            }
            if judgements.is_empty() {
                let message =
                    format!("{} confidence in something that is no judgement here", one.level);
                self.find(Code::ConfidenceUnplaced, Severity::Warning, &one.range, &[], message);
            }
            for at in judgements {
                self.confident(at, one);
            }
        }
        if let Some((holder, range)) = confidence::reservation(&sentence.words)
            && let Some(at) = context.within
            && !stated.iter().any(|one| one.holder.as_ref() == Some(&holder))
        {
            let dissent =
                wire::Dissent { statement: fold(self.text(&range)), ..wire::Dissent::new(holder) };
            self.dissent(at, dissent, &range);
        }
        if let Some(range) = confidence::unread(&sentence.words) {
            let message =
                "confidence in words that are none of high, moderate, low; not in the draft";
            self.find(Code::ConfidenceUnread, Severity::Warning, &range, &[], message);
        }
        !stated.is_empty()
    }

    fn confident(&mut self, at: usize, one: &confidence::Stated) {
        if let Some(holder) = &one.holder {
            let dissent =
                wire::Dissent { confidence: Some(one.level), ..wire::Dissent::new(holder.clone()) };
            self.dissent(at, dissent, &one.range);
            return;
        }
        let Some(judgement) = self.report.judgements.get_mut(at) else { return };
        match judgement.confidence {
            None => judgement.confidence = Some(one.level),
            Some(first) if first != one.level => {
                let id = judgement.id.clone();
                let message = format!(
                    "{id} has {first} confidence elsewhere, {} here; the first stands",
                    one.level
                );
                self.find(Code::ConfidenceConflict, Severity::Warning, &one.range, &[&id], message);
            }
            Some(_) => {}
        }
    }

    fn dissent(&mut self, at: usize, dissent: wire::Dissent, range: &Range<usize>) {
        let Some(judgement) = self.report.judgements.get_mut(at) else { return };
        if judgement.dissents.contains(&dissent) {
            return;
        }
        let id = judgement.id.clone();
        let message = match dissent.confidence {
            Some(level) => format!("{} confidence of their own in {id}: {}", level, dissent.holder),
            None => format!("a view of their own on {id}: {}", dissent.holder),
        };
        judgement.dissents.push(dissent);
        self.find(Code::ConfidenceDivided, Severity::Info, range, &[&id], message);
    }

    /// Says which judgements have no confidence.
    pub(super) fn missing_confidence(&mut self) {
        let missing: Vec<String> = self
            .report
            .judgements
            .iter()
            .filter(|one| one.confidence.is_none())
            .map(|one| one.id.clone())
            .collect();
        let traces = self.traces.iter().filter(|trace| trace.part == Part::Judgement);
        let places: HashMap<String, Span> =
            traces.map(|trace| (trace.id.clone(), trace.span.clone())).collect();
        for id in missing {
            let span = places.get(&id).cloned().unwrap_or_else(|| self.span(&(0..0)));
            let message = format!("no confidence of the authors as a whole is stated for {id}");
            self.find_at(Code::ConfidenceMissing, Severity::Warning, span, vec![id], message);
        }
    }

    /// Adds an assumption, an indicator or a gap. `recent` holds the judgements that the last
    /// such sentence of the paragraph named.
    pub(super) fn outlook(
        &mut self,
        found: Outlook,
        sentence: &Sentence<'_>,
        context: &Context<'_>,
        recent: &mut Vec<usize>,
    ) {
        let named = context.named(sentence);
        match found {
            Outlook::Assumption(range) => {
                let only = (self.report.judgements.len() == 1).then_some(0);
                let about = if named.is_empty() {
                    context.within.or(only).into_iter().collect()
                } else {
                    named
                };
                self.assumption(&range, &about);
                *recent = about;
            }
            Outlook::Indicator(range) => self.indicator(&range),
            Outlook::Gap(range) => {
                let near = named.is_empty();
                let about = if near { recent.clone() } else { named };
                self.gap(&range, &about, near);
            }
            Outlook::SourceBase(range) => {
                if self.report.source_summary.is_none() {
                    let statement = fold(self.text(&range));
                    self.report.source_summary =
                        Some(wire::SourceSummary { statement, sources: Vec::new() });
                    self.trace(Part::SourceSummary, "", &range);
                }
            }
        }
    }

    /// A block under a heading "Assumptions", "Indicators" or "Gaps".
    pub(super) fn listed(
        &mut self,
        section: Section,
        range: &Range<usize>,
        sentences: &[Sentence<'_>],
        context: &Context<'_>,
    ) {
        let Some(first) = sentences.first() else { return };
        let text = &self.document.text;
        let inner = sentences.iter().find_map(|one| outlook::read(text, &one.range, &one.words));
        let mut about: Vec<usize> = sentences.iter().flat_map(|one| context.named(one)).collect();
        about.sort_unstable();
        about.dedup();
        if about.is_empty() && self.report.judgements.len() == 1 {
            about.push(0);
        }
        match (section, inner) {
            (Section::Assumptions, Some(Outlook::Assumption(range))) => {
                self.assumption(&range, &about);
            }
            (_, Some(found @ Outlook::Indicator(_))) => {
                self.outlook(found, first, context, &mut Vec::new());
            }
            (Section::Assumptions, _) => self.assumption(range, &about),
            (Section::Indicators, _) => self.indicator(range),
            _ => self.gap(range, &about, false),
        }
    }

    fn assumption(&mut self, range: &Range<usize>, about: &[usize]) {
        let id = format!("A{}", self.report.assumptions.len() + 1);
        self.report.assumptions.push(wire::Assumption {
            id: id.clone(),
            statement: fold(self.text(range)),
            drafted: Some(true),
            ..wire::Assumption::default()
        });
        self.trace(Part::Assumption, &id, range);
        for at in about {
            if let Some(judgement) = self.report.judgements.get_mut(*at) {
                judgement.assumes.push(id.clone());
            }
        }
        if about.is_empty() {
            let message = format!("no judgement is named that hangs on {id}");
            self.find(Code::AssumptionUnplaced, Severity::Warning, range, &[&id], message);
        }
    }

    fn indicator(&mut self, range: &Range<usize>) {
        let Some(of) = self.report.assumptions.last().map(|one| one.id.clone()) else {
            let message = "an indicator of no assumption that was read; it is not in the draft";
            self.find(Code::IndicatorUnplaced, Severity::Warning, range, &[], message);
            return;
        };
        let id = format!("I{}", self.report.indicators.len() + 1);
        self.report.indicators.push(wire::Indicator {
            id: id.clone(),
            of,
            statement: fold(self.text(range)),
            drafted: Some(true),
            ..wire::Indicator::default()
        });
        self.trace(Part::Indicator, &id, range);
    }

    fn gap(&mut self, range: &Range<usize>, about: &[usize], near: bool) {
        let id = format!("G{}", self.report.gaps.len() + 1);
        let named = about.iter().filter_map(|at| self.report.judgements.get(*at));
        let bears_on: Vec<String> = named.map(|one| one.id.clone()).collect();
        if bears_on.is_empty() {
            let message = format!("no judgement is named that {id} bears on");
            self.find(Code::GapUnplaced, Severity::Info, range, &[&id], message);
        } else if near {
            let message =
                format!("{id} names no judgement; {} by the sentence before", bears_on.join(", "));
            self.find(Code::GapUnplaced, Severity::Info, range, &[&id], message);
        }
        self.report.gaps.push(wire::Gap {
            id: id.clone(),
            statement: fold(self.text(range)),
            bears_on,
            drafted: Some(true),
        });
        self.trace(Part::Gap, &id, range);
    }
}
