//! The tables of the redb file and the format they are in. Used by `reading`, `writer` and `salvage`; nothing else
//! knows how a journal lies on disk.

use cairn_protocol::id::MapId;
use cairn_protocol::record::{Head, Record};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

use crate::journal::JournalError;

/// Which journal, which record.
pub(super) type Place = (&'static str, u64);

/// Records as encoded (REC-1).
pub(super) const RECORDS: TableDefinition<'_, Place, &[u8]> = TableDefinition::new("records");
/// Snapshots by the record they stand after: 32 bytes of seal ([`snapshot_seal`]), then the snapshot.
pub(super) const SNAPSHOTS: TableDefinition<'_, Place, &[u8]> = TableDefinition::new("snapshots");
/// The end of each journal: CBOR of [`Head`].
pub(super) const HEADS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("heads");
/// The summary last put for each map, as it came.
pub(super) const SUMMARIES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("summaries");
/// One row, `version`.
pub(super) const FORMAT: TableDefinition<'_, &str, u64> = TableDefinition::new("format");

/// The version of the tables above. Raised when an older Cairn could not read what this one writes.
pub(super) const FORMAT_VERSION: u64 = 1;

/// Length of a snapshot's seal.
pub(super) const SEAL_BYTES: usize = 32;

/// Makes the tables in an empty file; refuses a file of another format or of another program.
pub(super) fn check_format(store: &Database) -> Result<(), JournalError> {
    let txn = store.begin_read().map_err(store_error)?;
    if txn.list_tables().map_err(store_error)?.next().is_none() {
        return make(store);
    }
    let found = match txn.open_table(FORMAT) {
        Ok(format) => format
            .get("version")
            .map_err(store_error)?
            .map(|row| row.value()),
        Err(redb::TableError::TableDoesNotExist(_)) => None,
        Err(error) => return Err(store_error(error)),
    };
    match found {
        Some(FORMAT_VERSION) => Ok(()),
        Some(newer) => Err(JournalError::Store(format!(
            "it has format {newer}, this Cairn reads format {FORMAT_VERSION}: use the Cairn that wrote it, or a newer one"
        ))),
        None => Err(JournalError::Store(
            "the file is not a Cairn journal".to_owned(),
        )),
    }
}

/// One transaction: a file has all tables and its format, or nothing.
fn make(store: &Database) -> Result<(), JournalError> {
    let txn = store.begin_write().map_err(store_error)?;
    {
        let mut format = txn.open_table(FORMAT).map_err(store_error)?;
        format
            .insert("version", FORMAT_VERSION)
            .map_err(store_error)?;
        txn.open_table(RECORDS).map_err(store_error)?;
        txn.open_table(SNAPSHOTS).map_err(store_error)?;
        txn.open_table(HEADS).map_err(store_error)?;
        txn.open_table(SUMMARIES).map_err(store_error)?;
    }
    txn.commit().map_err(store_error)
}

/// Anything redb says.
pub(super) fn store_error(error: impl Into<redb::Error>) -> JournalError {
    JournalError::Store(error.into().to_string())
}

/// A head's row.
pub(super) fn encode_head(head: &Head) -> Vec<u8> {
    minicbor::to_vec(head).expect("writing to a Vec cannot fail")
}

/// Reads a head's row back.
pub(super) fn decode_head(map: &MapId, row: &[u8]) -> Result<Head, JournalError> {
    minicbor::decode(row).map_err(|error| {
        JournalError::Store(format!(
            "map {map}: the end of its journal cannot be read: {error}"
        ))
    })
}

/// The end of a map's journal as its record `seq` says it, if that record is there and readable.
pub(super) fn head_at(
    records: &impl ReadableTable<Place, &'static [u8]>,
    map: &MapId,
    seq: u64,
) -> Result<Option<Head>, JournalError> {
    let Some(row) = records.get((map.as_str(), seq)).map_err(store_error)? else {
        return Ok(None);
    };
    let encoded = row.value();
    let record = Record::decode(encoded).map_err(|source| JournalError::Record {
        map: map.clone(),
        seq,
        source,
    })?;
    let hash = cairn_protocol::record::Hash::of(encoded);
    Ok(Some(Head {
        seq: record.seq,
        at: record.at,
        hash,
    }))
}

/// Binds a snapshot to the bytes of the record it stands after, and so to its map and all its history. A snapshot
/// whose seal does not fit was damaged, or belongs to another past.
pub(super) fn snapshot_seal(record: &[u8], snapshot: &[u8]) -> [u8; SEAL_BYTES] {
    let mut hasher = blake3::Hasher::new_derive_key("cairn journal snapshot v1");
    hasher.update(blake3::hash(record).as_bytes());
    hasher.update(snapshot);
    hasher.finalize().into()
}
