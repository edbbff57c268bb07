//! Registries as CSV.

use super::Known;
use crate::report::{Place, Problem, ProblemCode, Problems};

pub(super) fn read(text: &str) -> Result<Vec<Known>, Problems> {
    let mut reader =
        csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let mut problems = Vec::new();
    let headings =
        reader.headers().map_err(|error| Problems::one(problem(1, error.to_string())))?;
    let column = |names: &[&str]| {
        headings
            .iter()
            .position(|head| names.iter().any(|name| head.trim().eq_ignore_ascii_case(name)))
    };
    let columns = Columns {
        name: column(&["name"]),
        aliases: column(&["aliases", "alias"]),
        domains: column(&["domains", "domain", "urls", "url"]),
        reliability: column(&["reliability", "letter", "grade"]),
        status: column(&["status"]),
        because: column(&["because", "graded_because"]),
        kind: column(&["kind"]),
        owner: column(&["owner"]),
        as_of: column(&["as_of", "date", "reviewed"]),
    };
    if columns.name.is_none() || columns.reliability.is_none() && columns.status.is_none() {
        let message = "expected the columns name, and reliability or status, in the first line";
        return Err(Problems::one(problem(1, message.to_owned())));
    }
    let mut found = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(1, csv::Position::line);
                found.extend(columns.known(&record, line, &mut problems));
            }
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                problems.push(problem(line, error.to_string()));
            }
        }
    }
    Problems::none_of(problems)?;
    Ok(found)
}

struct Columns {
    name: Option<usize>,
    aliases: Option<usize>,
    domains: Option<usize>,
    reliability: Option<usize>,
    status: Option<usize>,
    because: Option<usize>,
    kind: Option<usize>,
    owner: Option<usize>,
    as_of: Option<usize>,
}

impl Columns {
    fn known(
        &self,
        record: &csv::StringRecord,
        line: u64,
        problems: &mut Vec<Problem>,
    ) -> Option<Known> {
        let cell = |column: Option<usize>| {
            let cell = column.and_then(|at| record.get(at)).unwrap_or_default().trim();
            (!cell.is_empty()).then(|| cell.to_owned())
        };
        let many = |column| cell(column).map(|cell| values(&cell)).unwrap_or_default();
        Some(Known {
            name: cell(self.name)?,
            aliases: many(self.aliases),
            domains: many(self.domains),
            reliability: parsed(cell(self.reliability), line, problems),
            status: cell(self.status).map(|cell| values(&cell).join(", ")),
            because: cell(self.because),
            kind: parsed(cell(self.kind), line, problems),
            owner: cell(self.owner),
            as_of: parsed(cell(self.as_of), line, problems),
        })
    }
}

fn parsed<T>(cell: Option<String>, line: u64, problems: &mut Vec<Problem>) -> Option<T>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    match cell?.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            problems.push(problem(line, error.to_string()));
            None
        }
    }
}

/// A JSON list, or values with `;` between them.
fn values(cell: &str) -> Vec<String> {
    if cell.starts_with('[')
        && let Ok(list) = serde_json::from_str(cell)
    {
        return list;
    }
    cell.split(';').map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

fn problem(line: u64, message: String) -> Problem {
    let mut problem = Problem::new(ProblemCode::InvalidValue, String::new(), message);
    let line = usize::try_from(line).unwrap_or(usize::MAX);
    problem.place = Some(Place { line, column: 1 });
    problem
}
