//! A store in a bucket: S3, Google Cloud Storage, Azure, memory, or a folder by the same interface.

use std::fmt;
use std::fs;
use std::future::Future;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::mpsc;

use bytes::{Buf, Bytes};
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{CopyMode, CopyOptions, Error, GetResultPayload, ObjectStore, ObjectStoreExt};
use object_store::{PutMode, PutOptions};
use tokio::runtime::{Builder, Runtime};
use url::Url;

use super::folder::{OBJECTS, TEMPORARY, place};
use super::{Entry, Store, StoreError, Stored};
use crate::digest::{Algorithm, Digest, Hasher};
use crate::moment::Moment;

/// Objects in a bucket, under the keys that a [`FolderStore`](super::FolderStore) gives its files:
/// `objects/sha256/e3/b0c44298…`, after the path that the bucket's address says.
///
/// - An object of less than 8 MiB is put by one request that the back end refuses when the key is
///   taken. A longer one is sent in parts of 8 MiB under `temporary/`, and copied to its key by a
///   request that is refused in the same way. Nothing is ever overwritten, and nothing under
///   `objects/` is ever there in part.
/// - Memory is bounded by two parts, whatever the object's length.
/// - What a killed process left under `temporary/` stays until [`sweep`](Self::sweep) is asked to
///   remove it: no bucket knows who else is writing.
/// - Every call blocks its thread. Transfers run on a thread of the store's own, so that it may be
///   called from an asynchronous program too, whose thread then waits.
///
/// ```
/// use probative::archive::store::{BucketStore, Store};
/// use probative::digest::Algorithm;
///
/// let store = BucketStore::open(&"memory:///case-7".parse()?, [])?;
/// let kept = store.put(Algorithm::Sha256, &mut &b"read on 2023-06-01"[..])?;
/// assert_eq!(store.get(kept.digest, 1 << 20)?, b"read on 2023-06-01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct BucketStore {
    bucket: Arc<dyn ObjectStore>,
    /// What stands before every key.
    prefix: Path,
    /// The address that it was opened by, for messages.
    address: String,
    transfers: Transfers,
}

impl BucketStore {
    /// The store at this address, where objects may lie already: `file:///srv/case-7`,
    /// `memory:///`, and with the feature `object-store-clouds` `s3://bucket/case-7`,
    /// `gs://bucket/case-7` or `az://container/case-7`.
    ///
    /// The options are those of the crate `object_store`, such as `aws_access_key_id`; what the
    /// back end does not know is passed over, and nothing is read from the environment. A folder
    /// is made when it is absent, and synced after each object.
    ///
    /// # Errors
    /// When no back end that was compiled in knows the address, or its options do not suffice.
    /// Nothing is asked of a cloud yet.
    pub fn open(
        url: &Url,
        options: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, StoreError> {
        let address = legible(url);
        let failed = |source| StoreError::Io { doing: "open", path: (&address).into(), source };
        let (bucket, prefix) = back_end(url, options).map_err(failed)?;
        let transfers = Transfers::new().map_err(failed)?;
        Ok(Self { bucket, prefix, address, transfers })
    }

    /// Removes what writers that were killed have left under `temporary/`, as far as it was
    /// written before this moment, and says how many. Choose one before which nobody writes still.
    ///
    /// # Errors
    /// When the bucket cannot be listed or something in it not be removed.
    pub fn sweep(&self, before: Moment) -> Result<u64, StoreError> {
        let uploads = self.key(UPLOAD);
        self.ask(TEMPORARY, |bucket, temporary| async move {
            let left: Vec<_> = bucket.list(Some(&temporary)).try_collect().await?;
            let mut swept = 0;
            for object in left {
                let written = Moment::instant(object.last_modified.fixed_offset());
                let old = written.is_ok_and(|written| before.is_after(written));
                if old && object.location.as_ref().starts_with(uploads.as_ref()) {
                    bucket.delete(&object.location).await?;
                    swept += 1;
                }
            }
            Ok(swept)
        })
        .map_err(self.failed("sweep", TEMPORARY))
    }

    /// Sends the parts of a long object, the first of which was read already, and says how long it
    /// is. It is there whole or not at all.
    fn upload(
        &self,
        path: &str,
        first: Vec<u8>,
        bytes: &mut dyn Read,
        hasher: &mut Hasher,
    ) -> Result<u64, StoreError> {
        let failed = self.failed("write", path);
        let begun = self.ask(path, |bucket, key| async move { bucket.put_multipart(&key).await });
        let mut upload = begun.map_err(&failed)?;
        let mut part = first;
        let mut length = 0;
        // Each part is sent before the next is read, so that memory stays bounded; all but the
        // last have one length, as some back ends ask for.
        let outcome = loop {
            length += part.len() as u64;
            let send = async move {
                let sent = upload.put_part(part.into()).await;
                Ok((upload, sent))
            };
            let sent;
            (upload, sent) = self.transfers.wait(send).map_err(&failed)?;
            if let Err(error) = sent {
                break Err(failed(error));
            }
            match read_part(bytes, hasher) {
                Ok(next) if next.is_empty() => break Ok(length),
                Ok(next) => part = next,
                Err(error) => break Err(error),
            }
        };
        let whole = outcome.is_ok();
        let ended = self.transfers.wait(async move {
            if whole { upload.complete().await.map(drop) } else { upload.abort().await }
        });
        // Parts that could not be aborted cost room and are no object: the first error counts.
        outcome.and_then(|length| ended.map(|()| length).map_err(failed))
    }

    /// What was kept, by the answer to a request that must not overwrite.
    fn settle(
        &self,
        digest: Digest,
        length: u64,
        answer: object_store::Result<()>,
    ) -> Result<Stored, StoreError> {
        match answer {
            Ok(()) => Ok(Stored { digest, length, new: true }),
            Err(Error::AlreadyExists { .. }) => {
                let mut there = self.fetch(digest)?;
                let found = Digest::of_reader(digest.algorithm(), &mut there)
                    .map_err(|error| StoreError::reading(digest, error))?;
                if found == digest {
                    Ok(Stored { digest, length, new: false })
                } else {
                    Err(StoreError::Occupied { digest })
                }
            }
            Err(error) => Err(self.failed("keep", &place(digest))(error)),
        }
    }

    /// The back end's answer to a request about one path.
    fn ask<T: Send + 'static, F: Future<Output = object_store::Result<T>> + Send + 'static>(
        &self,
        path: &str,
        request: impl FnOnce(Arc<dyn ObjectStore>, Path) -> F,
    ) -> object_store::Result<T> {
        self.transfers.wait(request(Arc::clone(&self.bucket), self.key(path)))
    }

    fn key(&self, path: &str) -> Path {
        self.prefix.parts().chain(Path::from(path).parts()).collect()
    }

    fn failed(&self, doing: &'static str, path: &str) -> impl Fn(Error) -> StoreError + use<> {
        let path = format!("{}/{path}", self.address);
        move |error| StoreError::Io { doing, path: (&path).into(), source: error.into() }
    }
}

impl Store for BucketStore {
    fn put(&self, algorithm: Algorithm, bytes: &mut dyn Read) -> Result<Stored, StoreError> {
        let mut hasher = Hasher::new(algorithm);
        let first = read_part(bytes, &mut hasher)?;
        if first.len() < PART {
            let (digest, length) = (hasher.finish(), first.len() as u64);
            let create = PutOptions::from(PutMode::Create);
            let answer = self.ask(&place(digest), |bucket, key| async move {
                bucket.put_opts(&key, first.into(), create).await.map(drop)
            });
            return self.settle(digest, length, answer);
        }
        let temporary = format!("{UPLOAD}{}", unguessable()?);
        let length = self.upload(&temporary, first, bytes, &mut hasher)?;
        let digest = hasher.finish();
        let from = self.key(&temporary);
        let answer = self.ask(&place(digest), |bucket, key| async move {
            let create = CopyOptions::new().with_mode(CopyMode::Create);
            let answer = bucket.copy_opts(&from, &key, create).await;
            // What stays of it is swept some day, and does not make the object less kept.
            let _ = bucket.delete(&from).await;
            answer
        });
        self.settle(digest, length, answer)
    }

    fn fetch(&self, digest: Digest) -> Result<Box<dyn Read + Send + '_>, StoreError> {
        let path = place(digest);
        match self.ask(&path, |bucket, key| async move { bucket.get(&key).await }) {
            Ok(found) => Ok(match found.payload {
                GetResultPayload::File(file, _) => Box::new(file),
                GetResultPayload::Stream(stream) => Box::new(Download {
                    transfers: &self.transfers,
                    stream: Some(stream),
                    chunk: Bytes::new(),
                }),
            }),
            Err(Error::NotFound { .. }) => Err(StoreError::Missing { digest }),
            Err(error) => Err(self.failed("open", &path)(error)),
        }
    }

    fn length(&self, digest: Digest) -> Result<Option<u64>, StoreError> {
        let path = place(digest);
        match self.ask(&path, |bucket, key| async move { bucket.head(&key).await }) {
            Ok(found) => Ok(Some(found.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed("open", &path)(error)),
        }
    }

    fn entries(&self, each: &mut dyn FnMut(Entry) -> bool) -> Result<(), StoreError> {
        let before = self.key(OBJECTS).as_ref().len();
        let mut entries: Vec<Entry> = self
            .ask(OBJECTS, |bucket, objects| async move {
                let entry = |location: &Path| {
                    let below = location.as_ref().get(before..).unwrap_or_default();
                    let path = format!("{OBJECTS}{below}");
                    object_at(&path).map_or_else(|| Entry::Stray(path), Entry::Object)
                };
                let listed = bucket.list(Some(&objects));
                listed.map_ok(|object| entry(&object.location)).try_collect().await
            })
            .map_err(self.failed("list", OBJECTS))?;
        // A folder is listed in its own order.
        entries.sort_unstable();
        let _ = entries.into_iter().all(each);
        Ok(())
    }

    fn erase(&self, digest: Digest) -> Result<bool, StoreError> {
        // S3 deletes what is not there without a word.
        if self.length(digest)?.is_none() {
            return Ok(false);
        }
        let path = place(digest);
        match self.ask(&path, |bucket, key| async move { bucket.delete(&key).await }) {
            Ok(()) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(self.failed("erase", &path)(error)),
        }
    }
}

impl fmt::Debug for BucketStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the back end itself, which holds keys.
        f.debug_struct("BucketStore").field("address", &self.address).finish_non_exhaustive()
    }
}

/// The thread that speaks with the back end.
struct Transfers(Option<Runtime>);

impl Transfers {
    fn new() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Self(Some(runtime)))
    }

    /// The outcome of a transfer. It is spawned rather than blocked on, because a runtime refuses
    /// to block a thread of another one.
    fn wait<T: Send + 'static>(
        &self,
        transfer: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> object_store::Result<T> {
        let (sender, outcome) = mpsc::sync_channel(1);
        if let Some(runtime) = &self.0 {
            runtime.spawn(async move { sender.send(transfer.await) });
        }
        outcome.recv().unwrap_or_else(|error| {
            Err(Error::Generic { store: "BucketStore", source: Box::new(error) })
        })
    }
}

impl Drop for Transfers {
    fn drop(&mut self) {
        // A runtime that is merely dropped waits, which it refuses to do on a thread of another.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// An object that is read as it arrives.
struct Download<'a> {
    transfers: &'a Transfers,
    stream: Option<BoxStream<'static, object_store::Result<Bytes>>>,
    chunk: Bytes,
}

impl Read for Download<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.chunk.has_remaining() {
            let Some(mut stream) = self.stream.take() else { return Ok(0) };
            let next = async move { Ok((stream.try_next().await?, stream)) };
            let (Some(chunk), stream) = self.transfers.wait(next)? else { return Ok(0) };
            (self.chunk, self.stream) = (chunk, Some(stream));
        }
        let read = self.chunk.len().min(buffer.len());
        self.chunk.copy_to_slice(&mut buffer[..read]);
        Ok(read)
    }
}

fn back_end(
    url: &Url,
    options: impl IntoIterator<Item = (String, String)>,
) -> io::Result<(Arc<dyn ObjectStore>, Path)> {
    match url.scheme() {
        "file" => {
            let folder = url.to_file_path().map_err(|()| {
                io::Error::new(io::ErrorKind::InvalidInput, "names no folder of this machine")
            })?;
            fs::create_dir_all(&folder)?;
            let bucket = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
            Ok((Arc::new(bucket), Path::default()))
        }
        "memory" => {
            let prefix = Path::from_url_path(url.path()).map_err(Error::from)?;
            Ok((Arc::new(InMemory::new()), prefix))
        }
        #[cfg(not(feature = "object-store-clouds"))]
        _ => {
            let _ = options; // only clouds have any
            let why = "expected file or memory, or the feature object-store-clouds";
            Err(io::Error::new(io::ErrorKind::Unsupported, why))
        }
        #[cfg(feature = "object-store-clouds")]
        _ => {
            // S3 itself has no other copy that is refused when the key is taken. The caller's
            // options come later and count; the other clouds do not know this one.
            let copy = ("copy_if_not_exists".to_owned(), "multipart".to_owned());
            let options = [copy].into_iter().chain(options);
            let (bucket, prefix) = object_store::parse_url_opts(url, options)?;
            Ok((bucket.into(), prefix))
        }
    }
}

/// The address without what may be secret in it.
fn legible(url: &Url) -> String {
    let mut url = url.clone();
    // Addresses that cannot have them fail to lose them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// The next part: of [`PART`] bytes, unless it is the last.
fn read_part(bytes: &mut dyn Read, hasher: &mut Hasher) -> Result<Vec<u8>, StoreError> {
    let mut part = Vec::new();
    bytes.take(PART as u64).read_to_end(&mut part).map_err(StoreError::Source)?;
    hasher.update(&part);
    Ok(part)
}

/// The object whose place this is.
fn object_at(path: &str) -> Option<Digest> {
    let (hall, shelved) = path.strip_prefix(OBJECTS)?.strip_prefix('/')?.split_once('/')?;
    let digest = format!("{hall}:{}", shelved.replacen('/', "", 1)).parse().ok()?;
    (place(digest) == path).then_some(digest)
}

/// A name that no other writer chooses.
fn unguessable() -> Result<String, StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Io {
        doing: "name",
        path: UPLOAD.into(),
        source: io::Error::other(error.to_string()),
    })?;
    Ok(Digest::of(&bytes).hex()[..32].to_owned())
}

/// Not the prefix of a [`FolderStore`](super::FolderStore)'s temporary files, which it sweeps by
/// a lock that no bucket has.
const UPLOAD: &str = "temporary/upload-";
/// 8 MiB: S3 asks for at least 5 MiB and takes at most 10,000 parts, so 78 GiB.
const PART: usize = 8 << 20;

#[cfg(test)]
mod tests {
    use super::super::FolderStore;
    use super::super::laws::{Bench, hold};
    use super::*;

    struct Bucket(BucketStore);

    impl Bench for Bucket {
        fn store(&self) -> &dyn Store {
            &self.0
        }

        fn lay(&self, path: &str, bytes: &[u8]) {
            let bytes = bytes.to_vec();
            let put = |bucket: Arc<dyn ObjectStore>, key| async move {
                bucket.put(&key, bytes.into()).await
            };
            self.0.ask(path, put).unwrap();
        }

        fn unfinished(&self) -> usize {
            let list = |bucket: Arc<dyn ObjectStore>, key: Path| async move {
                bucket.list(Some(&key)).try_collect::<Vec<_>>().await
            };
            self.0.ask(TEMPORARY, list).unwrap().len()
        }
    }

    fn memory() -> BucketStore {
        BucketStore::open(&"memory:///a%20case/7".parse().unwrap(), []).unwrap()
    }

    fn local(folder: &std::path::Path) -> BucketStore {
        BucketStore::open(&Url::from_directory_path(folder).unwrap(), []).unwrap()
    }

    #[test]
    fn the_laws_hold_in_memory() {
        hold(|| Bucket(memory()));
    }

    #[test]
    fn the_laws_hold_in_a_folder() {
        let place = tempfile::tempdir().unwrap();
        let mut count = 0;
        hold(|| {
            count += 1;
            Bucket(local(&place.path().join(format!("{count} #1"))))
        });
    }

    #[test]
    fn a_folder_store_reads_what_the_bucket_wrote_and_the_other_way_round() {
        let place = tempfile::tempdir().unwrap();
        let (folder, bucket) = (FolderStore::create(place.path()).unwrap(), local(place.path()));
        let stores: [&dyn Store; 2] = [&folder, &bucket];
        for (one, other) in [(0, 1), (1, 0)] {
            let bytes = vec![one as u8; 2 * PART];
            let kept = stores[one].put(Algorithm::Sha512, &mut &bytes[..]).unwrap();
            assert_eq!(stores[other].get(kept.digest, 1 << 30).unwrap(), bytes);
            let again = stores[other].put(Algorithm::Sha512, &mut &bytes[..]).unwrap();
            assert_eq!(again, Stored { new: false, ..kept });
        }
        let listed = |store: &dyn Store| {
            let mut entries = Vec::new();
            store
                .entries(&mut |entry| {
                    entries.push(entry);
                    true
                })
                .unwrap();
            entries
        };
        assert_eq!(listed(&folder), listed(&bucket));
        assert_eq!(listed(&folder).len(), 2);
    }

    #[test]
    fn only_old_leftovers_are_swept() {
        let bench = Bucket(memory());
        bench.lay(&format!("{UPLOAD}1"), b"half");
        bench.lay("temporary/put-1-1", b"of somebody else");
        assert_eq!(bench.0.sweep("2023-06-13".parse().unwrap()).unwrap(), 0);
        assert_eq!(bench.0.sweep("9999-12-31".parse().unwrap()).unwrap(), 1);
        assert_eq!(bench.unfinished(), 1);
    }

    #[test]
    fn it_may_be_used_and_dropped_inside_an_asynchronous_program() {
        let program = Builder::new_current_thread().build().unwrap();
        let got = program.block_on(async {
            let store = memory();
            let kept = store.put(Algorithm::Sha256, &mut &b"kept"[..]).unwrap();
            store.get(kept.digest, 9).unwrap()
        });
        assert_eq!(got, b"kept");
    }

    #[test]
    fn an_address_that_no_back_end_knows_is_refused_without_its_secrets() {
        let url = "ftp://me:secret@example.org/case?token=secret".parse().unwrap();
        let error = BucketStore::open(&url, []).unwrap_err();
        assert_eq!(error.to_string(), "cannot open ftp://example.org/case");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }

    #[cfg(feature = "object-store-clouds")]
    #[test]
    fn clouds_are_known_by_their_addresses() {
        let options = || {
            ["aws_access_key_id", "aws_secret_access_key", "azure_storage_account_name"]
                .map(|name| (name.to_owned(), "me".to_owned()))
        };
        for url in ["s3://bucket/case", "az://container/case"] {
            let store = BucketStore::open(&url.parse().unwrap(), options()).unwrap();
            assert_eq!(store.key("x").as_ref(), "case/x", "{url}");
            assert!(!format!("{store:?}").contains("me\""), "{store:?}");
        }
    }
}
