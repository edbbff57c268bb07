//! The proofs of time that lie beside the checkpoints.

use std::error::Error;
use std::path::Path;

use probative::archive::inspection::Answer;
use serde_json::{Value, json};

/// What all of them together show.
pub(crate) struct Stamps {
    /// Yes when one is proven, no when one does not hold.
    pub(crate) answer: Answer,
    pub(crate) each: Vec<Value>,
    pub(crate) words: String,
    pub(crate) problems: Vec<String>,
}

impl Stamps {
    fn none() -> Self {
        let (each, words, problems) = Default::default();
        Self { answer: Answer::Unknown, each, words, problems }
    }

    fn add(&mut self, size: u64, file: &str, shown: Answer, words: &str) {
        self.each.push(json!({"checkpoint": size, "file": file, "time": shown.to_string(),
                                "says": words}));
        self.words.push_str(&format!("\n  checkpoint {size} {words} ({file})"));
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
    use probative::archive::timestamp::{Trust, Verdict, stamps};

    let trust = match roots {
        Some(path) => {
            let trust = Trust::from_pem(&crate::read_text(path)?)?;
            if trust.is_empty() {
                return Err(format!("{}: expected certificates in PEM", path.display()).into());
            }
            trust
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
        all.add(stamp.size, &stamp.file, shown, &stamp.verdict.to_string());
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
    for stamp in probative::archive::checkpoint::Checkpoints::open(archive)?.attached()? {
        all.add(stamp.size, &stamp.file, Answer::Unknown, unable);
    }
    Ok(all)
}
