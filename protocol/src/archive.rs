//! The archive of a map (ARCHIVE-1 … ARCHIVE-5): its whole journal in one file, with snapshots, every byte of which is checked.
//!
//! Pure: bytes in, bytes out, one part at a time, so that an archive of any length is written and read with little memory. The server
//! does the reading and writing of files. What is decoded is never trusted before its check, its place and the chain have held.

#[cfg(test)]
mod tests;

use std::fmt;

use bytes::Bytes;
use minicbor::{Decode, Encode};

use crate::fold::Snapshot;
use crate::id::MapId;
use crate::limits::MAX_FRAME_BYTES;
use crate::record::{Head, Record};

/// How every archive begins: what it is, and the version of its format.
pub const MAGIC: [u8; 16] = *b"CAIRN ARCHIVE 1\n";

/// Before each part: its kind, and the length of its body.
pub const HEADER_BYTES: usize = 5;
/// After each part: the first bytes of the BLAKE3 of its header and body.
pub const CHECK_BYTES: usize = 8;

/// No record is longer: the longest update with room for what else a record says.
const RECORD_MAX: u64 = MAX_FRAME_BYTES as u64 + 1024 * 1024;
/// No snapshot is longer than a map that anybody could load.
const SNAPSHOT_MAX: u64 = 1024 * 1024 * 1024;
/// A manifest names snapshots, at most one for each of some million records.
const MANIFEST_MAX: u64 = 16 * 1024 * 1024;
/// BLAKE3 of everything before the last part.
const END_BYTES: u64 = 32;

/// What is in an archive. Stands first in it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Manifest {
    /// Of which map.
    #[n(0)]
    pub map: MapId,
    /// The end of its journal: how many records follow, and the hash of the last one.
    #[n(1)]
    pub head: Head,
    /// The records that snapshots stand after, in order.
    #[n(2)]
    pub snapshots: Vec<u64>,
}

/// Where in an archive something is, as a person looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Its first bytes.
    Beginning,
    /// What says what is in it.
    Manifest,
    /// The record of this number.
    Record(u64),
    /// The snapshot that stands after this record.
    Snapshot(u64),
    /// What closes it.
    End,
    /// Behind that.
    After,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beginning => f.write_str("the beginning"),
            Self::Manifest => f.write_str("the manifest"),
            Self::Record(seq) => write!(f, "record {seq}"),
            Self::Snapshot(seq) => write!(f, "the snapshot after record {seq}"),
            Self::End => f.write_str("the end"),
            Self::After => f.write_str("what follows the end"),
        }
    }
}

/// The first place of an archive that is not what it was.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What does not hold there.
    pub why: String,
}

impl Fault {
    /// The file ends within this place.
    pub fn short(place: Place) -> Self {
        Self::new(place, "the file ends before it does")
    }

    fn new(place: Place, why: impl Into<String>) -> Self {
        Self {
            place,
            why: why.into(),
        }
    }
}

/// The kinds of parts, as their headers say them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Manifest,
    Record,
    Snapshot,
    End,
}

impl Kind {
    const fn byte(self) -> u8 {
        match self {
            Self::Manifest => b'M',
            Self::Record => b'R',
            Self::Snapshot => b'S',
            Self::End => b'E',
        }
    }

    const fn longest(self) -> u64 {
        match self {
            Self::Manifest => MANIFEST_MAX,
            Self::Record => RECORD_MAX,
            Self::Snapshot => SNAPSHOT_MAX,
            Self::End => END_BYTES,
        }
    }
}

fn check(header: &[u8], body: &[u8]) -> [u8; CHECK_BYTES] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(header).update(body);
    let mut check = [0; CHECK_BYTES];
    hasher.finalize_xof().fill(&mut check);
    check
}

/// Makes the parts of an archive, in order: the manifest, each record with the snapshot that stands after it, the end.
pub struct Writer {
    everything: blake3::Hasher,
}

impl Writer {
    /// Begins an archive. Returns its first bytes.
    pub fn begin(manifest: &Manifest) -> (Self, Vec<u8>) {
        let mut everything = blake3::Hasher::new();
        everything.update(&MAGIC);
        let mut writer = Self { everything };
        let body = minicbor::to_vec(manifest).expect("writing to a Vec cannot fail");
        let mut bytes = MAGIC.to_vec();
        bytes.extend(writer.part(Kind::Manifest, &body));
        (writer, bytes)
    }

    /// The next record, as it is hashed.
    pub fn record(&mut self, encoded: &[u8]) -> Vec<u8> {
        self.part(Kind::Record, encoded)
    }

    /// The snapshot after the record that was written last.
    pub fn snapshot(&mut self, snapshot: &Snapshot) -> Vec<u8> {
        self.part(Kind::Snapshot, &snapshot.bytes)
    }

    /// The last bytes.
    pub fn end(mut self) -> Vec<u8> {
        let hash = self.everything.finalize();
        self.part(Kind::End, hash.as_bytes())
    }

    fn part(&mut self, kind: Kind, body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![kind.byte()];
        let length = u32::try_from(body.len()).expect("no record and no snapshot is that long");
        bytes.extend_from_slice(&length.to_be_bytes());
        let check = check(&bytes, body);
        bytes.extend_from_slice(body);
        bytes.extend_from_slice(&check);
        self.everything.update(&bytes);
        bytes
    }
}

/// One part of an archive that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is in it.
    Manifest(Manifest),
    /// A record, and its bytes.
    Record(Box<Record>, Bytes),
    /// A snapshot.
    Snapshot(Snapshot),
    /// Everything before it is what was written.
    End,
}

/// Takes an archive apart. Whoever reads asks [`Reader::place`] where they are, gives the header of the next part and then its body
/// with its check, until the end was taken.
pub struct Reader {
    everything: blake3::Hasher,
    contents: Option<Contents>,
    next: Place,
}

/// What the manifest says, and how far that was read.
struct Contents {
    manifest: Manifest,
    head: Head,
    /// Snapshots still to come, last first.
    snapshots: Vec<u64>,
}

/// A part whose header was read.
pub struct Begun {
    kind: Kind,
    header: [u8; HEADER_BYTES],
}

impl Begun {
    /// How many bytes the body and its check have.
    pub fn rest(&self) -> u64 {
        let [_, length @ ..] = self.header;
        u64::from(u32::from_be_bytes(length)) + CHECK_BYTES as u64
    }
}

impl Reader {
    /// Takes the first bytes of a file.
    pub fn begin(magic: &[u8]) -> Result<Self, Fault> {
        if magic != MAGIC {
            let why = "it is not an archive, or one that another Cairn wrote";
            return Err(Fault::new(Place::Beginning, why));
        }
        let mut everything = blake3::Hasher::new();
        everything.update(magic);
        Ok(Self {
            everything,
            contents: None,
            next: Place::Manifest,
        })
    }

    /// What comes next. [`Place::After`] once the end was taken: then nothing may.
    pub fn place(&self) -> Place {
        self.next
    }

    /// Takes the header of the next part.
    pub fn header(&self, header: [u8; HEADER_BYTES]) -> Result<Begun, Fault> {
        let fault = |why: &str| Err(Fault::new(self.next, why));
        let kind = match self.next {
            Place::Beginning | Place::Manifest => Kind::Manifest,
            Place::Record(_) => Kind::Record,
            Place::Snapshot(_) => Kind::Snapshot,
            Place::End => Kind::End,
            Place::After => return fault("nothing belongs there"),
        };
        let begun = Begun { kind, header };
        let [found, ..] = header;
        if found != kind.byte() {
            return fault("something else stands in its place");
        }
        if begun.rest() > kind.longest() + CHECK_BYTES as u64 {
            return fault("it says that it is longer than it can be");
        }
        Ok(begun)
    }

    /// Takes the rest of the part: its body and its check.
    pub fn body(&mut self, begun: &Begun, rest: &Bytes) -> Result<Part, Fault> {
        let at = self.next;
        let fault = |why: String| Fault::new(at, why);
        let changed = || fault("its bytes were changed".to_owned());
        let until = rest.len().checked_sub(CHECK_BYTES).ok_or_else(changed)?;
        let (body, kept) = (rest.slice(..until), rest.slice(until..));
        if check(&begun.header, &body) != *kept {
            return Err(changed());
        }
        let before = self.everything.finalize();
        self.everything.update(&begun.header).update(rest);
        if begun.kind == Kind::Manifest {
            let manifest = minicbor::decode(&body).map_err(|error| fault(error.to_string()))?;
            return self.open(manifest);
        }
        let contents = self.contents.as_mut().ok_or_else(changed)?;
        let part = match begun.kind {
            Kind::Manifest | Kind::Record => {
                let record = Record::decode(&body).map_err(|error| fault(error.to_string()))?;
                let follows = contents.head.follow(&record, &body);
                follows.map_err(|error| fault(error.to_string()))?;
                Part::Record(Box::new(record), body)
            }
            Kind::Snapshot => {
                contents.snapshots.pop();
                let seq = contents.head.seq;
                Part::Snapshot(Snapshot { seq, bytes: body })
            }
            Kind::End if *body != *before.as_bytes() => return Err(changed()),
            Kind::End if contents.head != contents.manifest.head => {
                let why = "the last record is not the one that the manifest names";
                return Err(fault(why.to_owned()));
            }
            Kind::End => {
                self.next = Place::After;
                return Ok(Part::End);
            }
        };
        self.next = contents.next();
        Ok(part)
    }

    fn open(&mut self, manifest: Manifest) -> Result<Part, Fault> {
        let ascend = manifest.snapshots.is_sorted_by(|one, next| one < next);
        let within = 1..=manifest.head.seq;
        // It becomes part of addresses and of file names.
        if MapId::new(manifest.map.as_str()).is_err() {
            return Err(Fault::new(self.next, "it names a map that could not be"));
        }
        if !ascend || !manifest.snapshots.iter().all(|seq| within.contains(seq)) {
            let why = "it names snapshots after records that it does not name";
            return Err(Fault::new(self.next, why));
        }
        let contents = Contents {
            head: Head::genesis(&manifest.map),
            snapshots: manifest.snapshots.iter().rev().copied().collect(),
            manifest: manifest.clone(),
        };
        self.next = contents.next();
        self.contents = Some(contents);
        Ok(Part::Manifest(manifest))
    }
}

impl Contents {
    /// What stands behind the part read last.
    fn next(&self) -> Place {
        let seq = self.head.seq;
        if self.snapshots.last() == Some(&seq) {
            Place::Snapshot(seq)
        } else if seq < self.manifest.head.seq {
            Place::Record(seq + 1)
        } else {
            Place::End
        }
    }
}
