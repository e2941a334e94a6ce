//! Power loss: the folder as it was at a sync, with what came after it torn, lost by pages, or there as a whole.
//!
//! Everything acknowledged before must be there; of the group that was not, all or nothing.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::Path;

use support::{Content, content, copy, journal, open, put_file, run, used};

const PAGE: usize = 4096;

/// A folder at one sync, and the journal one group later.
struct Barrier {
    folder: tempfile::TempDir,
    acknowledged: Content,
    with_next: Content,
    later_journal: Vec<u8>,
    /// A watermark file that a power loss may bring back.
    old_watermark: Vec<u8>,
}

async fn barriers(script: std::ops::Range<u64>) -> Vec<Barrier> {
    let live = support::folder();
    let mut store = open(live.path()).unwrap();
    let mut acknowledged = Content::new();
    let mut barriers: Vec<Barrier> = Vec::new();
    let old_watermark = fs::read(live.path().join("watermark")).unwrap();
    for n in script {
        if n == 9 {
            parlance_store::Store::close(&store).await.unwrap();
            drop(store);
            store = open(live.path()).unwrap();
        }
        let folder = support::folder();
        copy(live.path(), folder.path());
        let before = acknowledged.clone();
        run(&store, n, &mut acknowledged).await;
        barriers.push(Barrier {
            folder,
            acknowledged: before,
            with_next: acknowledged.clone(),
            later_journal: used(&journal(live.path())),
            old_watermark: old_watermark.clone(),
        });
    }
    barriers
}

/// What the last group may look like after the power came back.
fn torn(before: usize, later: &[u8]) -> Vec<Vec<u8>> {
    let group = later.len() - before;
    let lengths = [0, 1, 5, 13, 14, 60, group / 3, group / 2, group - 14, group - 1, group];
    let mut cases: Vec<Vec<u8>> =
        lengths.into_iter().map(|len| later[..before + len.min(group)].to_vec()).collect();
    for page in before / PAGE..=later.len() / PAGE {
        let mut lost = later.to_vec();
        let start = (page * PAGE).max(before);
        let end = ((page + 1) * PAGE).min(lost.len());
        lost[start..end].fill(0);
        cases.push(lost);
    }
    cases
}

async fn reopens(barrier: &Barrier, journal_bytes: &[u8], old_watermark: bool) {
    let folder = support::folder();
    copy(barrier.folder.path(), folder.path());
    let path = journal(folder.path());
    let len = fs::metadata(&path).unwrap().len().max(journal_bytes.len() as u64);
    put_file(&path, journal_bytes, len);
    if old_watermark {
        fs::write(folder.path().join("watermark"), &barrier.old_watermark).unwrap();
    }
    let store = open(folder.path()).unwrap();
    let found = content(&store).await.unwrap();
    assert!(
        found == barrier.acknowledged || found == barrier.with_next,
        "neither before nor after the group"
    );
    if found == barrier.with_next {
        return;
    }
    let mut acknowledged = found;
    run(&store, 1_000, &mut acknowledged).await;
    drop(store);
    assert_eq!(content(&open(folder.path()).unwrap()).await.unwrap(), acknowledged);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_torn_group_takes_nothing_acknowledged_with_it() {
    for (place, barrier) in barriers(0..14).await.into_iter().enumerate() {
        let before = used(&journal(barrier.folder.path())).len();
        for (case, bytes) in torn(before, &barrier.later_journal).iter().enumerate() {
            // The watermark of the very start stands for any that a power loss may bring back.
            reopens(&barrier, bytes, (place + case) % 2 == 0 && place < 9).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_torn_first_group_of_a_new_journal_is_no_loss() {
    let live = support::folder();
    let mut acknowledged = Content::new();
    let store = open(live.path()).unwrap();
    for n in 0..5 {
        run(&store, n, &mut acknowledged).await;
    }
    parlance_store::Store::close(&store).await.unwrap();
    drop(store);
    // Everything is in tables, so a journal made now may be the only one.
    let folder = support::folder();
    copy(live.path(), folder.path());
    let mut with_next = acknowledged.clone();
    let store = open(live.path()).unwrap();
    run(&store, 5, &mut with_next).await;
    drop(store);
    let group = used(&journal(live.path())).split_off(used(&journal(folder.path())).len());
    for len in [0, 1, 14, 60, 80, group.len() / 2, group.len() - 1, group.len()] {
        let torn = support::folder();
        copy(folder.path(), torn.path());
        fs::remove_file(journal(torn.path())).unwrap();
        put_file(&torn.path().join("db/7.jnl"), &group[..len], 64 << 20);
        let store = open(torn.path()).unwrap();
        let expected = if len == group.len() { &with_next } else { &acknowledged };
        assert_eq!(content(&store).await.unwrap(), *expected, "{len} bytes");
        run(&store, 1_000, &mut expected.clone()).await;
        drop(store);
        open(torn.path()).unwrap();
        // The same, when it was acknowledged.
        let lost = support::folder();
        copy(folder.path(), lost.path());
        fs::copy(live.path().join("watermark"), lost.path().join("watermark")).unwrap();
        fs::remove_file(journal(lost.path())).unwrap();
        put_file(&lost.path().join("db/7.jnl"), &group[..len], 64 << 20);
        assert_eq!(open(lost.path()).is_err(), len < group.len(), "{len} bytes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tail_that_was_cut_is_kept_as_a_copy() {
    let barrier = barriers(0..4).await.pop().unwrap();
    let folder = barrier.folder.path();
    let before = used(&journal(folder)).len();
    let tail = &barrier.later_journal[before..barrier.later_journal.len() - 5];
    put_file(&journal(folder), &barrier.later_journal[..barrier.later_journal.len() - 5], 64 << 20);
    drop(open(folder).unwrap());
    let copies = support::files(&folder.join("torn"));
    assert_eq!(copies.len(), 1);
    assert_eq!(fs::read(&copies[0]).unwrap(), tail);
    assert_eq!(fs::metadata(journal(folder)).unwrap().len(), before as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_behind_its_watermark_is_refused_until_loss_is_accepted() {
    let live = support::folder();
    let mut acknowledged = Content::new();
    let store = open(live.path()).unwrap();
    for n in 0..5 {
        run(&store, n, &mut acknowledged).await;
    }
    drop(store);
    let path = journal(live.path());
    let whole = used(&path);
    put_file(&path, &whole[..whole.len() - 3], 64 << 20);
    refused(live.path());
    // Cut where a group ends: nothing is damaged, only missing.
    let folder = support::folder();
    copy(live.path(), folder.path());
    let last_start = whole.windows(5).rposition(|bytes| bytes[0] == 1 && bytes[1..5] == 4_u32.to_le_bytes());
    put_file(&journal(folder.path()), &whole[..last_start.unwrap()], 64 << 20);
    refused(folder.path());

    let options = parlance_store::EmbeddedOptions { accept_loss: true, ..support::options() };
    for damaged in [live.path(), folder.path()] {
        let store = parlance_store::Embedded::open(damaged, options.clone()).unwrap();
        let left = content(&store).await.unwrap();
        assert!(!left.is_empty() && left.len() < acknowledged.len());
        drop(store);
        assert_eq!(content(&open(damaged).unwrap()).await.unwrap(), left);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planted_acceptance_of_torn_tails_is_caught() {
    let barrier = barriers(0..4).await.pop().unwrap();
    let folder = barrier.folder.path();
    let bytes = used(&journal(folder));
    put_file(&journal(folder), &bytes[..bytes.len() - 3], 64 << 20);
    refused(folder);
    let planted = Some(parlance_store::Planted::TornTailAccepted);
    let options = parlance_store::EmbeddedOptions { planted, ..support::options() };
    let store = parlance_store::Embedded::open(folder, options).unwrap();
    assert_ne!(content(&store).await.unwrap(), barrier.acknowledged, "the defect shows");
}

fn refused(folder: &Path) {
    match open(folder) {
        Err(parlance_store::Error::Behind(sentence)) => {
            assert!(sentence.contains("--accept-loss"), "{sentence}");
        }
        other => panic!("refused, not {other:?}"),
    }
}
