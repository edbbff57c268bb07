//! From the parts of a text to the draft.

use std::collections::HashMap;
use std::ops::Range;

use super::desk::Desk;
use super::evidence::{Last, Place, Sentence, read};
use super::finding::{FindingCode as Code, Part};
use super::label::Section;
use super::markup::Document;
use super::outlook::{self, Outlook};
use super::registry::Registry;
use super::sources::Sources;
use super::structure::{Judged, Outline, Prose, same_statement};
use super::summary::Context;
use super::words::{fold, trim};
use super::{Draft, DraftError, date, quote, wording};
use crate::finding::Severity;
use crate::report::wire;

pub(super) fn assemble(
    input: &str,
    document: &Document,
    registries: &[Registry],
) -> Result<Draft, DraftError> {
    if document.text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return Err(DraftError::Empty);
    }
    let outline = Outline::of(document);
    let mut assembly = Assembly {
        desk: Desk::new(document, input, Sources::new(registries)),
        keys: HashMap::new(),
    };
    assembly.title(&outline);
    for one in &outline.judgements {
        assembly.judgement(one);
    }
    for (at, one) in outline.judgements.iter().enumerate() {
        assembly.points(at, one);
    }
    let unmarked = outline.judgements.is_empty();
    for prose in &outline.prose {
        assembly.prose(prose, unmarked);
    }
    if assembly.desk.report.judgements.is_empty() {
        return Err(DraftError::NoJudgement);
    }
    assembly.cut_off(&outline.cut_offs);
    assembly.close(&outline);
    let (report, findings, traces) = assembly.desk.into_findings();
    Ok(Draft { report, findings, traces })
}

/// Past any report that people write; a hostile text may have one in every sentence.
pub(super) const MOST_JUDGEMENTS: usize = 1000;

struct Assembly<'d> {
    desk: Desk<'d>,
    /// The judgements by what their labels call them.
    keys: HashMap<String, usize>,
}

impl Assembly<'_> {
    fn title(&mut self, outline: &Outline) {
        let Some((title, range)) = &outline.title else { return };
        self.desk.report.title = quote::short(title, 300);
        self.desk.trace(Part::Title, "", range);
        if outline.title_guessed {
            let message = "taken for the title; the text opens with something else";
            self.desk.find(Code::TitleGuessed, Severity::Info, range, &[], message);
        }
    }

    fn judgement(&mut self, one: &Judged) {
        let desk = &mut self.desk;
        let statement = one.statements.first();
        let place = statement.or(one.heads.first()).cloned().unwrap_or_default();
        let said = statement.map(|range| clean(desk, range)).unwrap_or_default();
        desk.trace(Part::Judgement, &one.id, &place);
        if said.is_empty() {
            let message = format!("{} has a label and no statement", one.id);
            desk.find(Code::StatementMissing, Severity::Error, &place, &[&one.id], message);
        }
        let other = one.statements.iter().skip(1).find(|range| {
            let text = clean(desk, range);
            !same_statement(&text, &said)
        });
        if let Some(other) = other {
            let message =
                format!("{} is worded differently here; the first wording stands", one.id);
            desk.find(Code::StatementDiffers, Severity::Warning, other, &[&one.id], message);
        }
        self.keys.insert(one.key.clone(), desk.report.judgements.len());
        desk.report.judgements.push(wire::Judgement {
            statement: said,
            drafted: Some(true),
            ..wire::Judgement::new(one.id.clone())
        });
        let at = desk.report.judgements.len() - 1;
        desk.likelihood(at, &place);
        for head in &one.heads {
            for sentence in read(&self.desk, head) {
                self.desk.confidences(&sentence, &Context::of(&self.keys, Some(at)));
            }
        }
    }

    /// The points of a judgement, and what its own statement cites.
    fn points(&mut self, at: usize, one: &Judged) {
        let cited = one.statements.iter().rev().find_map(|range| {
            let sentences = read(&self.desk, range);
            sentences.iter().any(|sentence| !sentence.citations.is_empty()).then_some(sentences)
        });
        for sentence in cited.unwrap_or_default().iter().filter(|one| !one.citations.is_empty()) {
            let prefix = format!("{}.0", one.key);
            self.rest(at, sentence, &prefix, &mut Last::default());
        }
        for point in &one.points {
            let separate = one.key.ends_with(|c: char| c.is_ascii_digit());
            let label = if separate || point.label.starts_with('.') {
                format!("{}{}", one.key, point.label)
            } else {
                format!("{}.{}", one.key, point.label)
            };
            let mut last = Last::default();
            for block in &point.blocks {
                self.point(at, block, &label, &mut last);
            }
        }
        let judgement = &self.desk.report.judgements[at];
        if judgement.rests_on.is_empty() {
            let message = format!("nothing is cited or attributed under {}", one.id);
            let place = one.heads.last().cloned().unwrap_or_default();
            self.desk.find(Code::EvidenceMissing, Severity::Warning, &place, &[&one.id], message);
        }
    }

    fn point(&mut self, at: usize, block: &Range<usize>, label: &str, last: &mut Last) {
        for sentence in read(&self.desk, block) {
            let context = Context::of(&self.keys, Some(at));
            if self.desk.confidences(&sentence, &context) && sentence.citations.is_empty() {
                continue;
            }
            let found = outlook::read(&self.desk.document.text, &sentence.range, &sentence.words);
            if let Some(assumed @ Outlook::Assumption(_)) = found
                && sentence.citations.is_empty()
            {
                self.desk.outlook(assumed, &sentence, &context, &mut Vec::new());
                continue;
            }
            self.rest(at, &sentence, label, last);
        }
    }

    /// Lets a judgement rest on the items of a sentence.
    fn rest(&mut self, at: usize, sentence: &Sentence<'_>, label: &str, last: &mut Last) {
        let place = Place { prefix: label, point: Some(label) };
        let items = self.desk.evidence(sentence, &place, last);
        if let Some(judgement) = self.desk.report.judgements.get_mut(at) {
            judgement.rests_on.extend(items.into_iter().map(wire::Link::new));
        }
    }

    /// A block outside the points. When no judgement is labelled, its sentences are read for
    /// conclusions, and a paragraph with one conclusion is taken to support it.
    fn prose(&mut self, prose: &Prose, unmarked: bool) {
        let mut recent = Vec::new();
        let sentences = read(&self.desk, &prose.range);
        let text = &self.desk.document.text;
        let concludes: Vec<bool> = sentences
            .iter()
            .map(|sentence| {
                let room = self.desk.report.judgements.len() < MOST_JUDGEMENTS;
                unmarked && room && wording::is_judgement(text, sentence)
            })
            .collect();
        let mut found = Vec::new();
        for (sentence, _) in sentences.iter().zip(&concludes).filter(|(_, yes)| **yes) {
            found.push(self.unmarked(sentence));
        }
        let only = if let [one] = found.as_slice() { Some(*one) } else { None };
        let mut stated = found.into_iter();
        let mut last = Last::default();
        if matches!(prose.section, Section::Assumptions | Section::Indicators | Section::Gaps) {
            let context = Context::of(&self.keys, prose.within);
            self.desk.listed(prose.section, &prose.range, &sentences, &context);
            return;
        }
        for (sentence, concludes) in sentences.iter().zip(concludes) {
            let own = if concludes { stated.next() } else { None };
            let context = Context::of(&self.keys, own.or(prose.within));
            let confident = self.desk.confidences(sentence, &context);
            if concludes {
                continue;
            }
            let found = outlook::read(&self.desk.document.text, &sentence.range, &sentence.words);
            if let Some(found) = found
                && sentence.citations.is_empty()
            {
                self.desk.outlook(found, sentence, &context, &mut recent);
                continue;
            }
            if confident && sentence.citations.is_empty() {
                continue;
            }
            if let Some(at) = only {
                let label = format!("{}.1", self.desk.report.judgements[at].id);
                self.rest(at, sentence, &label, &mut last);
            } else {
                self.desk.evidence(sentence, &Place { prefix: "b1", point: None }, &mut last);
            }
        }
    }

    /// A judgement that only its wording gives away.
    fn unmarked(&mut self, sentence: &Sentence<'_>) -> usize {
        let desk = &mut self.desk;
        let at = desk.report.judgements.len();
        let id = format!("J{}", at + 1);
        desk.trace(Part::Judgement, &id, &sentence.range);
        desk.report.judgements.push(wire::Judgement {
            statement: sentence.claim.clone(),
            drafted: Some(true),
            ..wire::Judgement::new(id.clone())
        });
        let message =
            format!("no label says that this is a judgement; proposed as {id} by its wording");
        desk.find(Code::JudgementUnmarked, Severity::Warning, &sentence.range, &[&id], message);
        desk.likelihood(at, &sentence.range);
        at
    }

    fn cut_off(&mut self, found: &[date::Found]) {
        let desk = &mut self.desk;
        for one in found {
            match one.reading {
                date::Reading::Sure(moment) => match desk.report.cut_off {
                    None => {
                        desk.report.cut_off = Some(moment);
                        desk.trace(Part::CutOff, "", &one.range);
                    }
                    Some(first) if first != moment => {
                        let message = format!("a second cut-off, {moment}; {first} stands");
                        desk.find(
                            Code::CutOffConflict,
                            Severity::Warning,
                            &one.range,
                            &[],
                            message,
                        );
                    }
                    Some(_) => {}
                },
                date::Reading::Either(day_first, month_first) => {
                    let message = format!(
                        "may be {day_first} or {month_first}; the draft has neither as its cut-off"
                    );
                    desk.find(Code::CutOffAmbiguous, Severity::Error, &one.range, &[], message);
                }
            }
        }
        if found.is_empty() {
            let message =
                "no information cut-off is stated; without one, nothing is too late to count";
            desk.find(Code::CutOffMissing, Severity::Warning, &(0..0), &[], message);
        }
    }

    /// What can be said only of the whole.
    fn close(&mut self, outline: &Outline) {
        self.desk.yardstick();
        self.desk.missing_confidence();
        let desk = &mut self.desk;
        if let (count, Some(first)) = desk.linkless.clone() {
            let message = format!(
                "{count} citation{} like this one without a link, a note or a name; the source is lost",
                if count == 1 { " stands" } else { "s stand" }
            );
            desk.find(Code::CitationWithoutLink, Severity::Warning, &first, &[], message);
        }
        let resting: std::collections::HashSet<&str> = desk
            .report
            .judgements
            .iter()
            .flat_map(|one| one.rests_on.iter().map(|link| link.item.as_str()))
            .collect();
        let loose: Vec<String> = desk
            .report
            .items
            .iter()
            .filter(|item| !resting.contains(item.id.as_str()))
            .map(|item| item.id.clone())
            .collect();
        if let Some(first) = loose.first() {
            let place = desk.traces.iter().find(|trace| trace.id == *first);
            let span = place.map_or_else(|| desk.span(&(0..0)), |trace| trace.span.clone());
            let message = format!(
                "{} item{} outside every judgement; no judgement rests on {}",
                loose.len(),
                if loose.len() == 1 { " stands" } else { "s stand" },
                if loose.len() == 1 { "it" } else { "them" }
            );
            desk.find_at(Code::EvidenceUnplaced, Severity::Info, span, loose, message);
        }
        if let (Some(first), Some(last)) = (outline.unread.first(), outline.unread.last()) {
            let message = format!(
                "{} block{} of text left out as page furniture, headings or prose that fits nowhere \
                 (up to line {})",
                outline.unread.len(),
                if outline.unread.len() == 1 { "" } else { "s" },
                desk.span(last).place.line
            );
            desk.find(Code::TextUnread, Severity::Info, first, &[], message);
        }
    }
}

/// A statement without its citations, on one line.
fn clean(desk: &Desk<'_>, range: &Range<usize>) -> String {
    let sentences = read(desk, &trim(&desk.document.text, range.clone()));
    let claims: Vec<&str> = sentences.iter().map(|sentence| sentence.claim.as_str()).collect();
    fold(&claims.join(" "))
}
