//! The sources that a text names, each once, and what registries know of them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use url::Url;

use super::attribution::Speaker;
use super::host::Publisher;
use super::registry::{Entry, Registry};
use crate::grade::Reliability;
use crate::moment::Moment;
use crate::report::{SourceKind, wire};

#[derive(Default)]
pub(super) struct Sources<'d> {
    registries: &'d [Registry],
    list: Vec<wire::Source>,
    by_key: HashMap<String, usize>,
    ids: HashSet<String>,
    /// By the last word of a person's name; `None` when two share it.
    surnames: HashMap<String, Option<usize>>,
    /// New sources since the last call of [`take_new`](Self::take_new), with what a registry said.
    new: Vec<New>,
}

/// A source that a registry may have known.
pub(super) struct New {
    pub(super) source: usize,
    pub(super) range: Range<usize>,
    pub(super) known: Option<Known>,
}

/// What registries know of a source.
#[derive(Clone, Debug)]
pub(super) enum Known {
    Letter { letter: Reliability, because: String, dated: bool },
    Undecided { message: String },
    Ambiguous { message: String },
}

impl<'d> Sources<'d> {
    pub(super) fn new(registries: &'d [Registry]) -> Self {
        Self { registries, ..Self::default() }
    }

    pub(super) fn get(&self, at: usize) -> Option<&wire::Source> {
        self.list.get(at)
    }

    pub(super) fn into_list(self) -> Vec<wire::Source> {
        self.list
    }

    pub(super) fn take_new(&mut self) -> Vec<New> {
        std::mem::take(&mut self.new)
    }

    /// The source of a citation of which nothing is known. One for all: that they are different
    /// sources would be invented.
    pub(super) fn unnamed(&mut self, range: &Range<usize>) -> usize {
        let make = || wire::Source {
            name: "Sources that the text does not name".to_owned(),
            kind: Some(SourceKind::Other),
            ..wire::Source::new("not-named")
        };
        self.intern("?".to_owned(), range, make, &[])
    }

    pub(super) fn speaker(&mut self, speaker: &Speaker) -> usize {
        if speaker.vague && speaker.channel == crate::report::Channel::Unattributed {
            let make = || wire::Source {
                name: "Reports that name nobody".to_owned(),
                kind: Some(SourceKind::Anonymous),
                ..wire::Source::new("unattributed")
            };
            return self.intern("!".to_owned(), &speaker.range, make, &[]);
        }
        let name = plain(&speaker.name);
        if speaker.named
            && let Some(Some(person)) = self.surnames.get(&name)
        {
            return *person;
        }
        let known = if speaker.named { self.called(&speaker.name) } else { Vec::new() };
        let kind = Some(speaker.kind);
        let key = format!("{}{name}", if speaker.named { "n:" } else { "d:" });
        let fresh = !self.by_key.contains_key(&key);
        let make = || wire::Source {
            name: speaker.name.clone(),
            kind,
            ..wire::Source::new(slug(&speaker.name))
        };
        let at = self.intern(key, &speaker.range, make, &known);
        if fresh
            && speaker.named
            && speaker.kind == SourceKind::Individual
            && let Some(surname) =
                name.rsplit(' ').next().filter(|surname| surname.len() < name.len())
        {
            self.surnames
                .entry(surname.to_owned())
                .and_modify(|one| *one = None)
                .or_insert(Some(at));
        }
        at
    }

    /// A source that the text names without letting it speak: "(source: Reuters)".
    pub(super) fn named(&mut self, name: &str, range: &Range<usize>) -> usize {
        let name = super::quote::short(name, LONGEST_NAME);
        let known = self.called(&name);
        let make = || wire::Source { name: name.clone(), ..wire::Source::new(slug(&name)) };
        self.intern(format!("n:{}", plain(&name)), range, make, &known)
    }

    /// The publisher of an address. Parts of one domain that a registry tells apart are sources
    /// of their own, of one owner.
    pub(super) fn publisher(&mut self, one: &Publisher, url: &Url, range: &Range<usize>) -> usize {
        let known: Vec<(&Registry, &Entry)> = self
            .registries
            .iter()
            .flat_map(|registry| registry.at(url).into_iter().map(move |entry| (registry, entry)))
            .collect();
        let part = known.first().map(|(_, entry)| entry.name.as_str()).unwrap_or_default();
        let key = format!("h:{}:{part}", one.domain);
        let name = if part.is_empty() { one.domain.clone() } else { part.to_owned() };
        let id = if part.is_empty() { slug(&one.domain.replace('.', "-")) } else { slug(part) };
        let home = Url::parse(&format!("{}://{}/", url.scheme(), one.domain)).ok();
        let make =
            || wire::Source { name, kind: Some(one.kind), url: home, ..wire::Source::new(id) };
        self.intern(key, range, make, &known)
    }

    fn called(&self, name: &str) -> Vec<(&'d Registry, &'d Entry)> {
        let registries = self.registries.iter();
        registries
            .flat_map(|registry| {
                registry.called(name).into_iter().map(move |entry| (registry, entry))
            })
            .collect()
    }

    fn intern(
        &mut self,
        key: String,
        range: &Range<usize>,
        make: impl FnOnce() -> wire::Source,
        known: &[(&Registry, &Entry)],
    ) -> usize {
        if let Some(&at) = self.by_key.get(&key) {
            return at;
        }
        let mut source = make();
        source.drafted = Some(true);
        let stem = if source.id.is_empty() { "source".to_owned() } else { source.id.clone() };
        let mut id = stem.clone();
        let mut count = 1;
        while !self.ids.insert(id.clone()) {
            count += 1;
            // Many alike: a number that is most likely free, so that this stays linear.
            let number = if count > 9 { self.list.len() + count } else { count };
            id = format!("{stem}-{number}");
        }
        source.id = id;
        let known = what_is_known(known, &mut source);
        let at = self.list.len();
        self.list.push(source);
        self.by_key.insert(key, at);
        self.new.push(New { source: at, range: range.clone(), known });
        at
    }
}

/// Takes over what the entries say of the source; a letter only when they agree on it.
fn what_is_known(known: &[(&Registry, &Entry)], source: &mut wire::Source) -> Option<Known> {
    let (registry, entry) = known.first()?;
    if known.iter().any(|(_, other)| {
        other.letter != entry.letter || other.status.is_some() != entry.status.is_some()
    }) {
        let named: Vec<String> = known
            .iter()
            .map(|(registry, entry)| {
                format!("`{}` in {} says {}", entry.name, registry.name(), verdict(entry))
            })
            .collect();
        return Some(Known::Ambiguous { message: named.join("; ") });
    }
    source.kind = entry.kind.or(source.kind);
    source.owner.clone_from(&entry.owner);
    let as_of = entry.as_of.or(registry.as_of());
    let when = dated(as_of);
    let Some(letter) = entry.letter else {
        let message = format!(
            "{} ({when}) knows it as `{}` and says {}",
            registry.name(),
            entry.name,
            verdict(entry)
        );
        return Some(Known::Undecided { message });
    };
    let because = match (&entry.because, &entry.status) {
        (Some(because), _) if entry.explicit => format!("{} ({when}): {because}", registry.name()),
        _ => format!("{} ({when}): {}", registry.name(), verdict(entry)),
    };
    source.reliability = Some(letter);
    source.graded_because = Some(super::quote::short(&because, 400));
    Some(Known::Letter { letter, because, dated: as_of.is_some() })
}

fn verdict(entry: &Entry) -> String {
    match (&entry.status, entry.letter) {
        (Some(status), Some(letter)) if !entry.explicit => {
            format!("\"{status}\", read as {letter}")
        }
        (Some(status), _) if !entry.explicit => format!("\"{status}\", which is no letter"),
        (_, Some(letter)) => letter.to_string(),
        _ => "nothing of its reliability".to_owned(),
    }
}

fn dated(as_of: Option<Moment>) -> String {
    as_of.map_or_else(|| "undated".to_owned(), |as_of| format!("as of {as_of}"))
}

/// The longest name that is kept of what a note or a bracket names.
const LONGEST_NAME: usize = 120;

/// The form in which names are compared: without points, the usual abbreviations as such.
fn plain(name: &str) -> String {
    let name = name.to_lowercase().replace(['.', '\'', '’'], "");
    let name = name.replace("united nations", "un").replace("united states", "us");
    super::words::fold(&name)
}

/// An id made of a name: lower case, digits and hyphens.
pub(super) fn slug(name: &str) -> String {
    const LONGEST: usize = 40;
    let mut slug = String::new();
    for character in name.chars() {
        if slug.len() >= LONGEST {
            break;
        }
        if character.is_alphanumeric() {
            slug.extend(character.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(character, '.' | '\'' | '’')
        {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
