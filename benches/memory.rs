//! What an appraisal costs in memory: `max alloc` is the most that is held at a time.
//!
//! Apart from the times, which counting the allocations would spoil.
#![allow(clippy::unwrap_used)] // a bench that cannot be set up has nothing to say

mod reports;

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use probative::appraise;
use probative::doctrine::Doctrine;

use self::reports::{LINKS, checked};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The appraisal alone.
#[divan::bench(args = LINKS, sample_count = 1, sample_size = 1)]
fn appraise_report(bencher: Bencher<'_, '_>, links: usize) {
    let (report, doctrine) = (checked(links), Doctrine::default());
    bencher.counter(ItemsCount::new(links)).bench_local(|| appraise(&report, &doctrine));
}

/// The appraisal and the report itself, which is why it is copied here.
#[divan::bench(args = LINKS, sample_count = 1, sample_size = 1)]
fn report_and_appraisal(bencher: Bencher<'_, '_>, links: usize) {
    let (report, doctrine) = (checked(links), Doctrine::default());
    bencher.counter(ItemsCount::new(links)).bench_local(|| {
        let report = report.clone();
        let appraisal = appraise(&report, &doctrine);
        (report, appraisal)
    });
}
