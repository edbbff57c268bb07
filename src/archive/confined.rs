//! A folder that nothing leaves: every path is resolved beneath it, and no link is followed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

/// A folder opened once; all later paths are relative to it and stay beneath it, whatever links
/// somebody lays there meanwhile.
#[derive(Debug)]
pub(crate) struct Confined {
    dir: Dir,
    path: PathBuf,
}

impl Confined {
    /// An existing folder.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let dir = Dir::open_ambient_dir(path, ambient_authority())?;
        Ok(Self { dir, path: path.to_owned() })
    }

    /// The folder, made when it is absent.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        Dir::create_ambient_dir_all(path, ambient_authority())?;
        Self::open(path)
    }

    /// The folder that holds this file, and the file's name in it.
    pub(crate) fn around(path: &Path) -> io::Result<(Self, &str)> {
        let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
            let why = "expected the name of a file, in UTF-8";
            io::Error::new(io::ErrorKind::InvalidFilename, why)
        })?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok((Self::open(folder.unwrap_or(Path::new(".")))?, name))
    }

    /// Where a file of this folder lies, for messages.
    pub(crate) fn locate(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// A regular file, for reading.
    pub(crate) fn read(&self, path: &str) -> io::Result<fs::File> {
        self.open_regular(path, OpenOptions::new().read(true))
    }

    /// A regular file, for reading and appending; made when it is absent.
    pub(crate) fn append(&self, path: &str) -> io::Result<fs::File> {
        self.open_regular(path, OpenOptions::new().read(true).append(true).create(true))
    }

    /// A regular file, for reading and writing anywhere in it.
    pub(crate) fn edit(&self, path: &str) -> io::Result<fs::File> {
        self.open_regular(path, OpenOptions::new().read(true).write(true))
    }

    /// A file that was not there before.
    pub(crate) fn create_new(&self, path: &str) -> io::Result<fs::File> {
        self.open_regular(path, OpenOptions::new().write(true).create_new(true))
    }

    /// The same, for its owner alone, where the system knows owners.
    pub(crate) fn create_private(&self, path: &str) -> io::Result<fs::File> {
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        cap_std::fs::OpenOptionsExt::mode(&mut options, 0o600);
        self.open_regular(path, options.write(true).create_new(true))
    }

    fn open_regular(&self, path: &str, options: &mut OpenOptions) -> io::Result<fs::File> {
        // Not to wait for the other end, should somebody have laid a pipe there.
        options.follow(FollowSymlinks::No).nonblock(true);
        let file = self.dir.open_with(path, options)?.into_std();
        if file.metadata()?.is_file() {
            Ok(file)
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidData, "is not a regular file"))
        }
    }

    /// Makes a folder and makes that last; one that is there already is well.
    pub(crate) fn make_dir(&self, path: &str) -> io::Result<()> {
        match self.dir.create_dir(path) {
            Ok(()) => self.sync_dir(parent(path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if self.dir.symlink_metadata(path)?.is_dir() { Ok(()) } else { Err(error) }
            }
            Err(error) => Err(error),
        }
    }

    /// Gives a finished file its final name, which must be free, and makes the name last.
    /// False, with nothing changed, when the name is taken.
    pub(crate) fn publish(&self, temporary: &str, path: &str) -> io::Result<bool> {
        match self.dir.hard_link(temporary, &self.dir, path) {
            Ok(()) => {
                self.dir.remove_file(temporary)?;
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(error),
            // A file system without hard links: there, the name is looked at before it is taken.
            Err(_) if self.dir.symlink_metadata(path).is_ok() => return Ok(false),
            Err(_) => self.dir.rename(temporary, &self.dir, path)?,
        }
        self.sync_dir(parent(path))?;
        Ok(true)
    }

    /// Puts a finished file in the place of another, at once, and makes that last.
    fn replace(&self, temporary: &str, path: &str) -> io::Result<()> {
        self.dir.rename(temporary, &self.dir, path)?;
        self.sync_dir(parent(path))
    }

    /// Writes a file beside its place and puts it there at once, so that nobody sees half of it.
    /// Nobody else writes it now: the caller holds a lock.
    pub(crate) fn write_whole(
        &self,
        path: &str,
        write: impl FnOnce(&mut fs::File) -> io::Result<()>,
    ) -> io::Result<()> {
        let unfinished = self.write_beside(path, write)?;
        self.replace(&unfinished, path)
    }

    /// The same, unless the name is taken: then nothing is changed, and false returned.
    pub(crate) fn write_new(
        &self,
        path: &str,
        write: impl FnOnce(&mut fs::File) -> io::Result<()>,
    ) -> io::Result<bool> {
        let unfinished = self.write_beside(path, write)?;
        let new = self.publish(&unfinished, path)?;
        if !new {
            self.remove(&unfinished)?;
        }
        Ok(new)
    }

    fn write_beside(
        &self,
        path: &str,
        write: impl FnOnce(&mut fs::File) -> io::Result<()>,
    ) -> io::Result<String> {
        let unfinished = format!("{path}{UNFINISHED}");
        self.remove(&unfinished)?;
        let mut file = self.create_new(&unfinished)?;
        write(&mut file)?;
        file.sync_all()?;
        Ok(unfinished)
    }

    /// Removes a file and makes that last. False when there is none.
    pub(crate) fn remove(&self, path: &str) -> io::Result<bool> {
        match self.dir.remove_file(path) {
            Ok(()) => self.sync_dir(parent(path)).map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The names in a folder, sorted; with each, whether it is a folder, a file, or neither.
    /// A name that is not UTF-8 has its foreign bytes replaced and is [`Kind::Neither`].
    pub(crate) fn names(&self, path: &str) -> io::Result<Vec<(String, Kind)>> {
        let mut names = Vec::new();
        for entry in self.dir.open_dir(path)?.entries()? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let name = entry.file_name();
            names.push(match name.to_str() {
                Some(name) if kind.is_dir() => (name.to_owned(), Kind::Folder),
                Some(name) if kind.is_file() => (name.to_owned(), Kind::File),
                _ => (name.to_string_lossy().into_owned(), Kind::Neither),
            });
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Makes the names in a folder last.
    fn sync_dir(&self, path: &str) -> io::Result<()> {
        // Elsewhere a folder cannot be opened as a file, and its names last without being told.
        if cfg!(unix) {
            let path = if path.is_empty() { "." } else { path };
            let mut options = OpenOptions::new();
            self.dir.open_with(path, options.read(true).follow(FollowSymlinks::No))?.sync_all()?;
        }
        Ok(())
    }
}

/// What lies under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Folder,
    File,
    Neither,
}

/// What a file is called besides, until it is whole.
pub(crate) const UNFINISHED: &str = ".unfinished";

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_folder() {
        let outside = tempfile::tempdir().unwrap();
        let inside = outside.path().join("inside");
        fs::write(outside.path().join("secret"), "s").unwrap();
        let folder = Confined::create(&inside).unwrap();
        assert!(folder.read("../secret").is_err());
        assert!(folder.create_new("../made").is_err());
        assert!(folder.make_dir("../made").is_err());
        assert!(folder.read(outside.path().join("secret").to_str().unwrap()).is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../secret", inside.join("link")).unwrap();
            std::os::unix::fs::symlink("..", inside.join("up")).unwrap();
            assert!(folder.read("link").is_err());
            assert!(folder.read("up/secret").is_err());
            assert!(folder.create_new("up/made").is_err());
            assert!(folder.names("up").is_err());
        }
    }

    #[test]
    fn a_name_is_taken_once() {
        let place = tempfile::tempdir().unwrap();
        let folder = Confined::open(place.path()).unwrap();
        folder.create_new("a").unwrap();
        folder.create_new("b").unwrap();
        assert!(folder.publish("a", "c").unwrap());
        assert!(!folder.publish("b", "c").unwrap());
        assert!(folder.publish("gone", "d").is_err());
        folder.remove("b").unwrap();
        folder.create_new("b.unfinished").unwrap();
        assert!(folder.write_new("b", |_| Ok(())).unwrap());
        assert!(!folder.write_new("b", |_| Ok(())).unwrap());
        let names: Vec<_> = folder.names(".").unwrap();
        assert_eq!(names, [("b".to_owned(), Kind::File), ("c".to_owned(), Kind::File)]);
    }
}
