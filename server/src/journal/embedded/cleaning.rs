//! A data file without what was forgotten (ERASE-6). redb writes nothing over the pages it frees, so what was taken out of a file may still
//! be read off them. What is left is copied into a new file, which takes the old one's name. Called before a journal is opened to serve.

use std::fs::File;
use std::path::Path;

use redb::backends::FileBackend;
use redb::{
    Database, Durability, Key, ReadTransaction, ReadableDatabase, ReadableTable, TableDefinition,
    Value, WriteTransaction,
};

use super::tables::{
    BLOCKS, FORGOT, FORMAT, HEADS, KEPT, RECORDS, SNAPSHOTS, SUMMARIES, check_format, newer,
    store_error,
};
use super::{FILE, Unopened, database};
use crate::files::{self, Unfinished};
use crate::journal::JournalError;

/// Copies the file of this folder if something was forgotten in it. Gives back the old one, which has no name any more and is still held.
pub(super) fn clean(dir: &Path) -> Result<Option<Database>, JournalError> {
    let path = dir.join(FILE);
    if !path.exists() {
        return Ok(None);
    }
    let failed = |error| JournalError::Store(format!("cannot open {}: {error}", path.display()));
    let old = open(dir, files::private().open(&path).map_err(failed)?)?;
    // The file is held, so nobody makes one. What was left of making one holds what was in it then.
    files::remove_left(&path).map_err(failed)?;
    check_format(&old)?;
    let txn = old.begin_read().map_err(store_error)?;
    let forgot = match newer(txn.open_table(FORMAT))? {
        Some(format) => format.get(FORGOT).map_err(store_error)?.is_some(),
        None => false,
    };
    if !forgot {
        return Ok(None);
    }
    let failed = |error| JournalError::Store(format!("cannot write to {}: {error}", dir.display()));
    let (unfinished, file) = Unfinished::make(&path).map_err(failed)?;
    let new = open(dir, file)?;
    check_format(&new)?;
    copy(&txn, &new)?;
    drop(new);
    unfinished.take_place().map_err(failed)?;
    tracing::info!("the data file was copied without what was erased and deleted");
    drop(txn);
    Ok(Some(old))
}

fn open(dir: &Path, file: File) -> Result<Database, JournalError> {
    let backend = FileBackend::new(file).map_err(store_error)?;
    database(backend).map_err(|unopened| match unopened {
        Unopened::Busy => JournalError::Locked(dir.display().to_string()),
        Unopened::Refused(error) => error,
    })
}

/// Every table in one durable transaction.
fn copy(from: &ReadTransaction, to: &Database) -> Result<(), JournalError> {
    let mut txn = to.begin_write().map_err(store_error)?;
    txn.set_durability(Durability::Immediate)
        .map_err(store_error)?;
    table(from, &txn, RECORDS)?;
    table(from, &txn, BLOCKS)?;
    table(from, &txn, SNAPSHOTS)?;
    table(from, &txn, KEPT)?;
    table(from, &txn, HEADS)?;
    table(from, &txn, SUMMARIES)?;
    txn.commit().map_err(store_error)
}

fn table<K: Key + 'static, V: Value + 'static>(
    from: &ReadTransaction,
    to: &WriteTransaction,
    definition: TableDefinition<'_, K, V>,
) -> Result<(), JournalError> {
    let Some(rows) = newer(from.open_table(definition))? else {
        return Ok(());
    };
    let mut copied = to.open_table(definition).map_err(store_error)?;
    for row in rows.iter().map_err(store_error)? {
        let (key, value) = row.map_err(store_error)?;
        copied
            .insert(key.value(), value.value())
            .map_err(store_error)?;
    }
    Ok(())
}
