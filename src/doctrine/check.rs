//! Whether a doctrine is fit to weigh evidence with.

use std::collections::BTreeMap;

use super::table::{Bands, ChannelRow, Corners, Dependence};
use super::{Doctrine, wire};
use crate::digest::Digest;
use crate::report::{Channel, Document, Problem, ProblemCode, Problems, Step, path_text};
use crate::yardstick::{Definition, Yardstick};

pub(super) fn check(
    file: wire::Doctrine,
    document: Option<Document<'_>>,
) -> Result<Doctrine, Problems> {
    // The wire type holds numbers, texts and tables with text keys: it can be written.
    let digest = Digest::of(serde_json::to_string(&file).unwrap_or_default().as_bytes());
    let mut check = Check { document, problems: Vec::new() };

    if file.id.trim().is_empty() {
        check.refuse(&["id".into()], "expected a name and version, found none");
    }
    check.bands(&file.bands);
    let letters = ["A", "B", "C", "D", "E"];
    let [a, b, c, d, e, f] = check.letters("reliability", &file.reliability, Range::OPEN);
    check.descending("reliability", &letters, &[a, b, c, d, e]);
    check.ignorance("reliability", "F", f, |p| p <= 0.5, "at most 0.5");
    let reliability = [a, b, c, d, e, f, e];
    let [a, b, c, d, e, f] = check.letters("relay", &file.relay, Range::CLOSED);
    check.descending("relay", &letters, &[a, b, c, d, e]);
    let relay = [a, b, c, d, e, f, e];
    let digits = &file.credibility;
    let rows = [digits.one, digits.two, digits.three, digits.four, digits.five, digits.six];
    let credibility = check.rows("credibility", ["1", "2", "3", "4", "5", "6"], rows, Range::OPEN);
    check.descending("credibility", &["1", "2", "3", "4", "5"], &credibility[..5]);
    check.ignorance("credibility", "6", credibility[5], |p| p == 0.5, "0.5");

    let channels = check.channels(&file.channels);
    let relevances = &file.relevance;
    let relevance = [relevances.direct, relevances.circumstantial, relevances.contextual];
    let names = ["direct", "circumstantial", "contextual"];
    for (name, value) in names.iter().zip(relevance) {
        check.within(&["relevance".into(), (*name).into()], value, Range::CLOSED);
    }
    check.descending_values(&["relevance".into()], &names, &relevance);
    let dependence = Dependence {
        owner: file.dependence.owner,
        assessor: file.dependence.assessor,
        credit: file.assessor.credit,
    };
    check.within(&["dependence".into(), "owner".into()], dependence.owner, Range::CLOSED);
    check.within(&["dependence".into(), "assessor".into()], dependence.assessor, Range::CLOSED);
    check.within(&["assessor".into(), "credit".into()], dependence.credit, Range::CLOSED);
    check.caps(&file.origins.caps);
    let limits = [file.confidence.high, file.confidence.moderate];
    for (name, level) in ["high", "moderate"].iter().zip(limits) {
        let path = |key: &str| ["confidence".into(), (*name).into(), key.into()];
        for (key, value, range) in [
            ("lower_strength", level.lower_strength, Range::SIGNED),
            ("central_strength", level.central_strength, Range::SIGNED),
            ("largest_owner_share", level.largest_owner_share, Range::CLOSED),
            ("contradiction_share", level.contradiction_share, Range::CLOSED),
        ] {
            if let Some(value) = value {
                check.within(&path(key), value, range);
            }
        }
    }
    let yardsticks = check.yardsticks(file.yardsticks);

    check.finish()?;
    Ok(Doctrine {
        id: file.id,
        bands: Bands(file.bands),
        reliability,
        credibility,
        relay,
        channels,
        relevance,
        dependence,
        caps: file.origins.caps,
        limits,
        yardsticks,
        digest,
    })
}

struct Check<'t> {
    document: Option<Document<'t>>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn refuse(&mut self, path: &[Step], message: impl Into<String>) {
        self.report(ProblemCode::InvalidValue, path, message.into());
    }

    fn report(&mut self, code: ProblemCode, path: &[Step], message: String) {
        match &mut self.document {
            Some(document) => document.report(code, path, message),
            None => self.problems.push(Problem::new(code, path_text("", path), message)),
        }
    }

    fn finish(&mut self) -> Result<(), Problems> {
        let problems = std::mem::take(&mut self.problems);
        match &mut self.document {
            Some(document) => document.finish(problems),
            None => Problems::none_of(problems),
        }
    }

    fn within(&mut self, path: &[Step], value: f64, range: Range) {
        if !range.holds(value) {
            self.refuse(path, format!("expected a number {}, found {value:?}", range.text));
        }
    }

    fn letters(&mut self, table: &str, rows: &wire::Letters, range: Range) -> [Corners; 6] {
        let list = [rows.a, rows.b, rows.c, rows.d, rows.e, rows.f];
        self.rows(table, ["A", "B", "C", "D", "E", "F"], list, range)
    }

    fn rows(
        &mut self,
        table: &str,
        keys: [&str; 6],
        rows: [Option<wire::Row>; 6],
        range: Range,
    ) -> [Corners; 6] {
        let mut checked = [Corners::default(); 6];
        for ((key, row), checked) in keys.iter().zip(rows).zip(&mut checked) {
            let path = [table.into(), (*key).into()];
            let Some(wire::Row { lower, central, upper }) = row else {
                let message = format!("expected a row for {key}, found none");
                self.report(ProblemCode::MissingKey, &path[..1], message);
                continue;
            };
            for (corner, value) in [("lower", lower), ("central", central), ("upper", upper)] {
                self.within(&[table.into(), (*key).into(), corner.into()], value, range);
            }
            if !(lower <= central && central <= upper) {
                let message = format!(
                    "expected lower <= central <= upper, found {lower:?}, {central:?}, {upper:?}"
                );
                self.refuse(&path, message);
            }
            *checked = Corners { lower, central, upper };
        }
        checked
    }

    /// A better letter or digit must not be worth less, at any corner.
    fn descending(&mut self, table: &str, keys: &[&str], rows: &[Corners]) {
        for (pair, keys) in rows.windows(2).zip(keys.windows(2)) {
            for (corner, better, worse) in [
                ("lower", pair[0].lower, pair[1].lower),
                ("central", pair[0].central, pair[1].central),
                ("upper", pair[0].upper, pair[1].upper),
            ] {
                if better < worse {
                    let message = format!(
                        "expected {} to be worth no more than {} at the {corner} corner, \
                         found {worse:?} above {better:?}",
                        keys[1], keys[0]
                    );
                    self.refuse(&[table.into(), keys[1].into(), corner.into()], message);
                }
            }
        }
    }

    fn descending_values(&mut self, path: &[Step], keys: &[&str], values: &[f64]) {
        for (pair, keys) in values.windows(2).zip(keys.windows(2)) {
            if pair[0] < pair[1] {
                let message = format!(
                    "expected {} to be worth no more than {}, found {:?} above {:?}",
                    keys[1], keys[0], pair[1], pair[0]
                );
                self.refuse(&[path, &[keys[1].into()]].concat(), message);
            }
        }
    }

    /// What nobody judged must move neither the lower nor the central figure.
    fn ignorance(
        &mut self,
        table: &str,
        key: &str,
        row: Corners,
        moves_nothing: impl Fn(f64) -> bool,
        expected: &str,
    ) {
        for (corner, value) in [("lower", row.lower), ("central", row.central)] {
            if !moves_nothing(value) {
                let message = format!(
                    "{key} is ignorance, not a middling grade: expected {expected}, found {value:?}"
                );
                self.refuse(&[table.into(), key.into(), corner.into()], message);
            }
        }
    }

    fn bands(&mut self, bands: &[(f64, String)]) {
        if bands.first().is_none_or(|(edge, _)| *edge != 0.0) {
            self.refuse(&["bands".into()], "expected bands that begin at 0.0");
        }
        for (at, (edge, word)) in bands.iter().enumerate() {
            let path = ["bands".into(), at.into()];
            self.within(&path, *edge, Range::CLOSED);
            if word.trim().is_empty() {
                self.refuse(&path, "expected a word, found none");
            }
            if bands[..at].iter().any(|(_, other)| other == word) {
                self.refuse(&path, format!("expected a word of its own, found `{word}` again"));
            }
            if at > 0 && bands[at - 1].0 >= *edge {
                let below = bands[at - 1].0;
                self.refuse(&path, format!("expected an edge above {below:?}, found {edge:?}"));
            }
        }
    }

    fn channels(&mut self, rows: &BTreeMap<Channel, wire::ChannelRow>) -> Vec<ChannelRow> {
        let mut checked = Vec::with_capacity(Channel::ALL.len());
        for channel in Channel::ALL {
            let Some(row) = rows.get(channel) else {
                let message = format!("expected a row for every channel, found none for {channel}");
                self.report(ProblemCode::MissingKey, &["channels".into()], message);
                continue;
            };
            let path = ["channels".into(), channel.as_str().into()];
            let names = ["verified", "partial", "unverified", "disputed"];
            let values = [row.verified, row.partial, row.unverified, row.disputed];
            for (name, value) in names.iter().zip(values) {
                self.within(&[&path[..], &[(*name).into()]].concat(), value, Range::CLOSED);
            }
            self.within(&[&path[..], &["rho".into()]].concat(), row.rho, Range::CLOSED);
            self.descending_values(&path, &names, &values);
            checked.push(ChannelRow {
                authenticity: [row.disputed, row.unverified, row.partial, row.verified],
                pooled: row.pooled,
                rho: row.rho,
            });
        }
        checked
    }

    fn caps(&mut self, caps: &[f64]) {
        let path = ["origins".into(), "caps".into()];
        if caps.is_empty() {
            self.refuse(&path, "expected at least one limit, found none");
        }
        for (at, cap) in caps.iter().enumerate() {
            let path = [&path[..], &[at.into()]].concat();
            self.within(&path, *cap, Range::CLOSED);
            if at > 0 && caps[at - 1] > *cap {
                let message = format!(
                    "expected more origins to allow no less, found {cap:?} after {:?}",
                    caps[at - 1]
                );
                self.refuse(&path, message);
            }
        }
    }

    fn yardsticks(&mut self, files: BTreeMap<String, Definition>) -> BTreeMap<String, Yardstick> {
        let mut checked = BTreeMap::new();
        for (name, file) in files {
            match Yardstick::define(&name, file) {
                Ok(yardstick) => {
                    checked.insert(name, yardstick);
                }
                Err(error) => {
                    let path = ["yardsticks".into(), name.as_str().into()];
                    self.refuse(&path, error.to_string());
                }
            }
        }
        checked
    }
}

/// What a number may be.
#[derive(Clone, Copy)]
struct Range {
    holds: fn(f64) -> bool,
    text: &'static str,
}

impl Range {
    /// Certainty would be infinite evidence.
    const OPEN: Self = Self {
        holds: |p| p > 0.0 && p < 1.0,
        text: "above 0 and below 1 (certainty is no evidence)",
    };
    const CLOSED: Self = Self { holds: |p| (0.0..=1.0).contains(&p), text: "from 0 to 1" };
    const SIGNED: Self = Self { holds: |p| (-1.0..=1.0).contains(&p), text: "from -1 to 1" };

    fn holds(self, value: f64) -> bool {
        (self.holds)(value)
    }
}
