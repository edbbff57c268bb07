//! What the program is asked.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use probative::archive::event::Mark;
use probative::archive::note::VerifierKey;
use probative::digest::Digest;
use probative::moment::Moment;

/// Keeps what was read, and a provable record of who graded it when.
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
        archive: PathBuf,
        /// The archive's name, best a URL without a scheme: example.org/case-7
        #[arg(long)]
        origin: String,
        /// The file of the secret key; keep it outside the archive
        #[arg(long)]
        key: PathBuf,
    },
    /// Keep a file that was retrieved
    Add {
        archive: PathBuf,
        /// The file, or - for standard input
        file: PathBuf,
        /// The address that it came from
        #[arg(long)]
        url: String,
        /// When it came
        #[arg(long, value_name = "TIME")]
        at: Moment,
        /// The report's item that cites the address
        #[arg(long)]
        item: Option<String>,
        /// What the answer said it is, such as text/html
        #[arg(long)]
        media_type: Option<String>,
        /// The status of the answer, such as 200
        #[arg(long)]
        status: Option<u16>,
    },
    /// Keep what a WARC or WACZ file holds, and the file itself
    Import {
        archive: PathBuf,
        /// A .warc, .warc.gz or .wacz file
        file: PathBuf,
    },
    /// Grade a source or an item
    Grade {
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
    /// Say that something counts no longer; an object is erased
    Withdraw {
        archive: PathBuf,
        #[command(flatten)]
        of: Of,
        /// Why
        #[arg(long)]
        because: String,
    },
    /// Show the ledger
    Log {
        archive: PathBuf,
        /// Only what was recorded by then
        #[arg(long, value_name = "TIME")]
        as_of: Option<Moment>,
    },
    /// Read an archive again in whole, or check a proof, a WARC or a WACZ file
    Verify {
        /// An archive's folder, or a .tlog-proof, .warc, .warc.gz or .wacz file
        path: PathBuf,
        /// A public key that may sign for the archive; may be repeated
        #[arg(long, value_name = "VKEY")]
        trust: Vec<VerifierKey>,
        /// A checkpoint seen before, which the archive must go on from
        #[arg(long, value_name = "FILE")]
        pin: Option<PathBuf>,
        /// The entry that the proof is of, when it carries none
        #[arg(long, value_name = "FILE")]
        entry: Option<PathBuf>,
        /// Certificates, in PEM, of the authorities whose time stamps are believed
        #[arg(long, value_name = "FILE")]
        tsa: Option<PathBuf>,
        /// How many threads read; without it, as many as there are processors
        #[arg(long)]
        threads: Option<NonZeroUsize>,
    },
    /// Say of each item of a report whether what it rests on is still there
    Check {
        archive: PathBuf,
        /// The report file
        report: PathBuf,
    },
    /// Sign the ledger as it stands
    Checkpoint {
        archive: PathBuf,
        /// The file of the secret key; without it, nothing new is signed
        #[arg(long)]
        key: Option<PathBuf>,
        /// A proof of time over the latest checkpoint, .tsr or .ots, to keep beside it
        #[arg(long, value_name = "FILE")]
        attach: Vec<PathBuf>,
    },
    /// Prove that an entry is in the ledger
    Prove {
        archive: PathBuf,
        /// Its place, from 0
        index: u64,
        /// Write the proof to this file too
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// What a grade or withdrawal is of.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Of {
    #[arg(long)]
    pub(crate) item: Option<String>,
    #[arg(long)]
    pub(crate) source: Option<String>,
    #[arg(long, value_name = "DIGEST")]
    pub(crate) object: Option<Digest>,
}
