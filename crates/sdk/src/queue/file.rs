//! The queue's file: one JSON line a change, synced before it counts. Rewritten when it holds mostly past.
//!
//! A line that a crash cut short is dropped: nobody was told that it was stored. Any other damage is an error.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::unsent::{Rejected, Unsent};
use crate::Error;

/// Lines of the past that a file may hold before it is rewritten.
const PAST_LINES_MAX: usize = 4_096;

/// A change of the queue.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// A message came in.
    Put(Unsent),
    /// A message left: acknowledged, or its refusal was taken notice of.
    Settled(String),
    /// A message was refused and nobody has taken notice yet.
    Rejected(Rejected),
}

/// What a file held when it was opened.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Not acknowledged yet, in the order in which they came.
    pub unsent: Vec<Unsent>,
    /// Refused, nobody has taken notice yet.
    pub rejected: Vec<Rejected>,
}

impl Held {
    fn apply(&mut self, line: Line) {
        match line {
            Line::Put(unsent) => self.unsent.push(unsent),
            Line::Settled(id) => {
                self.unsent.retain(|unsent| unsent.client_message_id != id);
                self.rejected.retain(|rejected| rejected.message.client_message_id != id);
            }
            Line::Rejected(rejected) => {
                self.unsent.retain(|unsent| *unsent != rejected.message);
                self.rejected.push(rejected);
            }
        }
    }

    fn len(&self) -> usize {
        self.unsent.len() + self.rejected.len()
    }
}

/// An open file.
#[derive(Debug)]
pub(super) struct QueueFile {
    path: PathBuf,
    file: File,
    /// Lines in the file now.
    lines: usize,
}

impl QueueFile {
    /// Opens or creates it, and answers what it holds.
    pub fn open(path: &Path) -> Result<(QueueFile, Held), Error> {
        let held = read(path)?;
        let file = rewrite(path, &held).map_err(|error| Error::file(path, error))?;
        Ok((QueueFile { path: path.to_owned(), file, lines: held.len() }, held))
    }

    /// Writes changes and syncs them.
    pub fn append(&mut self, lines: &[Line]) -> Result<(), Error> {
        let written = self.file.write_all(&encode(lines)).and_then(|()| self.file.sync_data());
        self.lines += lines.len();
        written.map_err(|error| Error::file(&self.path, error))
    }

    /// Whether most of the file is past.
    pub fn is_stale(&self, live: usize) -> bool {
        self.lines > live + PAST_LINES_MAX
    }

    /// Replaces the file by what is live.
    pub fn renew(&mut self, unsent: Vec<Unsent>, rejected: Vec<Rejected>) -> Result<(), Error> {
        let held = Held { unsent, rejected };
        self.file = rewrite(&self.path, &held).map_err(|error| Error::file(&self.path, error))?;
        self.lines = held.len();
        Ok(())
    }
}

fn encode(lines: &[Line]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut bytes, line).expect("lines have string keys");
        bytes.push(b'\n');
    }
    bytes
}

fn read(path: &Path) -> Result<Held, Error> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Error::file(path, error)),
    };
    let mut held = Held::default();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if !line.ends_with('\n') {
            break;
        }
        let line = serde_json::from_str(line)
            .map_err(|error| Error::file(path, format_args!("line {}: {error}", number + 1)))?;
        held.apply(line);
    }
    Ok(held)
}

/// Writes a new file beside the old one, syncs it, and gives it the old one's name.
fn rewrite(path: &Path, held: &Held) -> std::io::Result<File> {
    let beside = path.with_extension("new");
    let mut lines: Vec<Line> = held.unsent.iter().cloned().map(Line::Put).collect();
    lines.extend(held.rejected.iter().cloned().map(Line::Rejected));
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).open(&beside)?;
    file.write_all(&encode(&lines))?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::{ConversationId, ErrorCode, Problem, UserId};

    fn unsent(id: &str) -> Unsent {
        let conversation_id = ConversationId::direct(UserId(1), UserId(2));
        Unsent { client_message_id: id.to_owned(), conversation_id, text: "line\nbreak".to_owned() }
    }

    #[test]
    fn what_was_put_and_not_settled_comes_back_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("queue");
        let (mut file, held) = QueueFile::open(&path).unwrap();
        assert_eq!(held.len(), 0);
        let puts = ["a", "b", "c", "d"].map(|id| Line::Put(unsent(id)));
        file.append(&puts).unwrap();
        let refusal = Rejected { message: unsent("c"), problem: Problem::new(ErrorCode::Forbidden, "no") };
        file.append(&[Line::Settled("b".to_owned()), Line::Rejected(refusal)]).unwrap();
        let (_, held) = QueueFile::open(&path).unwrap();
        assert_eq!(held.unsent, [unsent("a"), unsent("d")]);
        assert_eq!(held.rejected[0].message, unsent("c"));
    }

    #[test]
    fn a_torn_last_line_is_cut_and_other_damage_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("queue");
        let whole = encode(&[Line::Put(unsent("a")), Line::Put(unsent("b"))]);
        std::fs::write(&path, &whole[..whole.len() - 5]).unwrap();
        let (mut file, held) = QueueFile::open(&path).unwrap();
        assert_eq!(held.unsent, [unsent("a")]);
        file.append(&[Line::Put(unsent("c"))]).unwrap();
        assert_eq!(QueueFile::open(&path).unwrap().1.unsent.len(), 2);

        std::fs::write(&path, b"nonsense\n{}\n").unwrap();
        assert!(QueueFile::open(&path).unwrap_err().to_string().contains("line 1"));
    }
}
