//! Checks fjall's journals before fjall opens them, and cuts a torn tail.
//!
//! fjall drops everything behind a damaged place without a word. Here the only thing ever cut is the last group of
//! the last journal, and only if nothing shows that it was acknowledged; a copy of it is kept in `torn/`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::format::StoreId;
use super::scan::{self, Batch};
use super::{DB_FOLDER, file_error, sync_folder};
use crate::Error;

/// The folder of what was cut off.
const TORN_FOLDER: &str = "torn";
/// No program writes so many sequence numbers between two groups; a greater step is damage.
const MAX_SEQUENCE_STEP: u64 = 1 << 32;

/// What the check starts from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expect {
    pub(crate) id: StoreId,
    /// The last group known to be acknowledged.
    pub(crate) watermark: u64,
    /// Cut whatever is damaged, acknowledged or not.
    pub(crate) accept_loss: bool,
}

/// Walks all journals in order; answers the number of the last whole group, if any journal holds one.
pub(crate) fn check(folder: &Path, expect: Expect) -> Result<Option<u64>, Error> {
    let journals = list(&folder.join(DB_FOLDER))?;
    let mut last = None;
    for (place, path) in journals.iter().enumerate() {
        let bytes = fs::read(path).map_err(|error| file_error("reading", path, &error))?;
        let end = walk(&bytes, expect.id, &mut last);
        let rest = without_padding(&bytes[end..]);
        if rest.is_empty() {
            continue;
        }
        let later = &journals[place + 1..];
        if !expect.accept_loss {
            may_cut(rest, last.map_or(0, |batch| batch.mark.number), !later.is_empty(), expect)?;
        }
        cut(folder, path, end, rest)?;
        set_aside(folder, later)?;
        break;
    }
    Ok(last.map(|batch| batch.mark.number))
}

/// Cuts every group behind `number`: what a full disk left of a group that was refused.
pub(crate) fn drop_after(folder: &Path, id: StoreId, number: u64) -> Result<(), Error> {
    for path in list(&folder.join(DB_FOLDER))? {
        let bytes = fs::read(&path).map_err(|error| file_error("reading", &path, &error))?;
        let mut end = 0;
        while let Some(batch) =
            scan::read_batch(&bytes[end..], id).filter(|batch| batch.mark.number <= number)
        {
            end += batch.len;
        }
        if !without_padding(&bytes[end..]).is_empty() {
            truncate(&path, end)?;
        }
    }
    Ok(())
}

/// The journals in the order they were written.
fn list(db: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(db).map_err(|error| file_error("reading", db, &error))?;
    let mut journals = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| file_error("reading", db, &error))?.path();
        if path.extension().is_some_and(|ext| ext == "jnl") {
            let number = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            let number: u64 =
                number.ok_or_else(|| Error::Corrupt(format!("{} is no journal's name", path.display())))?;
            journals.push((number, path));
        }
    }
    journals.sort();
    Ok(journals.into_iter().map(|(_, path)| path).collect())
}

/// Follows whole batches that continue `last`; answers where they end.
fn walk(bytes: &[u8], id: StoreId, last: &mut Option<Batch>) -> usize {
    let mut at = 0;
    while let Some(batch) = scan::read_batch(&bytes[at..], id).filter(|batch| follows(*last, batch)) {
        at += batch.len;
        *last = Some(batch);
    }
    at
}

/// The bytes without the zeros behind them: fjall sizes a journal before it fills it.
fn without_padding(mut bytes: &[u8]) -> &[u8] {
    const ZEROS: [u8; 4096] = [0; 4096];
    while let Some(rest) = bytes.strip_suffix(&ZEROS) {
        bytes = rest;
    }
    let used = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    &bytes[..used]
}

/// True when the batch is the next one: fjall's checksum does not cover the sequence number, the mark does.
fn follows(last: Option<Batch>, batch: &Batch) -> bool {
    let floor = batch.mark.sequence_floor;
    let in_step = batch.sequence >= floor && batch.sequence - floor < MAX_SEQUENCE_STEP;
    in_step && last.is_none_or(|last| batch.mark.number == last.mark.number + 1 && last.sequence < floor)
}

/// Refuses to cut what was acknowledged. A group is only started when the one before it is answered, so a trace of
/// the next but one proves that more than the torn group would go. A journal without any whole group says nothing of
/// those before it: they are in tables, which the opening holds against the watermark.
fn may_cut(rest: &[u8], last: u64, sealed: bool, expect: Expect) -> Result<(), Error> {
    let traces: BTreeSet<u64> = scan::traces(rest, expect.id).collect();
    let acknowledged =
        |number: &u64| *number <= expect.watermark || (last > 0 && *number > last.saturating_add(1));
    let behind = last > 0 && last < expect.watermark;
    if sealed || behind || traces.len() > 1 || traces.iter().any(acknowledged) {
        return Err(Error::Behind(format!(
            "the journal is damaged behind group {last}, but group {} was acknowledged: restore a backup, or start \
             once with --accept-loss to go on without what is damaged",
            expect.watermark.max(last + 1)
        )));
    }
    Ok(())
}

/// Keeps a copy of the tail, then cuts it, durably in this order.
fn cut(folder: &Path, journal: &Path, end: usize, rest: &[u8]) -> Result<(), Error> {
    let torn = torn_folder(folder)?;
    let copy = torn.join(format!("{}-{end}.tail", name_of(journal)));
    fs::write(&copy, rest)
        .and_then(|()| File::open(&copy)?.sync_all())
        .map_err(|error| file_error("writing", &copy, &error))?;
    sync_folder(&torn)?;
    tracing::warn!(
        journal = %journal.display(), bytes = rest.len(), copy = %copy.display(),
        "the last group of the journal was torn and never acknowledged; it was cut off"
    );
    truncate(journal, end)
}

fn truncate(journal: &Path, end: usize) -> Result<(), Error> {
    File::options()
        .write(true)
        .open(journal)
        .and_then(|file| {
            file.set_len(end as u64)?;
            file.sync_all()
        })
        .map_err(|error| file_error("cutting", journal, &error))
}

/// Moves journals behind a damaged one away, so that what is left is a state the store was once in.
fn set_aside(folder: &Path, journals: &[PathBuf]) -> Result<(), Error> {
    for journal in journals {
        let aside = torn_folder(folder)?.join(name_of(journal));
        fs::rename(journal, &aside).map_err(|error| file_error("moving", journal, &error))?;
        tracing::warn!(from = %journal.display(), to = %aside.display(), "journal behind a damaged one set aside");
        sync_folder(&folder.join(DB_FOLDER))?;
    }
    Ok(())
}

fn torn_folder(folder: &Path) -> Result<PathBuf, Error> {
    let torn = folder.join(TORN_FOLDER);
    fs::create_dir_all(&torn).map_err(|error| file_error("creating", &torn, &error))?;
    sync_folder(folder)?;
    Ok(torn)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
