//! Secrets of open anonymous rounds (VOTE-10): kept from opening to closing, so that a restart costs nobody their ballot, and destroyed
//! then. Files of their own beside the data file: what an append-only journal holds could not be taken back, and a copy of the journal
//! holds no secret. Called by rooms, off their loop: every call may wait for the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use cairn_protocol::id::MapId;
use cairn_protocol::round::{Commitment, RoundSecret};

/// The folder beside the data file.
const FOLDER: &str = "round-secrets";

/// Where secrets are kept. Cloned into every room.
#[derive(Clone, Debug)]
pub struct Secrets(Arc<Place>);

#[derive(Debug)]
enum Place {
    /// Gone with the process, as is the journal they belong to.
    Memory(Mutex<BTreeMap<(MapId, Commitment), RoundSecret>>),
    Folder(PathBuf),
}

impl Default for Secrets {
    fn default() -> Self {
        Self(Arc::new(Place::Memory(Mutex::default())))
    }
}

impl Secrets {
    /// Beside the data file in this folder.
    pub fn beside(data: &Path) -> Self {
        Self(Arc::new(Place::Folder(data.join(FOLDER))))
    }

    /// Keeps a secret, on disk when this returns.
    pub fn keep(&self, map: &MapId, secret: &RoundSecret) -> io::Result<()> {
        let commitment = secret.commitment();
        match &*self.0 {
            Place::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.insert((map.clone(), commitment), secret.clone());
                Ok(())
            }
            Place::Folder(folder) => {
                fs::DirBuilder::new()
                    .recursive(true)
                    .mode(0o700)
                    .create(folder)?;
                let path = folder.join(name(map, commitment));
                let mut file = OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(0o600)
                    .open(path)?;
                file.write_all(secret.bytes())?;
                file.sync_all()?;
                File::open(folder)?.sync_all()
            }
        }
    }

    /// The secret that a round of this map names, if it is still here.
    pub fn of(&self, map: &MapId, commitment: Commitment) -> io::Result<Option<RoundSecret>> {
        match &*self.0 {
            Place::Memory(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(kept.get(&(map.clone(), commitment)).cloned())
            }
            Place::Folder(folder) => {
                let mut bytes = [0; 32];
                match File::open(folder.join(name(map, commitment))) {
                    Ok(mut file) => file.read_exact(&mut bytes)?,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                    Err(error) => return Err(error),
                }
                let secret = RoundSecret::new(bytes);
                Ok((secret.commitment() == commitment).then_some(secret))
            }
        }
    }

    /// Destroys the secret of one round, if it is still here.
    pub fn destroy(&self, map: &MapId, commitment: Commitment) -> io::Result<()> {
        match &*self.0 {
            Place::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.remove(&(map.clone(), commitment));
                Ok(())
            }
            Place::Folder(folder) => {
                match destroy(&folder.join(name(map, commitment))) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                    destroyed => destroyed?,
                }
                File::open(folder)?.sync_all()
            }
        }
    }

    /// Destroys every secret of this map but the one of the round that is open now. For a map that nobody has open: in one that is, the
    /// secret of another round may be written at the same time.
    pub fn destroy_others(&self, map: &MapId, open: Option<Commitment>) -> io::Result<()> {
        match &*self.0 {
            Place::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.retain(|(of, commitment), _| of != map || Some(*commitment) == open);
                Ok(())
            }
            Place::Folder(folder) => {
                let kept = open.map(|commitment| name(map, commitment));
                destroy_all(folder, |named| {
                    named.starts_with(&of_map(map)) && Some(named) != kept.as_deref()
                })
            }
        }
    }

    /// Destroys the secrets of all maps but these: a map that is deleted opens no more, and would never be done with a secret that a
    /// killed server left of it.
    pub fn destroy_but_of<'a>(&self, maps: impl Iterator<Item = &'a MapId>) -> io::Result<()> {
        match &*self.0 {
            Place::Memory(kept) => {
                let maps: BTreeSet<&MapId> = maps.collect();
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.retain(|(of, _), _| maps.contains(of));
                Ok(())
            }
            Place::Folder(folder) => {
                let maps: BTreeSet<String> = maps.map(of_map).collect();
                destroy_all(folder, |named| {
                    let map = named.split_inclusive('.').next();
                    map.is_none_or(|map| !maps.contains(map))
                })
            }
        }
    }
}

/// Destroys those of a folder whose names are meant.
fn destroy_all(folder: &Path, is_meant: impl Fn(&str) -> bool) -> io::Result<()> {
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for file in files {
        let file = file?;
        if is_meant(&file.file_name().to_string_lossy()) {
            destroy(&file.path())?;
        }
    }
    File::open(folder)?.sync_all()
}

/// Overwritten before it is removed; what the disk keeps of it underneath is beyond a program's reach.
fn destroy(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(&[0; 32])?;
    file.sync_all()?;
    fs::remove_file(path)
}

fn of_map(map: &MapId) -> String {
    let hash = blake3::hash(map.as_str().as_bytes()).to_hex();
    format!("{}.", &hash[..32])
}

fn name(map: &MapId, commitment: Commitment) -> String {
    let commitment = commitment.to_string();
    format!("{}{}", of_map(map), &commitment[..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(name: &str) -> MapId {
        MapId::new(name).unwrap()
    }

    fn everywhere(check: impl Fn(&dyn Fn() -> Secrets)) {
        let memory = Secrets::default();
        check(&|| memory.clone());
        let folder = tempfile::tempdir().unwrap();
        check(&|| Secrets::beside(folder.path()));
    }

    #[test]
    fn vote_10_a_secret_is_kept_until_its_round_is_over_and_gone_then() {
        everywhere(|secrets| {
            let (one, two) = (RoundSecret::new([1; 32]), RoundSecret::new([2; 32]));
            secrets().destroy_others(&map("a"), None).unwrap();
            secrets().keep(&map("a"), &one).unwrap();
            secrets().keep(&map("b"), &two).unwrap();
            let of = |name: &str, secret: &RoundSecret| {
                secrets().of(&map(name), secret.commitment()).unwrap()
            };
            assert_eq!(of("a", &one), Some(one.clone()));
            assert_eq!(of("b", &one), None, "bound to its map");
            secrets()
                .destroy_others(&map("a"), Some(one.commitment()))
                .unwrap();
            assert_eq!(of("a", &one), Some(one.clone()), "still open");
            secrets().destroy_others(&map("a"), None).unwrap();
            assert_eq!(of("a", &one), None);
            assert_eq!(of("b", &two), Some(two), "another map's");
        });
    }

    #[test]
    fn vote_10_with_the_secret_of_one_round_no_other_goes() {
        everywhere(|secrets| {
            let (one, two) = (RoundSecret::new([1; 32]), RoundSecret::new([2; 32]));
            for secret in [&one, &two] {
                secrets().keep(&map("a"), secret).unwrap();
            }
            let of = |secret: &RoundSecret| secrets().of(&map("a"), secret.commitment()).unwrap();
            // The second time it is gone already.
            for _ in 0..2 {
                secrets().destroy(&map("a"), one.commitment()).unwrap();
                assert_eq!((of(&one), of(&two)), (None, Some(two.clone())));
            }
            secrets().destroy(&map("b"), two.commitment()).unwrap();
            assert_eq!(of(&two), Some(two.clone()), "another map's");
        });
    }

    #[test]
    fn delete_1_secrets_of_maps_that_are_gone_are_destroyed() {
        everywhere(|secrets| {
            let secret = RoundSecret::new([1; 32]);
            secrets().destroy_but_of([].into_iter()).unwrap();
            for name in ["a", "b"] {
                secrets().keep(&map(name), &secret).unwrap();
            }
            secrets().destroy_but_of([&map("b")].into_iter()).unwrap();
            let of = |name: &str| secrets().of(&map(name), secret.commitment()).unwrap();
            assert_eq!(of("a"), None);
            assert_eq!(of("b"), Some(secret.clone()));
        });
    }

    #[test]
    fn vote_10_nobody_else_on_the_machine_reads_a_secret() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let secret = RoundSecret::new([1; 32]);
        Secrets::beside(folder.path())
            .keep(&map("a"), &secret)
            .unwrap();
        let inside = folder.path().join(FOLDER);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inside), 0o700);
        assert_eq!(
            mode(&inside.join(name(&map("a"), secret.commitment()))),
            0o600
        );
    }
}
