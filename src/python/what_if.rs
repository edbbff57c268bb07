//! What would change a judgement.

use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::appraisal::Given;
use super::errors;
use super::watch;
use crate::appraisal::Appraiser;
use crate::render::{LinchpinAccount, NextStepAccount, OutcomeAccount};
use crate::report::{JudgementIndex, Report};
use crate::strength::what_if::Change;

/// All that a judgement hangs on.
///
/// # Errors
/// When there is no such judgement.
pub(super) fn linchpins(
    py: Python<'_>,
    given: &Arc<Given>,
    judgement: &str,
) -> PyResult<Vec<LinchpinAccount>> {
    ask(py, given, judgement, |appraiser, index| {
        let found = appraiser.linchpins(index).into_iter();
        found.map(|one| LinchpinAccount::of(appraiser, one)).collect()
    })
}

/// All single changes that move a judgement.
///
/// # Errors
/// When there is no such judgement.
pub(super) fn next_steps(
    py: Python<'_>,
    given: &Arc<Given>,
    judgement: &str,
) -> PyResult<Vec<NextStepAccount>> {
    ask(py, given, judgement, |appraiser, index| {
        let found = appraiser.next_steps(index).into_iter();
        found.map(|one| NextStepAccount::of(appraiser, one)).collect()
    })
}

/// What one change makes of a judgement.
///
/// # Errors
/// When there is no such judgement or change, or nothing that it is about.
pub(super) fn after(
    py: Python<'_>,
    given: &Arc<Given>,
    judgement: &str,
    code: &str,
    about: Option<&str>,
) -> PyResult<Option<OutcomeAccount>> {
    let change = change(py, &given.report, code, about)?;
    ask(py, given, judgement, move |appraiser, index| {
        appraiser.after(index, change).map(|outcome| OutcomeAccount::of(appraiser, outcome))
    })
}

fn ask<T: Send + 'static>(
    py: Python<'_>,
    given: &Arc<Given>,
    judgement: &str,
    question: impl FnOnce(&Appraiser<'_>, JudgementIndex) -> T + Send + 'static,
) -> PyResult<T> {
    let index = given.report.find_judgement(judgement);
    let index = index.ok_or_else(|| errors::unknown_id(py, "a judgement", judgement))?;
    let given = Arc::clone(given);
    watch::run(py, None, move |_| question(&given.appraiser(), index))
}

fn change(py: Python<'_>, report: &Report, code: &str, about: Option<&str>) -> PyResult<Change> {
    let of = |what: &str| {
        about.ok_or_else(|| PyTypeError::new_err(format!("`{code}` is about {what}: give its id")))
    };
    let item = || {
        let id = of("an item")?;
        report.find_item(id).ok_or_else(|| errors::unknown_id(py, "an item", id))
    };
    let source = || {
        let id = of("a source")?;
        report.find_source(id).ok_or_else(|| errors::unknown_id(py, "a source", id))
    };
    match code {
        "authenticate" => item().map(Change::Authenticate),
        "declare-original" => item().map(Change::DeclareOriginal),
        "name-corroborator" => item().map(Change::NameCorroborator),
        "recapture" => item().map(Change::Recapture),
        "grade" => source().map(Change::Grade),
        "add-independent" if about.is_none() => Ok(Change::AddIndependent),
        "add-independent" => Err(PyTypeError::new_err("`add-independent` is about nothing")),
        other => {
            let message = format!("expected a change, found `{other}`");
            Err(errors::of(py, "UnknownWordError", &message))
        }
    }
}
