//! Bytes that a stranger hands in: random ones, and good ones with changes.
#![cfg(feature = "archive")]

#[path = "common/harness.rs"]
mod harness;

use proptest::prelude::*;

/// A harness, and bytes that it takes.
type Reader = (fn(&[u8]), &'static [u8]);

const READERS: [Reader; 5] = [
    (
        harness::ledger_line,
        br#"{"at":"2023-06-13","by":"jd","what":{"opened":{"origin":"example.org/case-7"}}}"#,
    ),
    (
        harness::note,
        "example.org/case\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
         — example.org/case Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5\n"
            .as_bytes(),
    ),
    (
        harness::proof,
        "c2sp.org/tlog-proof@v1\nextra YQ==\nindex 0\n\nexample.org/case\n1\n\
         CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
         — example.org/case Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5\n"
            .as_bytes(),
    ),
    (
        harness::warc_record,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n\
          Content-Length: 67\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
          5\r\nclaim\r\n0\r\n\r\n\r\n\r\nWARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 1\r\n\r\nx\r\n\r\n",
    ),
    (
        harness::page,
        b"<meta charset=cp1251><title>a</title><svg><style>b</style></svg><p>c &amp; d<script>e",
    ),
];

proptest! {
    #[test]
    fn random_bytes_are_survived(bytes: Vec<u8>) {
        for (harness, _) in READERS {
            harness(&bytes);
        }
    }

    #[test]
    fn changed_bytes_are_survived(
        changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..6),
        cut: usize,
        more: Vec<u8>,
    ) {
        for (harness, good) in READERS {
            let mut bytes = good.to_vec();
            for (at, value) in &changes {
                let at = at % good.len();
                bytes[at] = *value;
            }
            harness(&bytes);
            bytes.truncate(cut % (good.len() + 1));
            bytes.extend(&more);
            harness(&bytes);
        }
    }
}
