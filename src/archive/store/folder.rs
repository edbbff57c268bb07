//! A store that is a folder, laid out so that `sha256sum` can check it.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Entry, Store, StoreError, Stored};
use crate::archive::confined::{Confined, Kind};
use crate::digest::{Algorithm, Digest, Hasher};

/// Objects in a folder: `objects/sha256/e3/b0c44298…`, the digest's hexadecimal digits split after
/// the second.
///
/// - An object is written to a temporary file, synced, given its name, and its folder synced; it is
///   read-only from then on, and no other bytes ever replace it.
/// - No link is followed and nothing is written outside the folder.
/// - What a killed process left behind is swept when the store is next opened to be written and nobody writes.
/// - Runs of zero bytes are kept as holes, where the file system knows them.
///
/// ```
/// use probative::archive::store::{FolderStore, Store};
/// use probative::digest::Algorithm;
///
/// let place = tempfile::tempdir()?;
/// let store = FolderStore::create(place.path())?;
/// let kept = store.put(Algorithm::Sha256, &mut &b"read on 2023-06-01"[..])?;
/// assert!(kept.new && kept.length == 18);
/// assert!(!store.put(Algorithm::Sha256, &mut &b"read on 2023-06-01"[..])?.new);
/// assert_eq!(store.get(kept.digest, 1 << 20)?, b"read on 2023-06-01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct FolderStore {
    folder: Confined,
}

impl FolderStore {
    /// An existing store.
    ///
    /// # Errors
    /// When the folder or its `objects` cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let store = Self::read(path)?;
        store.sweep();
        Ok(store)
    }

    /// The same, to be read: nothing is swept.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let io = failed("open", path);
        let folder = Confined::open(path).map_err(&io)?;
        folder.names(OBJECTS).map_err(failed("open", &folder.locate(OBJECTS)))?;
        Ok(Self { folder })
    }

    /// The store in this folder, made when it is absent.
    ///
    /// # Errors
    /// When it can be neither opened nor made.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let folder = Confined::create(path).map_err(failed("create", path))?;
        for part in [OBJECTS, TEMPORARY] {
            folder.make_dir(part).map_err(failed("create", &folder.locate(part)))?;
        }
        let store = Self { folder };
        store.sweep();
        Ok(store)
    }

    /// Writes the line that `sha256sum -c` or `sha512sum -c` expects for each object of this
    /// algorithm, with paths relative to the store's folder.
    ///
    /// # Errors
    /// When the store cannot be listed or the writer fails.
    pub fn write_sums(&self, algorithm: Algorithm, out: &mut dyn Write) -> Result<(), StoreError> {
        let mut result = Ok(());
        self.entries(&mut |entry| {
            if let Entry::Object(digest) = entry
                && digest.algorithm() == algorithm
            {
                result = writeln!(out, "{}  {}", digest.hex(), place(digest));
            }
            result.is_ok()
        })?;
        result.map_err(failed("write sums of", &self.folder.locate(OBJECTS)))
    }

    /// Where an object lies, relative to the store's folder.
    pub(crate) fn path_of(digest: Digest) -> String {
        place(digest)
    }

    /// Says that somebody adds, as long as the guard lives: from before an object is there until an
    /// entry names it.
    pub(crate) fn adding(&self) -> Result<File, StoreError> {
        let path = self.folder.locate(LOCK);
        let lock = self.folder.append(LOCK).map_err(failed("open", &path))?;
        lock.lock_shared().map_err(failed("lock", &path))?;
        Ok(lock)
    }

    /// Keeps everybody from adding while the guard lives; `None` when somebody adds now.
    pub(crate) fn alone(&self) -> Option<File> {
        let lock = self.folder.edit(LOCK).ok()?;
        lock.try_lock().ok()?;
        Some(lock)
    }

    /// Whether somebody adds now, as far as can be known without writing.
    pub(crate) fn is_added_to(&self) -> bool {
        let Ok(lock) = self.folder.read(LOCK) else { return false };
        matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// Removes what killed writers left, unless somebody writes now. Failing to is no failure: an
    /// archive may be read from a read-only disk.
    fn sweep(&self) {
        if let Some(_lock) = self.alone() {
            for (name, kind) in self.folder.names(TEMPORARY).unwrap_or_default() {
                if kind == Kind::File && name.starts_with(PUT) {
                    let _ = self.folder.remove(&format!("{TEMPORARY}/{name}"));
                }
            }
        }
    }

    fn write(
        &self,
        algorithm: Algorithm,
        bytes: &mut dyn Read,
        temporary: &Temporary<'_>,
        file: &mut File,
    ) -> Result<(Digest, u64), StoreError> {
        let io = failed("write", &self.folder.locate(&temporary.path));
        let mut hasher = Hasher::new(algorithm);
        let mut length = 0;
        let mut begun = 0;
        let mut hole = false;
        let mut buffer = vec![0; BUFFER];
        loop {
            let read = match bytes.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(StoreError::Source(error)),
            };
            let part = &buffer[..read];
            hasher.update(part);
            hole = read >= HOLE && part.iter().all(|byte| *byte == 0);
            if hole {
                file.seek(SeekFrom::Current(read.try_into().unwrap_or(i64::MAX))).map_err(&io)?;
            } else {
                file.write_all(part).map_err(&io)?;
            }
            length += read as u64;
            if length - begun >= AHEAD {
                begin_to_sync(file, begun, length - begun);
                begun = length;
            }
        }
        if hole {
            file.set_len(length).map_err(&io)?;
        }
        let mut permissions = file.metadata().map_err(&io)?.permissions();
        permissions.set_readonly(true);
        file.set_permissions(permissions).map_err(&io)?;
        // A failed sync is final: the pages may be marked clean, so asking again proves nothing.
        file.sync_all().map_err(&io)?;
        Ok((hasher.finish(), length))
    }
}

impl Store for FolderStore {
    fn put(&self, algorithm: Algorithm, bytes: &mut dyn Read) -> Result<Stored, StoreError> {
        let _lock = self.adding()?;
        let (temporary, mut file) = Temporary::create(&self.folder)?;
        let (digest, length) = self.write(algorithm, bytes, &temporary, &mut file)?;
        drop(file);

        let path = place(digest);
        let io = failed("keep", &self.folder.locate(&path));
        if let Some((shelf, _)) = path.rsplit_once('/')
            && let Some((hall, _)) = shelf.rsplit_once('/')
        {
            self.folder.make_dir(hall).map_err(&io)?;
            self.folder.make_dir(shelf).map_err(&io)?;
        }
        let new = self.folder.publish(&temporary.path, &path).map_err(&io)?;
        if !new {
            let mut there = self.fetch(digest)?;
            let found = Digest::of_reader(algorithm, &mut there).map_err(&io)?;
            if found != digest {
                return Err(StoreError::Occupied { digest });
            }
        }
        Ok(Stored { digest, length, new })
    }

    fn fetch(&self, digest: Digest) -> Result<Box<dyn Read + Send + '_>, StoreError> {
        let path = place(digest);
        match self.folder.read(&path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Missing { digest })
            }
            Err(source) => {
                Err(StoreError::Io { doing: "open", path: self.folder.locate(&path), source })
            }
        }
    }

    fn length(&self, digest: Digest) -> Result<Option<u64>, StoreError> {
        let path = place(digest);
        match self.folder.read(&path).and_then(|file| file.metadata()) {
            Ok(metadata) => Ok(Some(metadata.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => {
                Err(StoreError::Io { doing: "open", path: self.folder.locate(&path), source })
            }
        }
    }

    fn entries(&self, each: &mut dyn FnMut(Entry) -> bool) -> Result<(), StoreError> {
        let names =
            |path: &str| self.folder.names(path).map_err(failed("list", &self.folder.locate(path)));
        for (hall, kind) in names(OBJECTS)? {
            let hall_path = format!("{OBJECTS}/{hall}");
            if kind != Kind::Folder || hall.parse::<Algorithm>().is_err() {
                if !each(Entry::Stray(hall_path)) {
                    return Ok(());
                }
                continue;
            }
            for (shelf, kind) in names(&hall_path)? {
                let shelf_path = format!("{hall_path}/{shelf}");
                if kind != Kind::Folder || shelf.len() != 2 {
                    if !each(Entry::Stray(shelf_path)) {
                        return Ok(());
                    }
                    continue;
                }
                for (rest, kind) in names(&shelf_path)? {
                    let entry = match format!("{hall}:{shelf}{rest}").parse() {
                        Ok(digest) if kind == Kind::File => Entry::Object(digest),
                        _ => Entry::Stray(format!("{shelf_path}/{rest}")),
                    };
                    if !each(entry) {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    fn erase(&self, digest: Digest) -> Result<bool, StoreError> {
        let path = place(digest);
        self.folder.remove(&path).map_err(failed("erase", &self.folder.locate(&path)))
    }
}

/// A file that is not an object yet, removed unless it becomes one.
struct Temporary<'a> {
    folder: &'a Confined,
    path: String,
}

impl<'a> Temporary<'a> {
    fn create(folder: &'a Confined) -> Result<(Self, File), StoreError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = format!("{TEMPORARY}/{PUT}{}-{count}", process::id());
            match folder.create_new(&path) {
                Ok(file) => return Ok((Self { folder, path }, file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => {
                    let path = folder.locate(&path);
                    return Err(StoreError::Io { doing: "create", path, source });
                }
            }
        }
    }
}

impl Drop for Temporary<'_> {
    fn drop(&mut self) {
        let _ = self.folder.remove(&self.path);
    }
}

/// Has the disk begin on what was written, so that the sync at the end has less to wait for.
/// Only a hint: what the sync says is what counts.
#[cfg(target_os = "linux")]
fn begin_to_sync(file: &File, from: u64, length: u64) {
    let _ = rustix::fs::fadvise(file, from, length.try_into().ok(), rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn begin_to_sync(_: &File, _: u64, _: u64) {}

/// Where an object lies in the folder.
pub(super) fn place(digest: Digest) -> String {
    let hex = digest.hex();
    format!("{OBJECTS}/{}/{}/{}", digest.algorithm(), &hex[..2], &hex[2..])
}

fn failed(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::Io { doing, path: path.clone(), source }
}

pub(super) const OBJECTS: &str = "objects";
pub(super) const TEMPORARY: &str = "temporary";
const PUT: &str = "put-";
/// Held shared while an object is written, and whole while leftovers are swept.
const LOCK: &str = "temporary/lock";
/// 64 KiB: larger buffers from the allocator land 16 bytes into a page and read slower.
const BUFFER: usize = 1 << 16;
/// After how many bytes the disk is asked to begin.
const AHEAD: u64 = 8 << 20;
/// A page, the least that a file system keeps as a hole.
const HOLE: usize = 1 << 12;

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::super::laws::{Bench, hold};
    use super::*;

    fn store() -> (tempfile::TempDir, FolderStore) {
        let place = tempfile::tempdir().unwrap();
        let store = FolderStore::create(place.path()).unwrap();
        (place, store)
    }

    struct Folder(tempfile::TempDir, FolderStore);

    impl Bench for Folder {
        fn store(&self) -> &dyn Store {
            &self.1
        }

        fn lay(&self, path: &str, bytes: &[u8]) {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let _ = fs::remove_file(&path);
            fs::write(path, bytes).unwrap();
        }

        fn unfinished(&self) -> usize {
            fs::read_dir(self.0.path().join(TEMPORARY)).unwrap().count() - 1 // the lock
        }
    }

    #[test]
    fn the_laws_hold() {
        hold(|| {
            let (place, store) = store();
            Folder(place, store)
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn what_is_put_is_got(bytes: Vec<u8>, zeros in 0_usize..200_000, wide: bool) {
            let (_place, store) = store();
            let algorithm = if wide { Algorithm::Sha512 } else { Algorithm::Sha256 };
            for bytes in [bytes.clone(), [bytes.clone(), vec![0; zeros], bytes].concat()] {
                let kept = store.put(algorithm, &mut &bytes[..]).unwrap();
                prop_assert_eq!(kept.digest, Digest::of_with(algorithm, &bytes));
                prop_assert_eq!(store.length(kept.digest).unwrap(), Some(bytes.len() as u64));
                prop_assert_eq!(store.get(kept.digest, 1 << 20).unwrap(), bytes);
            }
        }
    }

    #[test]
    fn an_object_that_ends_in_zeros_keeps_its_length() {
        let (_place, store) = store();
        let bytes = [vec![7; 100], vec![0; 3 * BUFFER]].concat();
        let kept = store.put(Algorithm::Sha256, &mut &bytes[..]).unwrap();
        assert_eq!(store.get(kept.digest, 1 << 20).unwrap(), bytes);
        assert!(matches!(store.get(kept.digest, 100), Err(StoreError::TooLong { .. })));
    }

    #[test]
    fn other_bytes_in_its_place_are_neither_given_nor_overwritten() {
        let (folder, store) = store();
        let kept = store.put(Algorithm::Sha256, &mut &b"true"[..]).unwrap();
        let path = folder.path().join(place(kept.digest));
        assert!(fs::metadata(&path).unwrap().permissions().readonly());
        fs::remove_file(&path).unwrap();
        fs::write(&path, "false").unwrap();
        assert!(matches!(store.get(kept.digest, 9), Err(StoreError::Mismatch { .. })));
        let again = store.put(Algorithm::Sha256, &mut &b"true"[..]);
        assert!(matches!(again, Err(StoreError::Occupied { .. })), "{again:?}");
        assert_eq!(fs::read(&path).unwrap(), b"false");
    }

    #[test]
    fn a_reader_that_fails_leaves_nothing() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let (folder, store) = store();
        let result = store.put(Algorithm::Sha256, &mut (&b"half"[..]).chain(Broken));
        assert!(matches!(result, Err(StoreError::Source(_))));
        let left: Vec<_> = fs::read_dir(folder.path().join(TEMPORARY))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["lock"]);
    }

    #[test]
    fn leftovers_are_swept_when_nobody_writes() {
        let (folder, store) = store();
        store.put(Algorithm::Sha256, &mut &b"x"[..]).unwrap();
        let leftover = folder.path().join("temporary/put-1-1");
        fs::write(&leftover, "half").unwrap();
        let lock = store.folder.append(LOCK).unwrap();
        lock.lock_shared().unwrap();
        FolderStore::open(folder.path()).unwrap();
        assert!(leftover.exists(), "somebody writes");
        drop(lock);
        FolderStore::open(folder.path()).unwrap();
        assert!(!leftover.exists());
    }

    #[test]
    fn sums_are_those_of_coreutils() {
        let (_place, store) = store();
        store.put(Algorithm::Sha256, &mut &b""[..]).unwrap();
        let mut sums = Vec::new();
        store.write_sums(Algorithm::Sha256, &mut sums).unwrap();
        assert_eq!(
            String::from_utf8(sums).unwrap(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  \
             objects/sha256/e3/b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
        );
    }
}
