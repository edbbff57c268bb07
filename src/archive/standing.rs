//! What an archive says of a report: whether what its items rest on is still there, and how its
//! assessors graded them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::ControlFlow;

use super::event::Mark;
use super::registry::{Assessment, Grades, Quality, Registry, Withdrawal};
use super::store::{Store, StoreError};
use crate::digest::Digest;
use crate::report::{ArchiveState, Item, Problems, Report, wire};

/// The state of each item of a report, in the report's order: what its own captures name is read
/// again, and what the ledger says was captured for it or from its address.
///
/// Bytes that the report names, or that came whole, make it verified; where they only came cut
/// short, or in a record with faults, it is archived and no more; an error page is no capture of
/// it. No state adds to the strength of the item; one whose bytes have changed is taken out.
///
/// # Errors
/// When the store fails otherwise than by an object that is missing or has changed.
pub fn states(
    report: &Report,
    registry: &Registry,
    store: &dyn Store,
) -> Result<Vec<ArchiveState>, StoreError> {
    let states = states_while(report, registry, store, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(states.unwrap_or_default())
}

/// The same, and asks before each item whether to go on, saying how many are done and how many
/// there are; `None` when it was told to stop.
///
/// # Errors
/// As [`states`].
pub fn states_while(
    report: &Report,
    registry: &Registry,
    store: &dyn Store,
    go_on: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Option<Vec<ArchiveState>>, StoreError> {
    let total = report.items().len();
    let mut states = Vec::with_capacity(total);
    for item in report.items() {
        if go_on(states.len(), total).is_break() {
            return Ok(None);
        }
        states.push(state(item, registry, store)?);
    }
    Ok(go_on(total, total).is_continue().then_some(states))
}

/// The scale whose letters and digits a report has.
pub const SCALE: &str = "admiralty";

/// Those who have graded a source or an item of this report on [`SCALE`], sorted by name.
pub fn assessors(report: &Report, registry: &Registry) -> BTreeSet<String> {
    let ours = assessments(report, registry).filter(|assessment| assessment.scale == SCALE);
    ours.map(|assessment| assessment.by.clone()).collect()
}

/// The other scales on which a source or an item of this report was graded. Those grades are not
/// used: a letter of another scale is another judgement, and conversions lose something.
pub fn other_scales(report: &Report, registry: &Registry) -> BTreeSet<String> {
    let others = assessments(report, registry).filter(|assessment| assessment.scale != SCALE);
    others.map(|assessment| assessment.scale.clone()).collect()
}

fn assessments<'a>(
    report: &'a Report,
    registry: &'a Registry,
) -> impl Iterator<Item = &'a Assessment> {
    let sources = report.sources().iter().filter_map(|source| registry.source(&source.id));
    let items = report.items().iter().filter_map(|item| registry.item(&item.id));
    let grades = sources.map(|record| &record.grades).chain(items.map(|record| &record.grades));
    grades.flat_map(|grades| grades.letters().chain(grades.digits()))
}

/// The report with the ledger's grades on [`SCALE`] in the place of its own. Where this assessor has graded,
/// it is that grade, elsewhere the latest; what the ledger does not grade stays as it is.
///
/// What the ledger says counts no longer, an item or all that a source says, is withdrawn in the
/// report too, whoever graded it.
///
/// # Errors
/// When the report is not valid with those grades.
pub fn graded_by(
    report: &Report,
    registry: &Registry,
    assessor: Option<&str>,
) -> Result<Report, Problems> {
    let mut wire: wire::Report = report.to_wire();
    let chosen = |grades: &Grades, letters: bool| -> Option<Assessment> {
        let mut marks: Vec<&Assessment> =
            if letters { grades.letters().collect() } else { grades.digits().collect() };
        marks.retain(|assessment| assessment.scale == SCALE);
        let own = marks.iter().find(|assessment| Some(assessment.by.as_str()) == assessor);
        own.or_else(|| marks.iter().max_by_key(|assessment| assessment.index))
            .map(|assessment| (*assessment).clone())
    };
    for source in &mut wire.sources {
        let Some(record) = registry.source(&source.id) else { continue };
        if let Some(Assessment { mark: Mark::Reliability(letter), because, .. }) =
            chosen(&record.grades, true)
        {
            source.reliability = Some(letter);
            source.graded_because = Some(because);
        }
    }
    for item in &mut wire.items {
        let source = registry.source(&item.source).and_then(|source| source.withdrawn.as_ref());
        let own = registry.item(&item.id).and_then(|item| item.withdrawn.as_ref());
        if let Some(Withdrawal { at, because, .. }) = own.or(source) {
            item.withdrawn = Some(*at);
            item.withdrawn_because = Some(because.clone());
        }
        let Some(record) = registry.item(&item.id) else { continue };
        if let Some(Assessment { mark: Mark::Credibility(digit), .. }) =
            chosen(&record.grades, false)
        {
            item.credibility = Some(digit);
        }
        if let Some(Assessment { mark: Mark::Reliability(letter), because, .. }) =
            chosen(&record.grades, true)
        {
            item.reliability = Some(letter);
            item.graded_because = Some(because);
        }
    }
    wire.check()
}

fn state(item: &Item, registry: &Registry, store: &dyn Store) -> Result<ArchiveState, StoreError> {
    let own = item.captures().iter().map(|capture| (capture.digest, Quality::Whole));
    let recorded = registry.item(&item.id).map_or(&[][..], |record| &record.captures);
    let recorded = recorded.iter().map(|(_, capture)| (capture.digest, Quality::of(capture)));
    let at_address = item.url().into_iter().flat_map(|url| registry.captured_from(url));
    let mut best: BTreeMap<Digest, Quality> = BTreeMap::new();
    for (digest, quality) in own.chain(recorded).chain(at_address) {
        let known = best.entry(digest).or_insert(quality);
        *known = quality.max(*known);
    }
    let mut found = BTreeSet::new();
    for (digest, quality) in best {
        found.insert(match quality {
            Quality::Refused => ArchiveState::None,
            Quality::Doubtful | Quality::Whole => match read_again(store, digest)? {
                ArchiveState::Verified if quality == Quality::Doubtful => ArchiveState::Archived,
                state => state,
            },
        });
    }
    // What is wrong with one copy is not made good by another.
    let worst_first = [
        ArchiveState::Changed,
        ArchiveState::Missing,
        ArchiveState::Verified,
        ArchiveState::Archived,
    ];
    Ok(worst_first.into_iter().find(|state| found.contains(state)).unwrap_or(ArchiveState::None))
}

fn read_again(store: &dyn Store, digest: Digest) -> Result<ArchiveState, StoreError> {
    let mut reader = match store.open(digest) {
        Ok(reader) => reader,
        Err(StoreError::Missing { .. }) => return Ok(ArchiveState::Missing),
        Err(error) => return Err(error),
    };
    match io::copy(&mut reader, &mut io::sink()) {
        Ok(_) => Ok(ArchiveState::Verified),
        Err(error) => match StoreError::reading(digest, error) {
            StoreError::Mismatch { .. } => Ok(ArchiveState::Changed),
            error => Err(error),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::capture::Capture;
    use super::super::event::{Event, Subject, What};
    use super::super::store::FolderStore;
    use super::ArchiveState::{Archived, Changed, Missing, Verified};
    use super::*;
    use crate::digest::Algorithm;

    fn report(digest: Digest, lost: Digest) -> Report {
        let item = |id: &str, digest: Option<Digest>| {
            let capture = digest.map_or(String::new(), |digest| {
                format!("captures = [{{ digest = \"{digest}\" }}]\n")
            });
            format!("[[items]]\nid = \"{id}\"\nsource = \"s\"\nclaim = \"c\"\n{capture}")
        };
        let items = [
            item("kept", Some(digest)),
            item("lost", Some(lost)),
            item("never", None),
            item("by-ledger", None),
        ];
        Report::from_toml(&format!(
            "format = \"probative/1\"\ntitle = \"t\"\n[[sources]]\nid = \"s\"\nname = \"S\"\n{}",
            items.concat()
        ))
        .unwrap()
    }

    #[test]
    fn what_came_from_an_items_address_is_its_capture_unless_it_was_an_error() {
        let place = tempfile::tempdir().unwrap();
        let store = FolderStore::create(place.path()).unwrap();
        let report = Report::from_toml(
            "format = \"probative/1\"\ntitle = \"t\"\n[[sources]]\nid = \"s\"\n\
             [[items]]\nid = \"1\"\nsource = \"s\"\nurl = \"https://E.org\"\n",
        )
        .unwrap();
        let at = "2026-06-01".parse().unwrap();
        let mut registry = Registry::default();
        let mut came = |url: &str, bytes: &[u8], change: &dyn Fn(&mut Capture)| {
            let kept = store.put(Algorithm::Sha256, &mut &*bytes).unwrap();
            let mut capture = Capture::new(url, at, kept.digest, kept.length);
            change(&mut capture);
            registry.apply(0, Event::new(at, "jd", What::Captured(capture)));
            states(&report, &registry, &store).unwrap()[0]
        };
        assert_eq!(came("https://e.org/other", b"another page", &|_| {}), ArchiveState::None);
        assert_eq!(
            came("https://e.org/", b"gone", &|one| one.status = Some(404)),
            ArchiveState::None
        );
        let cut = |one: &mut Capture| one.truncated = Some("length".to_owned());
        assert_eq!(came("https://e.org/", b"the pa", &cut), Archived);
        let bent = |one: &mut Capture| one.faults = vec!["WARC-Payload-Digest: no".to_owned()];
        assert_eq!(came("https://e.org/", b"the page", &bent), Archived);
        assert_eq!(came("https://e.org/", b"the page", &|one| one.status = Some(200)), Verified);
    }

    #[test]
    fn each_item_has_its_state_and_each_assessor_a_report() {
        let place = tempfile::tempdir().unwrap();
        let store = FolderStore::create(place.path()).unwrap();
        let put = |bytes: &[u8]| store.put(Algorithm::Sha256, &mut &*bytes).unwrap().digest;
        let (kept, ledger) = (put(b"kept"), put(b"by the ledger"));
        let report = report(kept, Digest::of(b"lost"));
        let at = "2026-06-01".parse().unwrap();
        let mut registry = Registry::default();
        let mut capture = Capture::new("https://e.org/", at, ledger, 13);
        capture.item = Some("by-ledger".to_owned());
        registry.apply(0, Event::new(at, "jd", What::Captured(capture)));
        let states = |registry: &Registry| super::states(&report, registry, &store).unwrap();
        assert_eq!(states(&registry), [Verified, Missing, ArchiveState::None, Verified]);

        let hex = kept.hex();
        let path = place.path().join("objects/sha256").join(&hex[..2]).join(&hex[2..]);
        fs::remove_file(&path).unwrap();
        fs::write(&path, "bent").unwrap();
        assert_eq!(states(&registry), [Changed, Missing, ArchiveState::None, Verified]);

        for (index, by, of, mark) in [
            (1, "jd", Subject::Item("kept".into()), Mark::Credibility("2".parse().unwrap())),
            (2, "mk", Subject::Item("kept".into()), Mark::Credibility("5".parse().unwrap())),
            (3, "jd", Subject::Source("s".into()), Mark::Reliability("B".parse().unwrap())),
        ] {
            let what = What::Graded { because: "b".into(), mark, of, scale: "admiralty".into() };
            registry.apply(index, Event::new(at, by, what));
        }
        assert!(assessors(&report, &registry).iter().eq(["jd", "mk"]));
        let grades = |assessor| {
            let report = graded_by(&report, &registry, assessor).unwrap().to_wire();
            let digit = report.items[0].credibility.map(|digit| digit.to_string());
            (
                digit.unwrap(),
                report.sources[0].reliability.map(|letter| letter.to_string()).unwrap(),
            )
        };
        assert_eq!(grades(Some("jd")), ("2".to_owned(), "B".to_owned()));
        assert_eq!(grades(Some("mk")), ("5".to_owned(), "B".to_owned()));
        assert_eq!(grades(None), ("5".to_owned(), "B".to_owned()), "the latest");

        let withdrawn = |registry: &Registry| -> Vec<Option<String>> {
            let report = graded_by(&report, registry, Some("jd")).unwrap().to_wire();
            report.items.into_iter().map(|item| item.withdrawn_because).collect()
        };
        let mut withdraw = |index, because: &str, subject| {
            let what = What::Withdrawn { because: because.into(), subject };
            registry.apply(index, Event::new(at, "mk", what));
            withdrawn(&registry)
        };
        let lost = withdraw(4, "retracted", Subject::Item("lost".into()));
        assert_eq!(lost, [None, Some("retracted".to_owned()), None, None]);
        let all = withdraw(5, "never existed", Subject::Source("s".into()));
        let expected = ["never existed", "retracted", "never existed", "never existed"];
        assert!(all.iter().flatten().eq(expected), "{all:?}");
    }
}
