//! From the wire type to a checked report: every reference resolved, every problem found.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::decode::{Step, path_text, shorten};
use super::item::Details;
use super::lineage::{Lineages, MOST_ROOTS, Tangle};
use super::{
    Assumption, AssumptionIndex, AssumptionStatus, Authenticity, Capture, Channel, Dissent,
    Document, Gap, Indicator, Item, ItemIndex, Judgement, JudgementIndex, Lineage, Link,
    OwnerIndex, Parent, PointIndex, Problem, ProblemCode, Problems, Relevance, Report, Source,
    SourceIndex, SourceKind, SourceSummary, Stance, wire,
};

/// Resolves a wire report; `document` gives places to the problems and holds those of shape.
pub(super) fn check(
    file: wire::Report,
    document: Option<Document<'_>>,
) -> Result<Report, Problems> {
    let mut check = Check { document, problems: Vec::new() };
    let sources_by_id = check.ids("sources", file.sources.iter().map(|one| &*one.id));
    let items_by_id = check.ids("items", file.items.iter().map(|one| &*one.id));
    let judgements_by_id = check.ids("judgements", file.judgements.iter().map(|one| &*one.id));
    let assumptions_by_id = check.ids("assumptions", file.assumptions.iter().map(|one| &*one.id));
    let _ = check.ids("indicators", file.indicators.iter().map(|one| &*one.id));
    let _ = check.ids("gaps", file.gaps.iter().map(|one| &*one.id));

    let mut owners = Names::default();
    let sources: Vec<Source> = file
        .sources
        .iter()
        .enumerate()
        .map(|(at, source)| {
            if source.owner.as_deref().is_some_and(|owner| owner.trim().is_empty()) {
                let path = ["sources".into(), at.into(), "owner".into()];
                check.report(ProblemCode::InvalidValue, &path, "expected a name, found none");
            }
            let owner = owners.intern(source.owner.as_deref().unwrap_or(&source.id));
            let owner = OwnerIndex::new(owner);
            Source {
                id: source.id.as_str().into(),
                name: source.name.as_str().into(),
                kind: source.kind.unwrap_or(SourceKind::Other),
                named_owner: source.owner.as_ref().map(|_| owner),
                owner,
                reliability: source.reliability,
                graded_because: source.graded_because.as_deref().map(Into::into),
                url: source.url.clone(),
                drafted: source.drafted.unwrap_or(false),
            }
        })
        .collect();

    let mut points = Names::default();
    let named: Vec<Option<usize>> = file
        .items
        .iter()
        .map(|item| item.point.as_deref().map(|point| points.intern(point)))
        .collect();
    let mut items = Vec::with_capacity(file.items.len());
    for (at, item) in file.items.into_iter().enumerate() {
        let path = |key: &str| [Step::from("items"), at.into(), key.into()];
        let source = check.resolve(&sources_by_id, &item.source, &path("source"), "source");
        let lineage = check.lineage(&item, at, &items_by_id, &sources_by_id);
        let corroborated_by =
            check.references(&items_by_id, &item.corroborated_by, &path("corroborated_by"), "item");
        if item.corroborated_by.contains(&item.id) {
            let message = format!("`{}` confirms itself", shorten(&item.id));
            check.report(ProblemCode::InvalidReference, &path("corroborated_by"), message);
        }
        let point = named[at].unwrap_or(points.list.len() + at);
        items.push(Item {
            source: SourceIndex::new(source.unwrap_or_default()),
            credibility: item.credibility,
            reliability: item.reliability,
            channel: item.channel.unwrap_or(Channel::Unattributed),
            authenticity: item.authenticity.unwrap_or(Authenticity::Unverified),
            point: PointIndex::new(point),
            lineage,
            corroborated_by: corroborated_by.into_iter().map(ItemIndex::new).collect(),
            drafted: item.drafted.unwrap_or(false),
            details: details(&item),
            id: item.id.into(),
            claim: item.claim.into(),
        });
    }

    let judgements: Vec<Judgement> = file
        .judgements
        .into_iter()
        .enumerate()
        .map(|(at, one)| check.judgement(one, at, &items_by_id, &assumptions_by_id))
        .collect();
    let assumptions = file
        .assumptions
        .into_iter()
        .map(|one| Assumption {
            id: one.id.into(),
            statement: one.statement.into(),
            status: one.status.unwrap_or(AssumptionStatus::Holds),
            drafted: one.drafted.unwrap_or(false),
        })
        .collect();
    let indicators = file
        .indicators
        .into_iter()
        .enumerate()
        .map(|(at, one)| {
            let path = ["indicators".into(), at.into(), "of".into()];
            let of = check.resolve(&assumptions_by_id, &one.of, &path, "assumption");
            Indicator {
                id: one.id.into(),
                of: AssumptionIndex::new(of.unwrap_or_default()),
                statement: one.statement.into(),
                observed: one.observed,
                drafted: one.drafted.unwrap_or(false),
            }
        })
        .collect();
    let gaps = file
        .gaps
        .into_iter()
        .enumerate()
        .map(|(at, one)| {
            let path = ["gaps".into(), at.into(), "bears_on".into()];
            let bears_on = check.references(&judgements_by_id, &one.bears_on, &path, "judgement");
            Gap {
                id: one.id.into(),
                statement: one.statement.into(),
                bears_on: bears_on.into_iter().map(JudgementIndex::new).collect(),
                drafted: one.drafted.unwrap_or(false),
            }
        })
        .collect();
    let source_summary = file.source_summary.map(|summary| {
        let path = ["source_summary".into(), "sources".into()];
        let named = check.references(&sources_by_id, &summary.sources, &path, "source");
        SourceSummary {
            statement: summary.statement,
            sources: named.into_iter().map(SourceIndex::new).collect(),
        }
    });

    // Indices of what could not be resolved point anywhere; nothing may follow them.
    check.finish()?;
    let lineages = Lineages::trace(&items).or_else(|tangles| {
        for tangle in tangles {
            check.tangle(&tangle, &items);
        }
        check.finish().map(|()| Lineages::default())
    })?;
    Ok(Report {
        title: file.title,
        publisher: file.publisher,
        cut_off: file.cut_off,
        yardstick: file.yardstick,
        source_summary,
        sources,
        items,
        judgements,
        assumptions,
        indicators,
        gaps,
        owners: owners.list,
        points: points.list,
        lineages,
    })
}

struct Check<'t> {
    document: Option<Document<'t>>,
    problems: Vec<Problem>,
}

/// The ids of one list, and those whose entry could not be read.
struct Ids {
    place: HashMap<String, usize>,
    spoilt: HashSet<String>,
}

impl Check<'_> {
    fn report(&mut self, code: ProblemCode, path: &[Step], message: impl Into<String>) {
        match &mut self.document {
            Some(document) => document.report(code, path, message.into()),
            None if self.problems.len() > Problems::MOST => {}
            None => self.problems.push(Problem::new(code, path_text("", path), message)),
        }
    }

    fn finish(&mut self) -> Result<(), Problems> {
        let problems = std::mem::take(&mut self.problems);
        match &mut self.document {
            Some(document) => document.finish(problems),
            None => Problems::none_of(problems),
        }
    }

    fn ids<'i>(&mut self, list: &'static str, ids: impl Iterator<Item = &'i str>) -> Ids {
        let mut place = HashMap::new();
        for (at, id) in ids.enumerate() {
            let path = [list.into(), at.into(), "id".into()];
            if id.trim().is_empty() {
                self.report(ProblemCode::InvalidValue, &path, "expected an id, found an empty one");
            }
            match place.entry(id.to_owned()) {
                Entry::Vacant(free) => {
                    free.insert(at);
                }
                Entry::Occupied(first) => {
                    let message = format!(
                        "expected an id of its own, found `{}`, which {list}[{}] bears",
                        shorten(id),
                        first.get()
                    );
                    self.report(ProblemCode::DuplicateId, &path, message);
                }
            }
        }
        let spoilt =
            self.document.as_ref().map(|document| document.spoilt_ids(list)).unwrap_or_default();
        Ids { place, spoilt }
    }

    fn resolve(&mut self, ids: &Ids, id: &str, path: &[Step], what: &str) -> Option<usize> {
        let found = ids.place.get(id).copied();
        if found.is_none() && !ids.spoilt.contains(id) {
            let message = format!(
                "expected the id of {}, found `{}`, which is not in the report",
                an(what),
                shorten(id)
            );
            self.report(ProblemCode::MissingId, path, message);
        }
        found
    }

    /// Resolves a list of ids in which none may stand twice.
    fn references(&mut self, ids: &Ids, list: &[String], path: &[Step], what: &str) -> Vec<usize> {
        let mut seen = HashSet::new();
        let mut found = Vec::with_capacity(list.len());
        for (at, id) in list.iter().enumerate() {
            let path = [path, &[at.into()]].concat();
            if seen.insert(id) {
                found.extend(self.resolve(ids, id, &path, what));
            } else {
                let message = format!("`{}` is named twice", shorten(id));
                self.report(ProblemCode::InvalidReference, &path, message);
            }
        }
        found
    }

    fn lineage(&mut self, item: &wire::Item, at: usize, items: &Ids, sources: &Ids) -> Lineage {
        let names = match &item.lineage {
            None | Some(wire::Lineage::Unknown) => return Lineage::Unknown,
            Some(wire::Lineage::Original) => return Lineage::Original,
            Some(wire::Lineage::DerivedFrom(names)) => names,
        };
        let path = ["items".into(), at.into(), "lineage".into(), "derived_from".into()];
        if names.is_empty() {
            let message = "expected ids of items or sources, found none; \
                           leave the lineage out when it is not known";
            self.report(ProblemCode::InvalidValue, &path, message);
        }
        let mut seen = HashSet::new();
        let mut parents = Vec::with_capacity(names.len());
        for (nth, id) in names.iter().enumerate() {
            let path = [&path[..], &[nth.into()]].concat();
            if !seen.insert(id) {
                let message = format!("`{}` is named twice", shorten(id));
                self.report(ProblemCode::InvalidReference, &path, message);
            } else if let Some(&item) = items.place.get(id) {
                parents.push(Parent::Item(ItemIndex::new(item)));
            } else if let Some(&source) = sources.place.get(id) {
                parents.push(Parent::Source(SourceIndex::new(source)));
            } else if !items.spoilt.contains(id) && !sources.spoilt.contains(id) {
                let message = format!(
                    "expected the id of an item or a source, found `{}`, which is not in the report",
                    shorten(id)
                );
                self.report(ProblemCode::MissingId, &path, message);
            }
        }
        Lineage::DerivedFrom(parents.into())
    }

    fn judgement(
        &mut self,
        one: wire::Judgement,
        at: usize,
        items: &Ids,
        assumptions: &Ids,
    ) -> Judgement {
        let path = |key: &str| vec![Step::from("judgements"), at.into(), key.into()];
        if let Some(prior) = one.prior
            && (!(0.0..=1.0).contains(&prior) || (prior == 0.0 && prior.is_sign_negative()))
        {
            let message = format!("expected a probability from 0 to 1, found {prior:?}");
            self.report(ProblemCode::InvalidValue, &path("prior"), message);
        }
        let mut rests_on = Vec::with_capacity(one.rests_on.len());
        for (nth, link) in one.rests_on.iter().enumerate() {
            let mut path = path("rests_on");
            path.extend([nth.into(), "item".into()]);
            rests_on.extend(self.resolve(items, &link.item, &path, "item").map(|item| Link {
                item: ItemIndex::new(item),
                stance: link.stance.unwrap_or(Stance::Supports),
                relevance: link.relevance.unwrap_or(Relevance::Circumstantial),
            }));
        }
        let assumes = self.references(assumptions, &one.assumes, &path("assumes"), "assumption");
        for (nth, dissent) in one.dissents.iter().enumerate() {
            if dissent.holder.trim().is_empty() {
                let mut path = path("dissents");
                path.extend([nth.into(), "holder".into()]);
                self.report(ProblemCode::InvalidValue, &path, "expected a name, found none");
            }
        }
        let dissents = one.dissents.into_iter().map(|dissent| Dissent {
            holder: dissent.holder.into(),
            confidence: dissent.confidence,
            statement: dissent.statement.into(),
        });
        Judgement {
            id: one.id.into(),
            statement: one.statement.into(),
            likelihood: one.likelihood.map(Into::into),
            confidence: one.confidence,
            prior: one.prior,
            horizon: one.horizon,
            rests_on: rests_on.into(),
            assumes: assumes.into_iter().map(AssumptionIndex::new).collect(),
            dissents: dissents.collect(),
            drafted: one.drafted.unwrap_or(false),
        }
    }

    fn tangle(&mut self, tangle: &Tangle, items: &[Item]) {
        match tangle {
            Tangle::Circle(circle) => {
                const MOST: usize = 10;
                let mut names: Vec<String> =
                    circle.iter().take(MOST).map(|item| shorten(&items[item.get()].id)).collect();
                if circle.len() > MOST {
                    names.push(format!("… ({} more)", circle.len() - MOST));
                }
                let first = circle.first().map_or(0, |item| item.get());
                names.push(shorten(&items[first].id));
                let path = ["items".into(), first.into(), "lineage".into()];
                let message = format!(
                    "expected a lineage that ends at an origin, found a circle: {}",
                    names.join(" from ")
                );
                self.report(ProblemCode::CircularLineage, &path, message);
            }
            Tangle::TooManyRoots => {
                let message = format!(
                    "expected lineages that reach at most {MOST_ROOTS} origins in all, found more"
                );
                self.report(ProblemCode::TooLarge, &["items".into()], message);
            }
        }
    }
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(at: usize) -> Self {
        Self::Index(at)
    }
}

/// Names in the order in which they first appear.
#[derive(Default)]
struct Names {
    place: HashMap<Box<str>, usize>,
    list: Vec<Box<str>>,
}

impl Names {
    fn intern(&mut self, name: &str) -> usize {
        if let Some(&place) = self.place.get(name) {
            return place;
        }
        let place = self.list.len();
        self.place.insert(name.into(), place);
        self.list.push(name.into());
        place
    }
}

fn an(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// `None` for the many items that have none of these.
fn details(item: &wire::Item) -> Option<Box<Details>> {
    let capture = |one: &wire::Capture| Capture {
        digest: one.digest,
        retrieved: one.retrieved,
        url: one.url.clone(),
        media_type: one.media_type.clone(),
        length: one.length,
    };
    let details = Details {
        url: item.url.clone(),
        published: item.published,
        accessed: item.accessed,
        withdrawn: item.withdrawn,
        withdrawn_because: item.withdrawn_because.clone(),
        graded_because: item.graded_because.clone(),
        authenticated_by: item.authenticated_by.clone(),
        captures: item.captures.iter().map(capture).collect(),
    };
    (details != Details::default()).then(|| Box::new(details))
}
