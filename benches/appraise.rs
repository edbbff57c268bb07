//! How fast judgements are appraised, beside what one would use otherwise; `memory` has what it
//! costs in memory. `docs/performance.md` has the figures and the commands.
#![allow(clippy::unwrap_used)] // a bench that cannot be set up has nothing to say

mod reports;

use std::path::Path;
use std::process::Command;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box, black_box_drop};
use probative::doctrine::Doctrine;
use probative::report::Report;
use probative::{Appraiser, appraise};

use self::reports::{LINKS, SHAPES, checked, wide, wire_report};

fn main() {
    // `cargo bench` alone, or with `peers` for nothing else.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "--bench" || first == "peers") {
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

/// What else there is, on one core, at 10,000 links, its own best of five.
fn peers() {
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle");
    let report = std::env::temp_dir().join(format!("probative-bench-{}.json", std::process::id()));
    std::fs::write(&report, checked(LINKS[0]).to_json()).unwrap();
    let (report_path, oracle) = (report.to_str().unwrap(), oracle.to_str().unwrap());
    let python = std::env::var("PROBATIVE_BENCH_PYTHON").unwrap_or_else(|_| "python3".into());
    for (name, program) in [("the slow reference", REFERENCE), ("jsonld-ex", FUSION)] {
        let output = Command::new(&python).args(["-c", program, report_path, oracle]).output();
        match output {
            Ok(output) if output.status.success() => {
                let rate = String::from_utf8_lossy(&output.stdout);
                println!("{name}: {} links a second", rate.trim());
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
