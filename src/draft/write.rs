//! The draft as a report file that says where each entry came from.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::finding::{Part, Trace};
use crate::report::wire;

pub(super) fn to_toml(report: &wire::Report, traces: &[Trace]) -> Result<String, toml::ser::Error> {
    let places: HashMap<(bool, &str), &Trace> = traces
        .iter()
        .rev()
        .map(|trace| ((trace.part == Part::Source, trace.id.as_str()), trace))
        .collect();
    let mut writer = Writer { text: String::from(HEADER), places };
    let head = wire::Report {
        sources: Vec::new(),
        items: Vec::new(),
        judgements: Vec::new(),
        assumptions: Vec::new(),
        indicators: Vec::new(),
        gaps: Vec::new(),
        ..report.clone()
    };
    writer.text.push_str(&toml::to_string(&head)?);
    for one in &report.judgements {
        writer.judgement(one)?;
    }
    for one in &report.assumptions {
        writer.entry("assumptions", &one.id, false, one)?;
    }
    for one in &report.indicators {
        writer.entry("indicators", &one.id, false, one)?;
    }
    for one in &report.gaps {
        writer.entry("gaps", &one.id, false, one)?;
    }
    for one in &report.sources {
        writer.entry("sources", &one.id, true, one)?;
    }
    for one in &report.items {
        writer.entry("items", &one.id, false, one)?;
    }
    Ok(writer.text)
}

struct Writer<'t> {
    text: String,
    places: HashMap<(bool, &'t str), &'t Trace>,
}

impl Writer<'_> {
    fn open(&mut self, list: &str, id: &str, source: bool) {
        self.text.push('\n');
        if let Some(trace) = self.places.get(&(source, id)) {
            let place = trace.span.place;
            let how =
                if trace.part == Part::Attributed { ", attributed and not cited" } else { "" };
            // Writing to a String cannot fail.
            let _ = writeln!(self.text, "# line {}, column {}{how}", place.line, place.column);
        }
        let _ = writeln!(self.text, "[[{list}]]");
    }

    fn entry(
        &mut self,
        list: &str,
        id: &str,
        source: bool,
        entry: &impl Serialize,
    ) -> Result<(), toml::ser::Error> {
        self.open(list, id, source);
        self.text.push_str(&toml::to_string(entry)?);
        Ok(())
    }

    /// A judgement, with its lists one entry a line.
    fn judgement(&mut self, one: &wire::Judgement) -> Result<(), toml::ser::Error> {
        let plain = wire::Judgement { rests_on: Vec::new(), dissents: Vec::new(), ..one.clone() };
        self.entry("judgements", &one.id, false, &plain)?;
        self.rows("rests_on", &one.rests_on)?;
        self.rows("dissents", &one.dissents)
    }

    fn rows(&mut self, key: &str, rows: &[impl Serialize]) -> Result<(), toml::ser::Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let _ = writeln!(self.text, "{key} = [");
        for row in rows {
            let _ = writeln!(self.text, "    {},", toml::Value::try_from(row)?);
        }
        self.text.push_str("]\n");
        Ok(())
    }
}

const HEADER: &str = "\
# A draft. A program proposed every entry that says `drafted = true`; take the mark away when you
# have checked it. Nobody is graded save by a registry that is named in `graded_because`; no
# lineage is stated, because the text cannot tell who said it first.

";
