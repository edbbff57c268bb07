//! The numbers of the method, as data: one table, versioned, replaceable, refused when it is
//! not fit to weigh evidence with.
//!
//! No standard says how a letter and a digit combine, nor what several reports add up to; a
//! doctrine is somebody's policy on it, and every appraisal names the one that it used.

mod check;
mod table;
pub mod wire;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

pub use self::table::{Bands, ChannelRow, Corner, Corners, Dependence};
pub use self::wire::Limits;
use crate::digest::Digest;
use crate::grade::{Credibility, Reliability};
use crate::report::{
    Authenticity, Channel, Confidence, Document, Format, Problem, ProblemCode, Problems, Relevance,
    read_input,
};
use crate::yardstick::{BuiltinError, Yardstick};

/// A checked table of every number that the method uses.
///
/// - Every probability lies in its range; `lower <= central <= upper` in every row.
/// - A better letter, digit, relay, check or relevance is never worth less.
/// - F and 6 move neither the lower nor the central figure: ignorance is no evidence.
/// - Every channel has a row.
///
/// ```
/// use probative::doctrine::{Corner, Doctrine};
/// use probative::grade::Reliability;
///
/// let doctrine = Doctrine::default();
/// assert_eq!(doctrine.id(), "probative-default/1");
/// // P(what the source says is true | letter B, nothing else known).
/// assert_eq!(doctrine.reliability(Reliability::B).at(Corner::Central), 0.80);
/// assert_eq!(doctrine.bands().word(0.7), "strong");
/// assert!(Doctrine::from_toml("id = \"mine\"").is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Doctrine {
    id: String,
    bands: Bands,
    reliability: [Corners; 7],
    credibility: [Corners; 6],
    relay: [Corners; 7],
    channels: Vec<ChannelRow>,
    relevance: [f64; 3],
    dependence: Dependence,
    caps: Vec<f64>,
    limits: [Limits; 2],
    yardsticks: BTreeMap<String, Yardstick>,
    digest: Digest,
}

impl Doctrine {
    /// Reads a doctrine file: JSON when its name ends in `.json`, otherwise TOML.
    ///
    /// # Errors
    /// Every problem of the file, each with its place.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Problems> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let file = std::fs::File::open(path).map_err(|error| {
            let message = format!("cannot be read: {error}");
            Problems::one(Problem::new(ProblemCode::Unreadable, String::new(), message))
                .in_file(&name)
        })?;
        Self::read(file, Format::of(path), &name)
    }

    /// Reads a doctrine from what a reader gives; `name` stands for the file in messages.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn read(reader: impl Read, format: Option<Format>, name: &str) -> Result<Self, Problems> {
        read_input(reader)
            .and_then(|text| Self::parse(&text, format.unwrap_or_else(|| Format::sniff(&text))))
            .map_err(|problems| problems.in_file(name))
    }

    /// Reads a doctrine from TOML text.
    ///
    /// # Errors
    /// Every problem of the text, each with line and column.
    pub fn from_toml(text: &str) -> Result<Self, Problems> {
        Self::parse(text, Format::Toml)
    }

    /// Reads a doctrine from JSON text.
    ///
    /// # Errors
    /// Every problem of the text, each with line and column.
    pub fn from_json(text: &str) -> Result<Self, Problems> {
        Self::parse(text, Format::Json)
    }

    fn parse(text: &str, format: Format) -> Result<Self, Problems> {
        let mut document = Document::parse(text, format)?;
        let Some(file) = document.rest::<wire::Doctrine>() else {
            document.finish(Vec::new())?;
            return Err(Problems::one(Problem::new(
                ProblemCode::InvalidValue,
                String::new(),
                "expected a doctrine",
            )));
        };
        check::check(file, Some(document))
    }

    /// Its name and version.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// SHA-256 of its content as compact JSON: the same however the file was laid out.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The words for strength.
    pub fn bands(&self) -> &Bands {
        &self.bands
    }

    /// P(what the source says is true | this letter, nothing else known).
    pub fn reliability(&self, letter: Reliability) -> Corners {
        self.reliability[letter.index()]
    }

    /// P(the information is true | this digit, nothing else known).
    pub fn credibility(&self, digit: Credibility) -> Corners {
        self.credibility[digit.index()]
    }

    /// P(a relay with this letter passes on faithfully what its origin said).
    pub fn relay(&self, letter: Reliability) -> Corners {
        self.relay[letter.index()]
    }

    /// What holds for reports that came by this channel.
    pub fn channel(&self, channel: Channel) -> &ChannelRow {
        &self.channels[channel.index()]
    }

    /// P(the thing in hand is what it claims to be | its channel, how far it was checked).
    pub fn authenticity(&self, channel: Channel, checked: Authenticity) -> f64 {
        self.channel(channel).authenticity[checked.index()]
    }

    /// P(the judgement follows | the item is true).
    pub fn relevance(&self, relevance: Relevance) -> f64 {
        self.relevance[relevance.index()]
    }

    /// How far reports of one owner, and the assessor's opinions, depend on each other.
    pub fn dependence(&self) -> &Dependence {
        &self.dependence
    }

    /// The most that strength may be on so many independent origins.
    pub fn cap(&self, origins: usize) -> f64 {
        self.caps.get(origins).or(self.caps.last()).copied().unwrap_or(1.0)
    }

    /// What a level of confidence needs; low needs nothing.
    pub fn limits(&self, level: Confidence) -> Option<&Limits> {
        match level {
            Confidence::High => Some(&self.limits[0]),
            Confidence::Moderate => Some(&self.limits[1]),
            Confidence::Low => None,
        }
    }

    /// A yardstick by name: one that this doctrine defines, or one that is built in.
    ///
    /// # Errors
    /// When neither knows the name.
    pub fn yardstick(&self, name: &str) -> Result<&Yardstick, BuiltinError> {
        self.yardsticks.get(name).map_or_else(|| Yardstick::builtin(name), Ok)
    }
}

impl Default for Doctrine {
    /// `probative-default/1`.
    fn default() -> Self {
        static DEFAULT: LazyLock<Doctrine> = LazyLock::new(|| {
            // Compiled in, and read by a test: no input can make this fail.
            Doctrine::from_toml(include_str!("default.toml"))
                .unwrap_or_else(|problems| unreachable!("{problems}"))
        });
        DEFAULT.clone()
    }
}

#[cfg(test)]
mod tests;
