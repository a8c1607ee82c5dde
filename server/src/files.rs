//! Files that only their owner reads, and that have their name only once they are whole and on disk: the journal's and archives.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// How such a file is opened.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A file that is not what it is to be yet, beside where it will be.
pub(crate) struct Unfinished {
    path: PathBuf,
    name: PathBuf,
}

impl Unfinished {
    /// Makes one, of its own: never one that somebody else put there, nor what a link points to.
    pub(crate) fn make(name: &Path) -> io::Result<(Self, File)> {
        let mut path = name.as_os_str().to_owned();
        path.push(format!(".{}.new", std::process::id()));
        let path = PathBuf::from(path);
        let make = || private().create_new(true).open(&path);
        let file = make().or_else(|error| match error.kind() {
            // What a process of the same number left when it was killed.
            io::ErrorKind::AlreadyExists => fs::remove_file(&path).and_then(|()| make()),
            _ => Err(error),
        })?;
        let name = name.to_owned();
        Ok((Self { path, name }, file))
    }

    /// Gives a file that was written and synced its name, which survives the machine then. It takes nobody's place, which a rename would:
    /// where there is such a file, that is the error.
    pub(crate) fn finish(self) -> io::Result<()> {
        match fs::hard_link(&self.path, &self.name) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // A file system without hard links.
            Err(_) => fs::rename(&self.path, &self.name)?,
            Ok(()) => {}
        }
        sync_folder(&self.name)
    }
}

impl Unfinished {
    /// Gives a file that was written and synced the name of one that is there and is not wanted any more.
    pub(crate) fn take_place(self) -> io::Result<()> {
        fs::rename(&self.path, &self.name)?;
        sync_folder(&self.name)
    }
}

/// Removes what is left of unfinished files of this name whose makers were killed. Only for whoever knows that nobody is making one.
pub(crate) fn remove_left(name: &Path) -> io::Result<()> {
    let folder = name
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let start = name.file_name().unwrap_or_default().to_string_lossy();
    for file in fs::read_dir(folder.unwrap_or(Path::new(".")))? {
        let file = file?;
        let named = file.file_name().to_string_lossy().into_owned();
        let maker = named.strip_prefix(&*start);
        let maker = maker.and_then(|rest| rest.strip_prefix('.')?.strip_suffix(".new"));
        if maker.is_some_and(|maker| maker.bytes().all(|byte| byte.is_ascii_digit())) {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

impl Drop for Unfinished {
    /// What is left of a try is of no use to anybody.
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Makes the name of a file, or of a folder, as durable as what is in it.
pub(crate) fn sync_folder(of: &Path) -> io::Result<()> {
    let Some(folder) = of.parent() else {
        return Ok(());
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn archive_2_an_unfinished_file_is_its_makers_own_and_takes_nobodys_place() {
        let folder = tempfile::tempdir().unwrap();
        let (name, other) = (folder.path().join("a"), folder.path().join("other"));
        fs::write(&other, "other").unwrap();
        // Somebody put a link where it is going to be made.
        let place = folder.path().join(format!("a.{}.new", std::process::id()));
        fs::hard_link(&other, &place).unwrap();
        let (unfinished, mut file) = Unfinished::make(&name).unwrap();
        file.write_all(b"whole").unwrap();
        unfinished.finish().unwrap();
        assert_eq!(fs::read(&name).unwrap(), b"whole");
        assert_eq!(fs::read(&other).unwrap(), b"other");
        let (again, _) = Unfinished::make(&name).unwrap();
        let error = again.finish().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&name).unwrap(), b"whole");
        assert!(!place.exists());
    }
}
