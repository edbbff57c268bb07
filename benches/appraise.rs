//! How fast judgements are appraised, at what cost in memory, and beside what one would use
//! otherwise. `docs/performance.md` has the figures and the commands.

use std::path::Path;
use std::process::Command;

use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher, black_box, black_box_drop};
use probative::doctrine::Doctrine;
use probative::grade::{Credibility, Reliability};
use probative::report::wire::{self, Item, Judgement, Lineage, Link, Source};
use probative::report::{Authenticity, Channel, Relevance, Report, Stance};
use probative::{Appraiser, appraise};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// Links in a report; ten to a judgement.
const LINKS: [usize; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    if std::env::args().any(|argument| argument == "--bench") {
        peers();
    }
    divan::main();
}

/// Three corners, contributions and requirements of every judgement.
#[divan::bench(args = LINKS, sample_count = 10, sample_size = 1)]
fn appraise_report(bencher: Bencher<'_, '_>, links: usize) {
    let report = checked(links);
    let doctrine = Doctrine::default();
    bencher
        .counter(ItemsCount::new(links))
        .bench_local(|| appraise(black_box(&report), black_box(&doctrine)));
}

/// The same from the wire type on: what is allocated at most includes the checked report.
#[divan::bench(args = LINKS, sample_count = 5, sample_size = 1)]
fn check_and_appraise(bencher: Bencher<'_, '_>, links: usize) {
    let doctrine = Doctrine::default();
    bencher.counter(ItemsCount::new(links)).with_inputs(|| wire_report(links)).bench_local_values(
        |file| {
            let report = file.check().unwrap();
            let appraisal = appraise(&report, &doctrine);
            (report, appraisal)
        },
    );
}

#[divan::bench(args = LINKS, sample_count = 5, sample_size = 1)]
fn check_wire(bencher: Bencher<'_, '_>, links: usize) {
    bencher
        .counter(ItemsCount::new(links))
        .with_inputs(|| wire_report(links))
        .bench_local_values(|file| file.check().unwrap());
}

#[divan::bench(args = LINKS, sample_count = 3, sample_size = 1)]
fn read_json(bencher: Bencher<'_, '_>, links: usize) {
    let text = checked(links).to_json();
    bencher
        .counter(ItemsCount::new(links))
        .counter(BytesCount::of_str(&text))
        .bench_local(|| Report::from_json(black_box(&text)).unwrap());
}

/// One judgement of 10,000 items, in the shapes that are dear to try changes on.
const SHAPES: [&str; 3] = ["posts of one pool", "an owner each", "unknown lineage, one point"];

#[divan::bench(args = SHAPES, sample_count = 5, sample_size = 1)]
fn linchpins(bencher: Bencher<'_, '_>, shape: &str) {
    let (report, doctrine) = (wide(shape), Doctrine::default());
    let judgement = report.find_judgement("J").unwrap();
    bencher.bench_local(|| black_box_drop(Appraiser::new(&report, &doctrine).linchpins(judgement)));
}

#[divan::bench(args = SHAPES, sample_count = 5, sample_size = 1)]
fn next_steps(bencher: Bencher<'_, '_>, shape: &str) {
    let (report, doctrine) = (wide(shape), Doctrine::default());
    let judgement = report.find_judgement("J").unwrap();
    bencher
        .bench_local(|| black_box_drop(Appraiser::new(&report, &doctrine).next_steps(judgement)));
}

fn wide(shape: &str) -> Report {
    let mut file = wire::Report::new(shape);
    let mut judgement = Judgement::new("J");
    for at in 0..10_000 {
        let letter = Reliability::ALL.get(at % 6).copied();
        let mut source = Source { reliability: letter, ..Source::new(format!("s{at}")) };
        let mut item = Item {
            credibility: Credibility::ALL.get(at % 5).copied(),
            channel: Some(Channel::News),
            lineage: Some(Lineage::Original),
            ..Item::new(format!("i{at}"), format!("s{at}"))
        };
        if shape == SHAPES[0] {
            item.channel = Some(Channel::SocialMedia);
        } else if shape == SHAPES[1] {
            source.owner = Some(format!("o{at}"));
        } else {
            item.lineage = None;
            item.point = Some("one".into());
        }
        judgement.rests_on.push(Link::new(item.id.clone()));
        file.sources.push(source);
        file.items.push(item);
    }
    file.judgements.push(judgement);
    file.check().unwrap()
}

fn checked(links: usize) -> Report {
    wire_report(links).check().unwrap()
}

/// A report in which everything occurs: every grade, channel and state, 20% of unknown lineage,
/// 10% relays, 5% with a corroborator, 5% contradictions, owners, shared points.
fn wire_report(links: usize) -> wire::Report {
    let mut dice = Dice(42);
    let mut file = wire::Report::new("everything occurs");
    let sources = (links / 5).max(1);
    for at in 0..sources {
        file.sources.push(Source {
            owner: dice.one_in(3).then(|| format!("o{}", dice.below(sources / 4 + 1))),
            reliability: Some(Reliability::ALL[dice.below(6)]),
            ..Source::new(format!("s{at}"))
        });
    }
    for at in 0..links {
        let judgement = at / 10;
        let lineage = match dice.below(10) {
            0 if at > 0 && dice.one_in(2) => {
                Some(Lineage::DerivedFrom(vec![format!("i{}", at - 1 - dice.below(at.min(20)))]))
            }
            0 => Some(Lineage::DerivedFrom(vec![format!("s{}", dice.below(sources))])),
            1 | 2 => None,
            _ => Some(Lineage::Original),
        };
        let corroborated_by =
            (at > 0 && dice.one_in(20)).then(|| format!("i{}", at - 1 - dice.below(at.min(20))));
        file.items.push(Item {
            credibility: Some(Credibility::ALL[dice.below(6)]),
            channel: Some(Channel::ALL[dice.below(Channel::ALL.len())]),
            authenticity: Some(Authenticity::ALL[dice.below(4)]),
            point: dice.one_in(2).then(|| format!("p{judgement}-{}", dice.below(3))),
            lineage,
            corroborated_by: corroborated_by.into_iter().collect(),
            ..Item::new(format!("i{at}"), format!("s{}", dice.below(sources)))
        });
    }
    for (at, items) in file.items.chunks(10).enumerate() {
        let link = |item: &Item| Link {
            stance: Some(if dice.one_in(20) { Stance::Contradicts } else { Stance::Supports }),
            relevance: Some(Relevance::ALL[dice.below(Relevance::ALL.len())]),
            ..Link::new(item.id.clone())
        };
        let rests_on = items.iter().map(link).collect();
        file.judgements.push(Judgement { rests_on, ..Judgement::new(format!("J{at}")) });
    }
    file
}

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// What else there is, on one core, at 10,000 links, its own best of five.
fn peers() {
    const LINKS: usize = 10_000;
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle");
    let report = std::env::temp_dir().join(format!("probative-bench-{}.json", std::process::id()));
    std::fs::write(&report, checked(LINKS).to_json()).unwrap();
    let (report_path, oracle) = (report.to_str().unwrap(), oracle.to_str().unwrap());
    let python = std::env::var("PROBATIVE_BENCH_PYTHON").unwrap_or_else(|_| "python3".into());
    for (name, program) in [("the slow reference", REFERENCE), ("jsonld-ex", FUSION)] {
        let output = Command::new(&python).args(["-c", program, report_path, oracle]).output();
        match output {
            Ok(output) if output.status.success() => {
                print!(
                    "{name}: {} links a second\n",
                    String::from_utf8_lossy(&output.stdout).trim()
                );
            }
            _ => println!("{name}: not here ({python})"),
        }
    }
    std::fs::remove_file(report).unwrap();
}

const REFERENCE: &str = "
import json, sys, time
sys.path.insert(0, sys.argv[2])
import oracle
doctrine = oracle.load(oracle.HERE.parent / 'doctrine-default.toml')
report = json.load(open(sys.argv[1]))
links = sum(len(j['rests_on']) for j in report['judgements'])
def run():
    begin = time.process_time()
    oracle.Oracle(report, doctrine).appraise()
    return time.process_time() - begin
print(round(links / min(run() for _ in range(5))))
";

const FUSION: &str = "
import random, sys, time
from jsonld_ex.confidence_algebra import Opinion, cumulative_fuse
random.seed(1)
judgements = []
for _ in range(1000):
    opinions = []
    for _ in range(10):
        u = random.uniform(0.05, 0.95)
        b = random.uniform(0.0, 1.0 - u)
        opinions.append(Opinion(belief=b, disbelief=1.0 - u - b, uncertainty=u))
    judgements.append(opinions)
def run():
    begin = time.process_time()
    for opinions in judgements:
        cumulative_fuse(*opinions).projected_probability()
    return time.process_time() - begin
print(round(10_000 / min(run() for _ in range(5))))
";
