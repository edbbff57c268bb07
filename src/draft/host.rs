//! Hosts of links: who publishes there, by registrable domain and never by a part of a name.

use url::{Host, Url};

use crate::report::{Channel, SourceKind};

/// What the host of a link says of its publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Publisher {
    /// The registrable domain: `bbc.co.uk` of `news.bbc.co.uk`.
    pub(super) domain: String,
    pub(super) kind: SourceKind,
    pub(super) channel: Option<Channel>,
}

/// The publisher of a link, when its host has a registrable domain.
pub(super) fn publisher(url: &Url) -> Option<Publisher> {
    let Some(Host::Domain(host)) = url.host() else { return None };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let suffix = psl::suffix_str(&host)?.to_owned();
    let domain = psl::domain_str(&host)?.to_owned();
    let under = |names: &[&str]| {
        names.iter().any(|name| {
            suffix == *name
                || suffix.ends_with(&format!(".{name}"))
                || suffix.starts_with(&format!("{name}."))
        })
    };
    let (kind, channel) = if PLATFORMS.contains(&domain.as_str()) {
        (SourceKind::Anonymous, Some(Channel::SocialMedia))
    } else if under(&["gov", "mil", "gouv", "gob"]) || domain == "europa.eu" {
        let kind = if domain == "europa.eu" {
            SourceKind::Intergovernmental
        } else {
            SourceKind::Government
        };
        (kind, Some(Channel::OfficialStatement))
    } else if under(&["int"]) || domain == "un.org" {
        (SourceKind::Intergovernmental, Some(Channel::OfficialStatement))
    } else if under(&["edu", "ac"]) {
        (SourceKind::Research, Some(Channel::Research))
    } else {
        (SourceKind::Other, None)
    };
    Some(Publisher { domain, kind, channel })
}

/// Where anybody can post under any name.
const PLATFORMS: &[&str] = &[
    "twitter.com",
    "x.com",
    "t.co",
    "t.me",
    "telegram.org",
    "telegram.me",
    "facebook.com",
    "fb.com",
    "instagram.com",
    "tiktok.com",
    "youtube.com",
    "youtu.be",
    "reddit.com",
    "discord.com",
    "discord.gg",
    "vk.com",
    "ok.ru",
    "weibo.com",
    "bsky.app",
    "mastodon.social",
    "threads.net",
    "linkedin.com",
    "4chan.org",
    "bitchute.com",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn host(url: &str) -> Option<(String, SourceKind, Option<Channel>)> {
        publisher(&Url::parse(url).unwrap()).map(|one| (one.domain, one.kind, one.channel))
    }

    #[test]
    fn the_registrable_domain_names_the_publisher() {
        let domain = |url| host(url).map(|(domain, _, _)| domain);
        assert_eq!(domain("https://news.bbc.co.uk/x").as_deref(), Some("bbc.co.uk"));
        assert_eq!(domain("https://a.blogspot.com/").as_deref(), Some("a.blogspot.com"));
        assert_eq!(domain("https://WWW.Example.COM./").as_deref(), Some("example.com"));
        for url in ["http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://co.uk/"] {
            assert_eq!(domain(url), None, "{url}");
        }
    }

    #[test]
    fn a_name_within_a_name_is_another_host() {
        let social = Some(Channel::SocialMedia);
        assert_eq!(host("https://mobile.twitter.com/a/1").unwrap().2, social);
        for url in [
            "https://twitter.com.evil.example.com/a",
            "https://nottwitter.com/",
            "https://evil.com/twitter.com",
        ] {
            assert_ne!(host(url).and_then(|one| one.2), social, "{url}");
        }
        assert_eq!(host("https://home.treasury.gov/x").unwrap().1, SourceKind::Government);
        assert_eq!(host("https://www.mod.gov.uk/x").unwrap().1, SourceKind::Government);
        assert_eq!(host("https://gov.evil.com/").unwrap().1, SourceKind::Other);
    }
}
