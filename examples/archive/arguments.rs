//! What the program is asked.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use probative::archive::event::{Authenticity, Mark};
use probative::archive::note::VerifierKey;
use probative::digest::Digest;
use probative::moment::Moment;

/// Keeps what was read, and a provable record of who graded it when.
///
/// Exit status: 0 when all is well, 1 when something does not verify, 2 when the command cannot be
/// carried out.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Print one JSON object a line
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Who does this; without it, the user's name
    #[arg(long, global = true)]
    pub(crate) by: Option<String>,
    /// The time to record instead of the clock's
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) now: Option<Moment>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Begin an archive, and make its key unless there is one
    Init {
        /// The archive's folder, which is made
        archive: PathBuf,
        /// The archive's name, best a URL without a scheme: example.org/case-7
        #[arg(long)]
        origin: String,
        /// The file of the secret key, which lies outside the archive
        #[arg(long)]
        key: PathBuf,
    },
    /// Keep a file that was retrieved
    Add(Add),
    /// Keep what a WARC or WACZ file holds, and the file itself
    Import {
        /// The archive's folder
        archive: PathBuf,
        /// A .warc, .warc.gz or .wacz file
        file: PathBuf,
    },
    /// Grade a source or an item
    Grade {
        /// The archive's folder
        archive: PathBuf,
        /// A letter A-G for a source, a digit 1-6 for an item
        mark: Mark,
        #[command(flatten)]
        of: Of,
        /// Why
        #[arg(long)]
        because: String,
        /// The scale that the letter or digit is of
        #[arg(long, default_value = "admiralty")]
        scale: String,
    },
    /// Say whether an item is what it claims to be
    Authenticate {
        /// The archive's folder
        archive: PathBuf,
        /// What was found
        outcome: Outcome,
        /// The item
        #[arg(long)]
        item: String,
        /// How it was found out
        #[arg(long)]
        because: String,
    },
    /// Record a remark
    Note {
        /// The archive's folder
        archive: PathBuf,
        /// The remark
        text: String,
        #[command(flatten)]
        about: About,
    },
    /// Name a source
    Register {
        /// The archive's folder
        archive: PathBuf,
        /// The id that items and grades use
        source: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// What kind of source it is, in the words of the report format
        #[arg(long)]
        kind: Option<String>,
        /// Its owner: sources of one owner are not independent of each other
        #[arg(long)]
        owner: Option<String>,
        /// Where it publishes
        #[arg(long)]
        url: Option<String>,
    },
    /// Say where an item's information comes from
    #[command(group = clap::ArgGroup::new("lineage").required(true))]
    Derive {
        /// The archive's folder
        archive: PathBuf,
        /// The item
        #[arg(long)]
        item: String,
        /// An item or source that it derives from; may be repeated
        #[arg(long, value_name = "ID", group = "lineage")]
        from: Vec<String>,
        /// It derives from nothing else
        #[arg(long, group = "lineage")]
        first_hand: bool,
    },
    /// Say that something counts no longer; an object is erased
    Withdraw {
        /// The archive's folder
        archive: PathBuf,
        #[command(flatten)]
        of: Of,
        /// Why
        #[arg(long)]
        because: String,
    },
    /// Show the ledger
    Log {
        /// The archive's folder
        archive: PathBuf,
        /// Only what was recorded by then
        #[arg(long, value_name = "TIME")]
        as_of: Option<Moment>,
    },
    /// Read an archive again in whole, or check a proof, a checkpoint, a WARC or a WACZ file
    Verify(Verify),
    /// Say of each item of a report whether what it rests on is still there
    Check {
        /// The archive's folder
        archive: PathBuf,
        /// The report file
        report: PathBuf,
    },
    /// Sign the ledger as it stands
    Checkpoint {
        /// The archive's folder
        archive: PathBuf,
        /// The file of the secret key; without it, nothing new is signed
        #[arg(long)]
        key: Option<PathBuf>,
        /// A proof of time over the latest checkpoint, .tsr or .ots, to keep beside it
        #[arg(long, value_name = "FILE")]
        attach: Vec<PathBuf>,
    },
    /// Keep proofs of time over an object
    Stamp {
        /// The archive's folder
        archive: PathBuf,
        /// The object
        object: Digest,
        /// A proof of time over the object's bytes, .tsr or .ots
        #[arg(required = true)]
        proofs: Vec<PathBuf>,
    },
    /// Prove that an entry is in the ledger
    Prove {
        /// The archive's folder
        archive: PathBuf,
        /// Its place, from 0
        index: u64,
        /// Write the proof to this file too, which is not there yet
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

#[derive(Args)]
pub(crate) struct Verify {
    /// An archive's folder, or a .tlog-proof, .note, .warc, .warc.gz or .wacz file
    pub(crate) path: PathBuf,
    /// A public key that may sign for the archive; may be repeated
    #[arg(long, value_name = "VKEY")]
    pub(crate) trust: Vec<VerifierKey>,
    /// A checkpoint seen before, which the archive must go on from
    #[arg(long, value_name = "FILE")]
    pub(crate) pin: Option<PathBuf>,
    /// The entry that the proof is of, when it carries none
    #[arg(long, value_name = "FILE")]
    pub(crate) entry: Option<PathBuf>,
    /// Certificates, in PEM, of the authorities whose time stamps are believed
    #[arg(long, value_name = "FILE")]
    pub(crate) tsa: Option<PathBuf>,
    /// How many threads read; without it, as many as there are processors
    #[arg(long)]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Args)]
pub(crate) struct Add {
    /// The archive's folder
    pub(crate) archive: PathBuf,
    /// The file, or - for standard input
    pub(crate) file: PathBuf,
    /// The address that it came from
    #[arg(long)]
    pub(crate) url: String,
    /// When it came
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Moment,
    /// The report's item that cites the address
    #[arg(long)]
    pub(crate) item: Option<String>,
    /// What the answer said it is, such as text/html
    #[arg(long)]
    pub(crate) media_type: Option<String>,
    /// The status of the answer, such as 200
    #[arg(long)]
    pub(crate) status: Option<u16>,
    /// The status line and header fields of the answer as they came, in a file, which is kept too
    #[arg(long, value_name = "FILE")]
    pub(crate) head: Option<PathBuf>,
}

/// What an entry is of.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Of {
    /// An item, by its id
    #[arg(long)]
    pub(crate) item: Option<String>,
    /// A source, by its id
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// An object, by its digest
    #[arg(long, value_name = "DIGEST")]
    pub(crate) object: Option<Digest>,
}

/// What a remark is about, when it is about one thing.
#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct About {
    /// An item, by its id
    #[arg(long)]
    item: Option<String>,
    /// A source, by its id
    #[arg(long)]
    source: Option<String>,
    /// An object, by its digest
    #[arg(long, value_name = "DIGEST")]
    object: Option<Digest>,
}

impl From<About> for Option<Of> {
    fn from(About { item, source, object }: About) -> Self {
        let any = item.is_some() || source.is_some() || object.is_some();
        any.then_some(Of { item, source, object })
    }
}

/// Whether an item is what it claims to be.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Outcome {
    /// It is
    Verified,
    /// In part
    Partial,
    /// Nobody has shown it
    Unverified,
    /// There are reasons to doubt it
    Disputed,
}

impl From<Outcome> for Authenticity {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Verified => Self::Verified,
            Outcome::Partial => Self::Partial,
            Outcome::Unverified => Self::Unverified,
            Outcome::Disputed => Self::Disputed,
        }
    }
}
