//! Findings: what a reviewer would remark on.

mod judgements;
mod sources;

use crate::appraisal::{Appraisal, Appraiser};
use crate::finding::Finding;

impl Appraiser<'_> {
    /// Every finding on the report and on its appraisal, the gravest first; within a severity in
    /// the order of the codes and of the report.
    pub fn findings(&self, appraisal: &Appraisal) -> Vec<Finding> {
        let mut findings = sources::findings(self);
        findings.extend(judgements::findings(self, appraisal));
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.code));
        findings
    }
}

/// The words for one, or the number and the words for more: "1 item is", "3 items are".
fn many(number: usize, one: &str, more: &str) -> String {
    if number == 1 { one.to_owned() } else { format!("{number} {more}") }
}
