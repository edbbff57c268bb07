//! Keeps what was read, and a provable record of who graded it when.
//!
//! ```text
//! cargo run --features archive --example archive -- init DIR --origin example.org/case-7 --key KEY
//! cargo run --features archive --example archive -- add DIR page.html --url URL --at TIME --item 3a
//! cargo run --features archive --example archive -- grade DIR 3 --item 3a --because "two confirm"
//! cargo run --features archive --example archive -- checkpoint DIR --key KEY
//! cargo run --features archive --example archive -- verify DIR --trust VKEY
//! ```
//!
//! Exit status: 0 when all is well, 1 when something does not verify, 2 when the command cannot be
//! carried out.

mod arguments;
mod containers;
mod failure;
mod recording;
mod show;
mod signing;
mod stamps;
mod verifying;

use std::error::Error;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use clap::Parser as _;
use probative::archive::event::{Event, What};
use probative::moment::Moment;

use arguments::{Arguments, Command};
use failure::at;
use recording::{opened, record, subject};
use show::Output;

type Outcome = Result<Verdict, Box<dyn Error>>;

/// Whether everything that was looked at verifies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Holds,
    Fails,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut output = Output::new(arguments.json);
    match run(arguments, &mut output) {
        Ok(Verdict::Holds) => ExitCode::SUCCESS,
        Ok(Verdict::Fails) => ExitCode::from(1),
        Err(error) => {
            output.error(&*error);
            ExitCode::from(if failure::is_of_verifying(&*error) { 1 } else { 2 })
        }
    }
}

fn run(arguments: Arguments, output: &mut Output) -> Outcome {
    let by = || -> Result<String, Box<dyn Error>> {
        arguments
            .by
            .clone()
            .or_else(|| std::env::var("USER").ok())
            .filter(|by| !by.is_empty())
            .ok_or_else(|| "say who does this: --by NAME".into())
    };
    let now = match arguments.now {
        Some(now) => now,
        None => clock()?,
    };
    let event = |what| -> Result<Event, Box<dyn Error>> {
        let program = concat!("probative ", env!("CARGO_PKG_VERSION"));
        Ok(Event::new(now, by()?, what).with(program))
    };
    let (archive, what) = match arguments.command {
        Command::Init { archive, origin, key } => {
            return signing::init(&archive, &origin, &key, now, by()?, output);
        }
        Command::Add(asked) => return recording::add(asked, now, &event, output),
        Command::Import { archive, file } => {
            return containers::import(&mut opened(&archive, output)?, &file, now, &event, output);
        }
        Command::Withdraw { archive, of, because } => {
            let mut archive = opened(&archive, output)?;
            return recording::withdraw(&mut archive, because, subject(of)?, &event, output);
        }
        Command::Log { archive, as_of } => return verifying::log(&archive, as_of, output),
        Command::Verify(asked) => return verifying::verify(&asked, now, output),
        Command::Check { archive, report } => return verifying::check(&archive, &report, output),
        Command::Checkpoint { archive, key, attach } => {
            return signing::checkpoint(&archive, key.as_deref(), &attach, output);
        }
        Command::Stamp { archive, object, proofs } => {
            return signing::stamp(&archive, object, &proofs, output);
        }
        Command::Prove { archive, index, out } => {
            return signing::prove(&archive, index, out.as_deref(), output);
        }
        Command::Grade { archive, mark, of, because, scale } => {
            (archive, What::Graded { because, mark, of: subject(of)?, scale })
        }
        Command::Authenticate { archive, outcome, item, because } => {
            (archive, What::Authenticated { because, item, outcome: outcome.into() })
        }
        Command::Note { archive, text, about } => {
            let about = Option::<_>::from(about).map(subject).transpose()?;
            (archive, What::Noted { about, text })
        }
        Command::Register { archive, source, name, kind, owner, url } => {
            (archive, What::Registered { kind, name, owner, source, url })
        }
        Command::Derive { archive, item, from, first_hand: _ } => {
            (archive, What::Lineage { derived_from: from, item })
        }
    };
    record(&mut opened(&archive, output)?, event(what)?, output)
}

fn clock() -> Result<Moment, Box<dyn Error>> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let time = chrono::DateTime::from_timestamp(seconds.try_into()?, 0).ok_or("no such time")?;
    Ok(Moment::instant(time.fixed_offset())?)
}

fn open(path: &Path) -> Result<File, Box<dyn Error>> {
    File::open(path).map_err(|error| at(path, &error))
}

fn read_text(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    open(path)?.take(1 << 20).read_to_string(&mut text).map_err(|error| at(path, &error))?;
    Ok(text)
}
