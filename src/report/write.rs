//! From a checked report back to the file that it came from, comments and layout aside.

use super::wire;
use super::{AssumptionStatus, Authenticity, Channel, Item, Lineage, Parent, Relevance};
use super::{Report, SourceKind, Stance};
use crate::digest::Digest;

impl Report {
    /// The wire type: what is at its default is left out, so that one report has one form.
    pub fn to_wire(&self) -> wire::Report {
        let item_id = |index: &super::ItemIndex| self.items[index.get()].id.to_string();
        let source_id = |index: &super::SourceIndex| self.sources[index.get()].id.to_string();
        wire::Report {
            format: wire::FormatName::V1,
            title: self.title.clone(),
            publisher: self.publisher.clone(),
            cut_off: self.cut_off,
            yardstick: self.yardstick.clone(),
            source_summary: self.source_summary.as_ref().map(|summary| wire::SourceSummary {
                statement: summary.statement.clone(),
                sources: summary.sources.iter().map(source_id).collect(),
            }),
            sources: self
                .sources
                .iter()
                .map(|source| wire::Source {
                    id: source.id.to_string(),
                    name: source.name.to_string(),
                    kind: unless(source.kind, SourceKind::Other),
                    owner: source
                        .named_owner
                        .and_then(|owner| self.owner(owner))
                        .map(ToOwned::to_owned),
                    reliability: source.reliability,
                    graded_because: source.graded_because.as_deref().map(ToOwned::to_owned),
                    url: source.url.clone(),
                    drafted: source.drafted.then_some(true),
                })
                .collect(),
            items: self.items.iter().map(|item| self.wire_item(item)).collect(),
            judgements: self
                .judgements
                .iter()
                .map(|one| wire::Judgement {
                    id: one.id.to_string(),
                    statement: one.statement.to_string(),
                    likelihood: one.likelihood.as_deref().map(ToOwned::to_owned),
                    confidence: one.confidence,
                    prior: one.prior,
                    horizon: one.horizon,
                    rests_on: one
                        .rests_on
                        .iter()
                        .map(|link| wire::Link {
                            item: item_id(&link.item),
                            stance: unless(link.stance, Stance::Supports),
                            relevance: unless(link.relevance, Relevance::Circumstantial),
                        })
                        .collect(),
                    assumes: one
                        .assumes
                        .iter()
                        .map(|index| self.assumptions[index.get()].id.to_string())
                        .collect(),
                    dissents: one
                        .dissents
                        .iter()
                        .map(|dissent| wire::Dissent {
                            holder: dissent.holder.to_string(),
                            confidence: dissent.confidence,
                            statement: dissent.statement.to_string(),
                        })
                        .collect(),
                    drafted: one.drafted.then_some(true),
                })
                .collect(),
            assumptions: self
                .assumptions
                .iter()
                .map(|one| wire::Assumption {
                    id: one.id.to_string(),
                    statement: one.statement.to_string(),
                    status: unless(one.status, AssumptionStatus::Holds),
                    drafted: one.drafted.then_some(true),
                })
                .collect(),
            indicators: self
                .indicators
                .iter()
                .map(|one| wire::Indicator {
                    id: one.id.to_string(),
                    of: self.assumptions[one.of.get()].id.to_string(),
                    statement: one.statement.to_string(),
                    observed: one.observed,
                    drafted: one.drafted.then_some(true),
                })
                .collect(),
            gaps: self
                .gaps
                .iter()
                .map(|one| wire::Gap {
                    id: one.id.to_string(),
                    statement: one.statement.to_string(),
                    bears_on: one
                        .bears_on
                        .iter()
                        .map(|index| self.judgements[index.get()].id.to_string())
                        .collect(),
                    drafted: one.drafted.then_some(true),
                })
                .collect(),
        }
    }

    /// The report as TOML; read back, it is the same report.
    ///
    /// # Errors
    /// None that is known: everything that a report holds can be written.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(&self.to_wire())
    }

    /// The report as compact JSON; read back, it is the same report.
    pub fn to_json(&self) -> String {
        // The wire type has only text keys and finite numbers, so this cannot fail.
        serde_json::to_string(&self.to_wire()).unwrap_or_default()
    }

    /// SHA-256 of [`to_json`](Self::to_json): the same for a report read from TOML or JSON,
    /// however it was laid out.
    pub fn digest(&self) -> Digest {
        Digest::of(self.to_json().as_bytes())
    }

    fn wire_item(&self, item: &Item) -> wire::Item {
        let parent = |parent: &Parent| match parent {
            Parent::Item(index) => self.items[index.get()].id.to_string(),
            Parent::Source(index) => self.sources[index.get()].id.to_string(),
        };
        wire::Item {
            id: item.id.to_string(),
            source: self.sources[item.source.get()].id.to_string(),
            claim: item.claim.to_string(),
            credibility: item.credibility,
            reliability: item.reliability,
            graded_because: item.graded_because().map(ToOwned::to_owned),
            channel: unless(item.channel, Channel::Unattributed),
            authenticity: unless(item.authenticity, Authenticity::Unverified),
            authenticated_by: item.authenticated_by().map(ToOwned::to_owned),
            point: self.point(item.point).map(ToOwned::to_owned),
            lineage: match &item.lineage {
                Lineage::Unknown => None,
                Lineage::Original => Some(wire::Lineage::Original),
                Lineage::DerivedFrom(parents) => {
                    Some(wire::Lineage::DerivedFrom(parents.iter().map(parent).collect()))
                }
            },
            corroborated_by: item
                .corroborated_by
                .iter()
                .map(|index| self.items[index.get()].id.to_string())
                .collect(),
            url: item.url().cloned(),
            published: item.published(),
            accessed: item.accessed(),
            withdrawn: item.withdrawn(),
            withdrawn_because: item.withdrawn_because().map(ToOwned::to_owned),
            captures: item
                .captures()
                .iter()
                .map(|one| wire::Capture {
                    digest: one.digest,
                    retrieved: one.retrieved,
                    url: one.url.clone(),
                    media_type: one.media_type.clone(),
                    length: one.length,
                })
                .collect(),
            drafted: item.drafted.then_some(true),
        }
    }
}

fn unless<T: PartialEq>(value: T, default: T) -> Option<T> {
    (value != default).then_some(value)
}
