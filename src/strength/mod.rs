//! From grades and lineages to the strength of a judgement: the method.
//!
//! [`evidence`] turns a grade into units of evidence, [`tally`] adds up what many reports lend
//! without counting an origin or an owner twice, [`explain`] says how a figure came about, and
//! [`what_if`] what would change it.

mod case;
pub mod evidence;
pub mod explain;
mod sheet;
pub mod tally;
mod weigh;
pub mod what_if;

pub(crate) use self::case::{Case, Exclusion};
pub use self::weigh::{Contribution, Credit, NotCounted, OwnerShare};
pub(crate) use self::weigh::{Desk, Weighed, weigh};
