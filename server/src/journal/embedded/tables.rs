//! The tables of the redb file and the format they are in. Used by `reading`, `writer` and `salvage`; nothing else
//! knows how a journal lies on disk.

use cairn_protocol::id::MapId;
use cairn_protocol::record::Head;
use redb::{
    Database, ReadableDatabase, ReadableTable, Table, TableDefinition, TableError, WriteTransaction,
};

use crate::journal::JournalError;

/// Which journal, which record.
pub(super) type Place = (&'static str, u64);
/// Which journal, which record, and which piece of what is kept there, from 0.
pub(super) type PiecePlace = (&'static str, u64, u32);

/// Records as encoded (REC-1) that are in no block yet: the newest of each map.
pub(super) const RECORDS: TableDefinition<'_, Place, &[u8]> = TableDefinition::new("records");
/// Blocks of records ([`super::block`]) by the last record of each, in pieces. They hold all records before those of `RECORDS`.
pub(super) const BLOCKS: TableDefinition<'_, PiecePlace, &[u8]> = TableDefinition::new("blocks");
/// Snapshots as the first format kept them, by the record they stand after: 32 bytes of seal ([`snapshot_seal`]), then the
/// snapshot. Read and thinned; new ones go into `KEPT`.
pub(super) const SNAPSHOTS: TableDefinition<'_, Place, &[u8]> = TableDefinition::new("snapshots");
/// Snapshots by the record they stand after, in pieces: 32 bytes of seal, then the snapshot, packed ([`super::difference`]).
pub(super) const KEPT: TableDefinition<'_, PiecePlace, &[u8]> = TableDefinition::new("kept");
/// The end of each journal: CBOR of [`Head`].
pub(super) const HEADS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("heads");
/// The summary last put for each map, as it came.
pub(super) const SUMMARIES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("summaries");
/// `version`, and [`FORGOT`] where it applies.
pub(super) const FORMAT: TableDefinition<'_, &str, u64> = TableDefinition::new("format");

/// The version of the tables above. Raised when an older Cairn could not read what this one writes.
pub(super) const FORMAT_VERSION: u64 = 2;
/// The format without `BLOCKS` and `KEPT`. A file of it is read as it is, and becomes one of the newer format with the first commit.
pub(super) const FIRST_FORMAT: u64 = 1;

/// The row of `FORMAT` that says that something was forgotten since the file was made: its unused pages may still have it.
pub(super) const FORGOT: &str = "forgot";

/// Length of a snapshot's seal.
pub(super) const SEAL_BYTES: usize = 32;

/// Length of a piece: redb gives a larger value pages up to the next power of two, of which half may stay empty. Of these one fills a
/// page of 4096 bytes, with its key and what redb adds.
pub(super) const PIECE_BYTES: usize = 3900;

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
        Err(TableError::TableDoesNotExist(_)) => None,
        Err(error) => return Err(store_error(error)),
    };
    match found {
        Some(FIRST_FORMAT | FORMAT_VERSION) => Ok(()),
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
        bring_up_to_date(&txn)?;
        txn.open_table(RECORDS).map_err(store_error)?;
        txn.open_table(SNAPSHOTS).map_err(store_error)?;
        txn.open_table(HEADS).map_err(store_error)?;
        txn.open_table(SUMMARIES).map_err(store_error)?;
    }
    txn.commit().map_err(store_error)
}

/// Makes the file one of [`FORMAT_VERSION`], which older ones cannot read.
pub(super) fn bring_up_to_date(txn: &WriteTransaction) -> Result<(), JournalError> {
    let mut format = txn.open_table(FORMAT).map_err(store_error)?;
    format
        .insert("version", FORMAT_VERSION)
        .map_err(store_error)?;
    txn.open_table(BLOCKS).map_err(store_error)?;
    txn.open_table(KEPT).map_err(store_error)?;
    Ok(())
}

/// Keeps something long in pieces.
pub(super) fn put_pieces(
    table: &mut Table<'_, PiecePlace, &'static [u8]>,
    (map, seq): (&str, u64),
    bytes: &[u8],
) -> Result<(), JournalError> {
    for (n, piece) in (0..).zip(bytes.chunks(PIECE_BYTES)) {
        table.insert((map, seq, n), piece).map_err(store_error)?;
    }
    Ok(())
}

/// Puts the pieces together again. `None` where there are none.
pub(super) fn pieces(
    table: &impl ReadableTable<PiecePlace, &'static [u8]>,
    (map, seq): (&str, u64),
) -> Result<Option<Vec<u8>>, JournalError> {
    let mut whole = Vec::new();
    let places = (map, seq, 0)..=(map, seq, u32::MAX);
    for row in table.range(places).map_err(store_error)? {
        whole.extend_from_slice(row.map_err(store_error)?.1.value());
    }
    Ok((!whole.is_empty()).then_some(whole))
}

/// A table that files of the first format lack.
pub(super) fn newer<T>(opened: Result<T, TableError>) -> Result<Option<T>, JournalError> {
    match opened {
        Ok(table) => Ok(Some(table)),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(store_error(error)),
    }
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

/// Binds a snapshot to the bytes of the record it stands after, and so to its map and all its history. A snapshot
/// whose seal does not fit was damaged, or belongs to another past.
pub(super) fn snapshot_seal(record: &[u8], snapshot: &[u8]) -> [u8; SEAL_BYTES] {
    let mut hasher = blake3::Hasher::new_derive_key("cairn journal snapshot v1");
    hasher.update(blake3::hash(record).as_bytes());
    hasher.update(snapshot);
    hasher.finalize().into()
}
