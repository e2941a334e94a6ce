//! The recorder: every operation of the run as a line, in a file for people and in memory for the checker.
//!
//! One lock, held for one line at a time; a thread of its own writes the file, so that a slow disk holds nobody up. `sent` is written before a request leaves and its end after the answer is
//! here, so that the times never make the server look better than it is.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Instant;

use anyhow::Context;
use parlance_proto::{Body, ConversationId, Entry, SendMessage};

use crate::checker::{History, Line, Register, Seen, Send, Shown, Stored};

/// An acknowledgement that the next quick check looks for.
#[derive(Clone, Debug)]
pub struct Acked {
    pub conversation: ConversationId,
    pub index: u64,
    pub key: String,
}

/// How a message is sent.
#[derive(Clone, Copy, Debug)]
pub struct Sending {
    /// When its first attempt began, in microseconds since the beginning.
    pub began: u64,
    /// Whether over the person's WebSocket.
    pub by_socket: bool,
}

/// An acknowledged attempt, for the figures. Microseconds since the beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who sent.
    pub sender: String,
    /// When the first attempt of the message began.
    pub began: u64,
    /// When this attempt began.
    pub sent: u64,
    /// When it was acknowledged.
    pub acked: u64,
    /// Whether over the person's WebSocket.
    pub by_socket: bool,
}

/// An attempt without an end.
struct UnderWay {
    conversation: ConversationId,
    key: String,
    answer: Answer,
}

#[derive(Default)]
struct Books {
    history: History,
    /// Acknowledged since the last quick check.
    acked: Vec<Acked>,
    /// Attempts under way.
    under_way: HashMap<u64, UnderWay>,
    answers: Vec<Answer>,
    attempts: u64,
    /// Attempts whose outcome nobody knows.
    unknown: u64,
    /// The first line that could not be written as text.
    error: Option<std::io::Error>,
}

/// The way to the file.
struct Paper {
    lines: Option<mpsc::Sender<Vec<u8>>>,
    writer: Option<JoinHandle<std::io::Result<()>>>,
}

impl Paper {
    fn new(file: File) -> Paper {
        let (lines, waiting) = mpsc::channel::<Vec<u8>>();
        let writer = std::thread::spawn(move || {
            let mut file = BufWriter::with_capacity(1 << 16, file);
            for line in waiting {
                file.write_all(&line)?;
            }
            file.flush()
        });
        Paper { lines: Some(lines), writer: Some(writer) }
    }

    fn end(&mut self) -> std::io::Result<()> {
        self.lines = None;
        let ended = self.writer.take().map(JoinHandle::join);
        ended.unwrap_or(Ok(Ok(()))).unwrap_or_else(|_| Err(std::io::Error::other("the writer panicked")))
    }
}

/// The recorder.
pub struct Recorder {
    began: Instant,
    books: Mutex<(Books, Paper)>,
}

impl Recorder {
    /// Begins a history in a new file.
    pub fn create(path: &Path) -> anyhow::Result<Recorder> {
        let file = File::create(path).with_context(|| path.display().to_string())?;
        Ok(Recorder { began: Instant::now(), books: Mutex::new((Books::default(), Paper::new(file))) })
    }

    /// Microseconds since the beginning.
    pub fn now(&self) -> u64 {
        self.began.elapsed().as_micros() as u64
    }

    fn with<'l, T>(&self, act: impl FnOnce(&mut Books) -> (T, Option<Line<'l>>)) -> T {
        let mut guard = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let (books, paper) = &mut *guard;
        let (answer, line) = act(books);
        if let Some(line) = line {
            books.history.add(&line);
            let mut text = Vec::with_capacity(256);
            if let Err(error) = serde_json::to_writer(&mut text, &line) {
                books.error.get_or_insert(error.into());
            }
            text.push(b'\n');
            // A writer that failed tells at the end.
            let _ = paper.lines.as_ref().map(|lines| lines.send(text));
        }
        answer
    }

    /// Writes one line.
    pub fn line(&self, line: Line<'_>) {
        self.with(|_| ((), Some(line)));
    }

    /// An attempt begins; answers its number.
    pub fn sent(&self, sender: &str, send: &SendMessage, sending: Sending) -> u64 {
        let at = self.now();
        let Sending { began, by_socket } = sending;
        self.with(|books| {
            books.attempts += 1;
            let attempt = books.attempts;
            let answer = Answer { sender: sender.to_owned(), began, sent: at, acked: at, by_socket };
            let (conversation, key) = (send.conversation_id, send.client_message_id.clone());
            books.under_way.insert(attempt, UnderWay { conversation, key, answer });
            let line = Line::Send(Send {
                at,
                attempt,
                conversation: send.conversation_id.to_string().into(),
                sender: sender.to_owned().into(),
                key: send.client_message_id.clone().into(),
                text: send.text.clone().into(),
            });
            (attempt, Some(line))
        })
    }

    /// An attempt was acknowledged.
    pub fn acked(&self, attempt: u64, index: u64) {
        let at = self.now();
        self.with(|books| {
            if let Some(UnderWay { conversation, key, answer }) = books.under_way.remove(&attempt) {
                books.acked.push(Acked { conversation, index, key });
                books.answers.push(Answer { acked: at, ..answer });
            }
            ((), Some(Line::Ok { at, attempt, index }))
        });
    }

    /// An attempt was refused (`may_have_been_done: false`), or nobody knows.
    pub fn not_acked(&self, attempt: u64, may_have_been_done: bool) {
        let at = self.now();
        self.with(|books| {
            books.under_way.remove(&attempt);
            books.unknown += u64::from(may_have_been_done);
            let line =
                if may_have_been_done { Line::Unknown { at, attempt } } else { Line::Fail { at, attempt } };
            ((), Some(line))
        });
    }

    /// A subscriber was given an entry.
    pub fn seen(&self, reader: &str, conversation: ConversationId, entry: &Entry) {
        let entry = stored(conversation, entry);
        self.line(Line::Seen(Seen { reader: reader.into(), entry }));
    }

    /// A register was asked for at `asked` and has just been answered.
    pub fn register(&self, name: &str, asked: u64, value: u64) {
        self.line(Line::Register(Register { name: name.into(), asked, at: self.now(), value }));
    }

    /// An entry of the final log.
    pub fn stored(&self, conversation: ConversationId, entry: &Entry) {
        self.line(Line::Stored(stored(conversation, entry)));
    }

    /// The end of a conversation as a member is shown it.
    pub fn shown(&self, member: &str, conversation: ConversationId, head: u64) {
        let conversation = conversation.to_string().into();
        self.line(Line::Shown(Shown { member: member.into(), conversation, head }));
    }

    /// The acknowledgements since the last time this was asked.
    pub fn take_acked(&self) -> Vec<Acked> {
        self.with(|books| (std::mem::take(&mut books.acked), None))
    }

    /// Every acknowledged attempt so far, in the order of the acknowledgements.
    pub fn answers(&self) -> Vec<Answer> {
        self.with(|books| (books.answers.clone(), None))
    }

    /// Attempts so far, and how many of them have an unknown outcome.
    pub fn attempts(&self) -> (u64, u64) {
        self.with(|books| ((books.attempts, books.unknown), None))
    }

    /// Ends the file and hands out the history.
    pub fn finish(&self) -> anyhow::Result<History> {
        let mut guard = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let (books, paper) = &mut *guard;
        paper.end().context("the history could not be written")?;
        match books.error.take() {
            Some(error) => Err(error).context("the history could not be written"),
            None => Ok(std::mem::take(&mut books.history)),
        }
    }
}

/// An entry as the checker knows it. Entries that are not messages have no key.
fn stored(conversation: ConversationId, entry: &Entry) -> Stored<'static> {
    let (key, text) = match &entry.body {
        Body::Text { text } => (entry.client_message_id.clone().unwrap_or_default(), text.clone()),
        other => (String::new(), serde_json::to_string(other).unwrap_or_default()),
    };
    Stored {
        conversation: conversation.to_string().into(),
        index: entry.index,
        sender: entry.sender.to_string().into(),
        key: key.into(),
        text: text.into(),
    }
}
