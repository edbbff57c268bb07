#![no_main]

#[allow(dead_code)] // each target is one of them
#[path = "../../tests/common/harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::ledger_line(bytes));
