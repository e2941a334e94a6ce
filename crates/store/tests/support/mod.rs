//! Stores with a known content, copies of their folders, and the proof that the content is still there.
//!
//! The script is fixed: its n-th commit always writes the same rows.

#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use parlance_store::{
    Commit, Durability, Embedded, EmbeddedOptions, Error, Family, Guard, Level, Outcome, Put, Range, Store,
    Write,
};

/// What a store acknowledged: partition and key to value.
pub type Content = BTreeMap<(Family, Bytes, Bytes), Bytes>;

/// An empty folder, in memory where the machine offers that: what is tested here does not rest on a real disk's
/// syncs, and real ones are slow by the thousand.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

pub fn open(folder: &Path) -> Result<Embedded, Error> {
    Embedded::open(folder, options())
}

pub fn options() -> EmbeddedOptions {
    EmbeddedOptions { cache_bytes: 1024 * 1024, ..EmbeddedOptions::default() }
}

/// Bytes that depend on every argument.
pub fn value(n: u64, len: usize) -> Bytes {
    (0..len as u64)
        .map(|place| (place.wrapping_mul(31).wrapping_add(n * 7) >> 2) as u8)
        .collect::<Vec<_>>()
        .into()
}

pub fn index(n: u64) -> Bytes {
    n.to_be_bytes().to_vec().into()
}

/// The n-th commit of a script: a log row, a second row, a mark along; every seventh is large.
pub fn scripted(n: u64) -> Commit {
    let len = if n % 7 == 3 { 9_000 } else { 20 + (n as usize * 37) % 300 };
    Commit {
        partition: "log".into(),
        guard: Guard::Absent(index(n)),
        puts: vec![Put::new(index(n), value(n, len)), Put::new("last", value(n, 12))],
        deletes: Vec::new(),
        token: [n as u8; 16],
        along: vec![Write::Put { partition: "marks".into(), put: Put::new(index(n % 5), value(n, 30)) }],
        durability: Durability::Durable,
    }
}

/// Runs the n-th commit and notes what it acknowledged.
pub async fn run(store: &Embedded, n: u64, content: &mut Content) {
    let commit = scripted(n);
    for put in &commit.puts {
        content.insert((Family::Fenced, commit.partition.clone(), put.key.clone()), put.value.clone());
    }
    for along in &commit.along {
        let Write::Put { partition, put } = along else { panic!("only puts here") };
        content.insert((Family::Blind, partition.clone(), put.key.clone()), put.value.clone());
    }
    assert_eq!(store.commit(commit).await.unwrap(), Outcome::Applied);
}

/// Everything the store holds of the script.
pub async fn content(store: &Embedded) -> Result<Content, Error> {
    let mut content = Content::new();
    for (family, partition) in [(Family::Fenced, "log"), (Family::Blind, "marks")] {
        let rows = store.range(Range::prefix(family, partition, b"", usize::MAX), Level::Serial).await?;
        for row in rows {
            content.insert((family, partition.into(), row.key), row.value);
        }
    }
    Ok(content)
}

/// Copies a folder, holes as holes.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            put_file(&target, &used(&entry.path()), entry.metadata().unwrap().len());
        }
    }
}

/// Writes a file whose end is zeros.
pub fn put_file(path: &Path, bytes: &[u8], len: u64) {
    let mut file = File::create(path).unwrap();
    file.write_all(bytes).unwrap();
    file.set_len(len).unwrap();
}

/// The bytes of a file without the zeros at its end.
pub fn used(path: &Path) -> Vec<u8> {
    const ZEROS: [u8; 4096] = [0; 4096];
    let mut bytes = fs::read(path).unwrap();
    while bytes.ends_with(&ZEROS) {
        bytes.truncate(bytes.len() - ZEROS.len());
    }
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    bytes
}

/// Changes one byte in place.
pub fn flip(path: &Path, offset: u64, mask: u8) {
    let byte = fs::read(path).unwrap()[offset as usize];
    let mut file = File::options().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(offset)).unwrap();
    file.write_all(&[byte ^ mask]).unwrap();
}

/// All files under a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The journal being written.
pub fn journal(folder: &Path) -> PathBuf {
    let journals = files(&folder.join("db"));
    journals.into_iter().rfind(|path| path.extension().is_some_and(|ext| ext == "jnl")).unwrap()
}
