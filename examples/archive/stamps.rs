//! The proofs of time that lie beside the checkpoints.

use std::error::Error;
#[cfg(feature = "timestamp")]
use std::io::Read as _;
use std::path::Path;

use probative::archive::inspection::Answer;
use serde_json::{Value, json};

#[cfg(feature = "timestamp")]
use crate::failure::at;

/// What all of them together show.
pub(crate) struct Stamps {
    /// Yes when one is proven, no when one does not hold.
    pub(crate) answer: Answer,
    pub(crate) each: Vec<Value>,
    pub(crate) lines: Vec<String>,
    pub(crate) problems: Vec<String>,
}

impl Stamps {
    fn none() -> Self {
        let (each, lines, problems) = Default::default();
        Self { answer: Answer::Unknown, each, lines, problems }
    }

    fn add(&mut self, (kind, of): (&str, Value), file: &str, shown: Answer, words: &str) {
        let name = of.as_str().map_or_else(|| format!("{kind} {of}"), str::to_owned);
        self.lines.push(format!("  {name} {words} ({file})"));
        self.each.push(json!({kind: of, "file": file, "time": shown.to_string(),
                              "says": words}));
        self.answer = match (self.answer, shown) {
            (Answer::No, _) | (_, Answer::No) => Answer::No,
            (Answer::Yes, _) | (_, Answer::Yes) => Answer::Yes,
            (Answer::Unknown, Answer::Unknown) => Answer::Unknown,
        };
        if shown == Answer::No {
            self.problems.push(format!("time stamp {file}: {words}"));
        }
    }
}

/// Looks at each, under the roots in this file.
#[cfg(feature = "timestamp")]
pub(crate) fn look(archive: &Path, roots: Option<&Path>) -> Result<Stamps, Box<dyn Error>> {
    use probative::archive::timestamp::{Stamped, Trust, Verdict, stamps};

    let trust = match roots {
        Some(path) => {
            let mut pem = Vec::new();
            let read = crate::open(path)?.take(16 << 20).read_to_end(&mut pem);
            read.map_err(|error| at(path, &error))?;
            let trust = std::str::from_utf8(&pem).ok().and_then(|pem| Trust::from_pem(pem).ok());
            trust.filter(|trust| !trust.is_empty()).ok_or_else(|| {
                format!("{}: expected certificates in PEM, found none", path.display())
            })?
        }
        None => Trust::new(),
    };
    let mut all = Stamps::none();
    for stamp in stamps(archive, &trust)? {
        let shown = match stamp.verdict {
            Verdict::Proven(_) => Answer::Yes,
            ref bad if bad.is_bad() => Answer::No,
            _ => Answer::Unknown,
        };
        let of = match stamp.of {
            Stamped::Object(object) => ("object", json!(object)),
            Stamped::Checkpoint(size) => ("checkpoint", json!(size)),
            other => ("other", json!(other.to_string())),
        };
        all.add(of, &stamp.file, shown, &stamp.verdict.to_string());
    }
    if roots.is_some() && all.answer != Answer::Yes && all.problems.is_empty() {
        all.answer = Answer::No;
        all.problems.push("no trusted authority has stamped anything that is here".to_owned());
    }
    Ok(all)
}

/// Names them: this build cannot verify them.
#[cfg(not(feature = "timestamp"))]
pub(crate) fn look(archive: &Path, roots: Option<&Path>) -> Result<Stamps, Box<dyn Error>> {
    let unable = "is not verified: built without the feature `timestamp`";
    if roots.is_some() {
        return Err(format!("a time stamp {unable}").into());
    }
    let mut all = Stamps::none();
    let checkpoints = probative::archive::checkpoint::Checkpoints::open(archive)?;
    match checkpoints.attached() {
        Ok(attached) => attached.iter().for_each(|stamp| {
            all.add(("checkpoint", json!(stamp.size)), &stamp.file, Answer::Unknown, unable);
        }),
        Err(error) => all.problems.push(crate::show::chain(&error)),
    }
    for (object, file) in checkpoints.object_proofs()? {
        all.add(("object", json!(object)), &file, Answer::Unknown, unable);
    }
    Ok(all)
}
