//! Known sources: the only place from which a draft takes a letter.

mod table;

use std::collections::HashMap;

use serde::Deserialize;
use url::Url;

use crate::grade::Reliability;
use crate::moment::Moment;
use crate::report::{Document, Format, Problems, SourceKind};

/// A list of known sources, with the letters that somebody gave them.
///
/// As TOML:
///
/// ```toml
/// name = "Desk register"
/// as_of = 2023-05-01                  # when the letters were given
///
/// [[sources]]
/// name = "Border Watch"
/// aliases = ["BW"]
/// domains = ["borderwatch.example"]   # or a path: "paper.example/blogs"
/// kind = "ngo"
/// reliability = "B"
/// because = "its counts were borne out by later records"
/// ```
///
/// As CSV: the columns `name`, `domains` (or `urls`), and `reliability` or `status`, and any of
/// `aliases`, `kind`, `owner`, `because`, `as_of`; several values of one cell as a JSON list or
/// with `;` between them; other columns are not read. A `status` is one of Wikipedia's words for
/// sources and read as a letter: "generally reliable" as B (usually reliable), "generally
/// unreliable" as D (not usually reliable), "deprecated" and "blacklisted" as E (unreliable). "No
/// consensus" and any other word give no letter.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    name: String,
    as_of: Option<Moment>,
    entries: Vec<Entry>,
    hosts: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
}

impl Registry {
    /// Reads a registry from TOML; `name` is used when the file gives none.
    ///
    /// # Errors
    /// Every problem of the text, each with its place.
    pub fn from_toml(text: &str, name: &str) -> Result<Self, Problems> {
        let mut tree = Document::parse(text, Format::Toml)?;
        let sources: Vec<Known> = tree.list("sources");
        let head: Option<Head> = tree.rest();
        tree.finish(Vec::new())?;
        let head = head.unwrap_or_default();
        let mut registry = Self::named(head.name.as_deref().unwrap_or(name), head.as_of);
        for known in sources {
            registry.add(known);
        }
        Ok(registry)
    }

    /// Reads a registry from CSV with a line of headings.
    ///
    /// # Errors
    /// When a column is missing or a line is no CSV; every value that cannot be read, with its
    /// line.
    pub fn from_csv(text: &str, name: &str) -> Result<Self, Problems> {
        let mut registry = Self::named(name, None);
        for known in table::read(text)? {
            registry.add(known);
        }
        Ok(registry)
    }

    /// The same registry with the date on which its letters were given, where it states none.
    #[must_use]
    pub fn dated(mut self, as_of: Moment) -> Self {
        self.as_of.get_or_insert(as_of);
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When its letters were given, where that is stated for all of them.
    pub fn as_of(&self) -> Option<Moment> {
        self.as_of
    }

    /// How many sources it knows.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries for an address: those of its host before those of the domain above it, the
    /// longest path first. Several when they are equally near.
    pub(super) fn at(&self, url: &Url) -> Vec<&Entry> {
        let Some(host) = url.host_str() else { return Vec::new() };
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let mut host = host.strip_prefix("www.").unwrap_or(&host);
        loop {
            let near = self.nearest(host, url.path());
            if !near.is_empty() {
                return near;
            }
            match host.split_once('.') {
                Some((_, above)) if above.contains('.') => host = above,
                _ => return Vec::new(),
            }
        }
    }

    /// The entries of this name or alias.
    pub(super) fn called(&self, name: &str) -> Vec<&Entry> {
        let found = self.names.get(&plain(name)).into_iter().flatten();
        found.filter_map(|at| self.entries.get(*at)).collect()
    }

    fn nearest(&self, host: &str, path: &str) -> Vec<&Entry> {
        let mut near: Vec<(usize, &Entry)> = Vec::new();
        for entry in
            self.hosts.get(host).into_iter().flatten().filter_map(|at| self.entries.get(*at))
        {
            let longest = entry
                .places
                .iter()
                .filter(|(one, prefix)| one == host && is_under(path, prefix))
                .map(|(_, prefix)| prefix.len())
                .max();
            near.extend(longest.map(|length| (length, entry)));
        }
        let most = near.iter().map(|(length, _)| *length).max().unwrap_or_default();
        near.into_iter().filter(|(length, _)| *length == most).map(|(_, entry)| entry).collect()
    }

    fn named(name: &str, as_of: Option<Moment>) -> Self {
        Self { name: name.to_owned(), as_of, ..Self::default() }
    }

    fn add(&mut self, known: Known) {
        let at = self.entries.len();
        let (letter, reading) = match (known.reliability, &known.status) {
            (Some(letter), status) => (Some(letter), status.clone()),
            (None, Some(status)) => (letter_of(status), Some(status.clone())),
            (None, None) => (None, None),
        };
        let mut places = Vec::new();
        for domain in &known.domains {
            if let Some(place) = place(domain) {
                let list = self.hosts.entry(place.0.clone()).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
                places.push(place);
            }
        }
        for name in names(&known.name).into_iter().chain(known.aliases.iter().map(String::as_str)) {
            let list = self.names.entry(plain(name)).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
        self.entries.push(Entry {
            name: known.name,
            letter,
            explicit: known.reliability.is_some(),
            status: reading,
            because: known.because,
            kind: known.kind,
            owner: known.owner,
            as_of: known.as_of,
            places,
        });
    }
}

/// A known source.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) letter: Option<Reliability>,
    /// Whether the letter stands there as a letter.
    pub(super) explicit: bool,
    pub(super) status: Option<String>,
    pub(super) because: Option<String>,
    pub(super) kind: Option<SourceKind>,
    pub(super) owner: Option<String>,
    pub(super) as_of: Option<Moment>,
    /// Host without `www.`, and the path that must come first.
    places: Vec<(String, String)>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
struct Head {
    name: Option<String>,
    as_of: Option<Moment>,
    // Read before, and only named here so that it is no unknown key.
    #[serde(default, rename = "sources")]
    _sources: Vec<serde::de::IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
struct Known {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    domains: Vec<String>,
    reliability: Option<Reliability>,
    status: Option<String>,
    because: Option<String>,
    kind: Option<SourceKind>,
    owner: Option<String>,
    as_of: Option<Moment>,
}

/// The letter that a status comes to: the worst of those that it names.
fn letter_of(status: &str) -> Option<Reliability> {
    let status = status.to_lowercase();
    if status.contains("deprecated") || status.contains("blacklisted") {
        Some(Reliability::E)
    } else if status.contains("generally unreliable") {
        Some(Reliability::D)
    } else if status.contains("no consensus") {
        None
    } else if status.contains("generally reliable") {
        Some(Reliability::B)
    } else {
        None
    }
}

/// Host and path of a domain as registries write them, with or without a scheme.
fn place(domain: &str) -> Option<(String, String)> {
    let domain = domain.trim();
    let whole = if domain.contains("://") { domain.to_owned() } else { format!("http://{domain}") };
    let url = Url::parse(&whole).ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    // A fragment names a part of a page: nothing that is published there.
    let path = match url.fragment() {
        Some(fragment) => format!("{}#{fragment}", url.path()),
        None => url.path().trim_end_matches('/').to_owned(),
    };
    host.contains('.').then_some((host, path))
}

fn is_under(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// "BBC (British Broadcasting Corporation)" is known by both names.
fn names(name: &str) -> Vec<&str> {
    let mut found = vec![name];
    if let Some((head, rest)) = name.split_once('(')
        && let Some(inner) = rest.trim_end().strip_suffix(')')
    {
        found.push(head);
        found.extend(inner.split(','));
    }
    found
}

/// The form in which names are compared.
fn plain(name: &str) -> String {
    let folded = super::words::fold(name).to_lowercase();
    folded.strip_prefix("the ").unwrap_or(&folded).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = "id,name,status,urls\n\
        1,\"Post (The Daily Post, DP)\",\"[\"\"Generally reliable\"\"]\",\"[\"\"www.post.example.com\"\"]\"\n\
        2,Post contributors,\"[\"\"Generally unreliable\"\"]\",\"[\"\"post.example.com/sites\"\"]\"\n\
        3,Chirp,\"[\"\"Blacklisted\"\", \"\"No consensus\"\"]\",\"[\"\"stocks.example.org/q/chirp\"\", \"\"chirp.example.net\"\"]\"\n\
        4,Twin A,No consensus,twin.example.com\n5,Twin B,Deprecated,twin.example.com\n";

    fn found(registry: &Registry, url: &str) -> Vec<(String, Option<Reliability>)> {
        let found = registry.at(&Url::parse(url).unwrap());
        found.into_iter().map(|one| (one.name.clone(), one.letter)).collect()
    }

    #[test]
    fn a_table_is_asked_by_host_path_and_name() {
        let registry = Registry::from_csv(CSV, "table").unwrap();
        assert_eq!(found(&registry, "https://post.example.com/a")[0].1, Some(Reliability::B));
        let sites = found(&registry, "https://post.example.com/sites/x");
        assert_eq!(sites, [("Post contributors".into(), Some(Reliability::D))]);
        assert_eq!(found(&registry, "https://m.chirp.example.net/1")[0].1, Some(Reliability::E));
        for url in [
            "https://stocks.example.org/q",
            "https://post.example.com.evil.org/",
            "https://notpost.example.com/",
        ] {
            assert!(found(&registry, url).is_empty(), "{url}");
        }
        assert_eq!(found(&registry, "https://twin.example.com/").len(), 2);
        assert_eq!(registry.called("the daily post").len(), 1);
        assert_eq!(registry.called("daily").len(), 0);
    }

    #[test]
    fn toml_says_every_problem() {
        let text = "name = \"Desk\"\nas_of = 2023-05-01\n[[sources]]\nname = \"W\"\n\
                    domains = [\"w.example.org\"]\nreliability = \"B\"\nbecause = \"x\"\n";
        let registry = Registry::from_toml(text, "file").unwrap();
        assert_eq!((registry.name(), registry.len()), ("Desk", 1));
        let problems =
            Registry::from_toml(&text.replace("\"B\"", "\"Q\"").replace("because", "cause"), "f");
        assert_eq!(problems.unwrap_err().len(), 2);
    }

    #[test]
    fn a_table_says_what_it_cannot_read() {
        let message = |text| Registry::from_csv(text, "t").unwrap_err().to_string();
        assert!(message("a,b\n1,2\n").contains("name"));
        assert!(message("name,reliability\nx,Q\n").contains("2:"));
        assert!(message("name,status\nx,y,z\n").contains("2:"));
    }
}
