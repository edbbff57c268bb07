//! Drafting by size, beside the bare tokenizer that reads the HTML, and by hostile texts.
//!
//! ```sh
//! cargo bench --features draft --bench draft
//! ```

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use html5gum::Tokenizer;
use probative::draft::{Markup, Options, draft};

fn main() {
    divan::main();
}

const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn plain(bencher: Bencher<'_, '_>, size: usize) {
    whole(bencher, &report(size, "\n\n", ""), Markup::Plain);
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn markdown(bencher: Bencher<'_, '_>, size: usize) {
    whole(bencher, &report(size, "\n\n", ""), Markup::Markdown);
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn html(bencher: Bencher<'_, '_>, size: usize) {
    whole(bencher, &report(size, "<p>", "</p>"), Markup::Html);
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn bare_tokenizer(bencher: Bencher<'_, '_>, size: usize) {
    let text = report(size, "<p>", "</p>");
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| Tokenizer::new(black_box(&text)).filter_map(Result::ok).count());
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 5, sample_size = 1)]
fn nested_tags(bencher: Bencher<'_, '_>, depth: usize) {
    let text = format!("<p>KJ-1: It is likely that it rains.</p>{}", "<div>".repeat(depth));
    whole(bencher, &text, Markup::Html);
}

fn whole(bencher: Bencher<'_, '_>, text: &str, markup: Markup) {
    let options = Options::new().with_markup(markup);
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| draft(black_box(text), &options).map(|draft| draft.findings().len()));
}

/// A report of about this size: a judgement, and points that cite and attribute.
fn report(size: usize, open: &str, close: &str) -> String {
    let mut text = format!("{open}KJ-1: It is likely that the harbour will close.{close}\n");
    let mut count = 0;
    while text.len() < size {
        let point = format!(
            "{open}- In May, the harbour office of Port {count} stated that no ship has called \
             (source). Recent reports have shown that pilot {count} left. Prices rose by a tenth, \
             and the crews waited on the quay until the evening.{close}\n"
        );
        text.push_str(&point);
        count += 1;
    }
    text
}
