//! Flipped bytes in every file of a small store: opening or reading fails, or every row is right. Never a wrong
//! row, never a missing one.
//!
//! `STORE_FLIPS` sets how many flips are tried; beyond the bytes of the store, each byte comes again with another bit.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use parlance_store::Store;
use support::{Content, content, copy, files, flip, open, run, used};

/// A store with rows in tables, and rows only in its journal.
async fn grown(folder: &Path) -> Content {
    let mut acknowledged = Content::new();
    let store = open(folder).unwrap();
    for n in 0..20 {
        run(&store, n, &mut acknowledged).await;
    }
    store.close().await.unwrap();
    drop(store);
    let store = open(folder).unwrap();
    for n in 20..30 {
        run(&store, n, &mut acknowledged).await;
    }
    drop(store);
    acknowledged
}

/// Places to flip, spread over the used bytes of all files; small files are tried densely.
fn places(folder: &Path, wanted: usize) -> Vec<(PathBuf, u64)> {
    let files = files(folder).into_iter().filter(|path| path.file_name().is_some_and(|name| name != "lock"));
    let sized: Vec<_> = files.map(|path| (used(&path).len(), path)).filter(|(len, _)| *len > 0).collect();
    let each = wanted / sized.len();
    let mut places = Vec::new();
    for (len, path) in sized {
        let step = (len / each).max(1);
        let name = path.strip_prefix(folder).unwrap().to_path_buf();
        places.extend((0..len).step_by(step).map(|offset| (name.clone(), offset as u64)));
    }
    places
}

/// What a flip led to: every row right, an error, a panic, or rows that are wrong or gone without a word.
const VERDICTS: [&str; 4] = ["right", "refused", "ended by a panic", "silently wrong"];

fn verdict(base: &Path, (file, offset): &(PathBuf, u64), mask: u8, acknowledged: &Content) -> usize {
    let folder = support::folder();
    copy(base, folder.path());
    flip(&folder.path().join(file), *offset, mask);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let read = || {
        let store = open(folder.path())?;
        runtime.block_on(content(&store))
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(found)) if found == *acknowledged => 0,
        Ok(Err(_)) => 1,
        Err(_) => 2,
        Ok(Ok(found)) => {
            println!("{} at {offset}: {} of {} rows", file.display(), found.len(), acknowledged.len());
            3
        }
    }
}

#[tokio::test]
async fn no_flipped_byte_gives_wrong_rows() {
    let base = support::folder();
    let acknowledged = grown(base.path()).await;
    let wanted = std::env::var("STORE_FLIPS").ok().and_then(|text| text.parse().ok()).unwrap_or(6_000);
    let places = places(base.path(), wanted);
    let flips = wanted.max(places.len());
    let counts = std::thread::scope(|scope| {
        let workers = [0, 1, 2, 3].map(|share| {
            let (base, places, acknowledged) = (base.path(), &places, &acknowledged);
            scope.spawn(move || {
                let mut counts = [0_usize; VERDICTS.len()];
                for n in (share..flips).step_by(4) {
                    // Once all places are used up, each comes again with the next bit.
                    let bit = (n / 4 + n / places.len()) % 8;
                    counts[verdict(base, &places[n % places.len()], 1 << bit, acknowledged)] += 1;
                }
                counts
            })
        });
        workers.map(|worker| worker.join().unwrap())
    });
    let sums = [0, 1, 2, 3].map(|verdict| counts.iter().map(|counts| counts[verdict]).sum::<usize>());
    println!("{flips} flips in {} places: {sums:?} {VERDICTS:?}", places.len());
    assert_eq!(sums[3], 0, "nothing is silently wrong");
    assert!(sums[1] > flips / 4, "flips are noticed");
}
