//! Small histories with one fault each: every kind of fault is found, and nothing else is.
//!
//! A history here is short enough to be read as a story.

use std::borrow::Cow;
use std::time::Instant;

use super::{History, Line, Promise, Register, Seen, Send, Shown, Stored};

fn send(at: u64, attempt: u64, key: &'static str) -> Line<'static> {
    let [conversation, sender, key] = ["c", "u", key].map(Cow::Borrowed);
    Line::Send(Send { at, attempt, conversation, sender, text: format!("text of {key}").into(), key })
}

fn entry(index: u64, key: &str) -> Stored<'static> {
    let (conversation, sender) = (Cow::Borrowed("c"), Cow::Borrowed("u"));
    Stored { conversation, index, sender, key: key.to_owned().into(), text: format!("text of {key}").into() }
}

fn stored(index: u64, key: &str) -> Line<'static> {
    Line::Stored(entry(index, key))
}

fn seen(reader: &'static str, index: u64, key: &str) -> Line<'static> {
    Line::Seen(Seen { reader: reader.into(), entry: entry(index, key) })
}

fn shown(head: u64) -> Line<'static> {
    Line::Shown(Shown { member: "u".into(), conversation: "c".into(), head })
}

fn register(asked: u64, at: u64, value: u64) -> Line<'static> {
    Line::Register(Register { name: "cursor of u".into(), asked, at, value })
}

fn ok(at: u64, attempt: u64, index: u64) -> Line<'static> {
    Line::Ok { at, attempt, index }
}

/// A history with a retry, an unknown outcome, a refusal, readers and registers, all as it should be.
fn good() -> Vec<Line<'static>> {
    vec![
        send(1, 1, "a"),
        ok(2, 1, 1),
        send(3, 2, "b"),
        Line::Unknown { at: 4, attempt: 2 },
        send(5, 3, "b"),
        ok(6, 3, 2),
        send(7, 4, "refused"),
        Line::Fail { at: 8, attempt: 4 },
        send(9, 5, "lost on the way"),
        Line::Unknown { at: 10, attempt: 5 },
        Line::Killed { at: 11 },
        send(12, 6, "c"),
        ok(13, 6, 3),
        seen("r1", 1, "a"),
        seen("r1", 2, "b"),
        seen("r2", 2, "b"),
        seen("r2", 3, "c"),
        register(1, 3, 5),
        register(2, 4, 4),
        register(5, 6, 5),
        stored(1, "a"),
        stored(2, "b"),
        stored(3, "c"),
        shown(3),
    ]
}

/// The good history with some lines replaced: `(what, by what)`.
fn but(changes: &[(Line<'static>, Option<Line<'static>>)]) -> Vec<Line<'static>> {
    let mut lines = good();
    for (what, by) in changes {
        let place = lines.iter().position(|line| line == what).expect("the line is there");
        match by {
            Some(by) => lines[place] = by.clone(),
            None => {
                lines.remove(place);
            }
        }
    }
    lines
}

/// The broken promises, each with its count.
fn broken(lines: &[Line<'_>]) -> Vec<(Promise, u64)> {
    let mut history = History::default();
    for line in lines {
        // Through the file's form and back, as in a real check.
        let text = serde_json::to_string(line).unwrap();
        history.add(&serde_json::from_str(&text).unwrap());
    }
    let verdict = history.check();
    let counts = Promise::ALL.map(|promise| (promise, verdict.count(promise)));
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

#[test]
fn a_good_history_is_clean() {
    assert_eq!(broken(&good()), []);
}

#[test]
fn a_lost_message_is_found() {
    // The last one, so that no gap gives it away.
    let lines = but(&[(stored(3, "c"), None), (seen("r2", 3, "c"), None), (shown(3), Some(shown(2)))]);
    assert_eq!(broken(&lines), [(Promise::Lost, 1)]);
}

#[test]
fn an_acknowledged_message_with_another_text_is_lost() {
    let mut other = entry(1, "a");
    other.text = "something else".into();
    let mut lines = but(&[(stored(1, "a"), Some(Line::Stored(other))), (seen("r1", 1, "a"), None)]);
    lines.retain(|line| *line != seen("r1", 2, "b"));
    // Found from both sides: from the log's entry and from the acknowledgement.
    assert_eq!(broken(&lines), [(Promise::Lost, 2)]);
}

#[test]
fn a_duplicate_is_found_in_the_log_and_in_acknowledgements() {
    let mut lines = good();
    lines.pop();
    lines.extend([stored(4, "a"), shown(4)]);
    assert_eq!(broken(&lines), [(Promise::Duplicate, 1)]);

    let lines = but(&[(Line::Unknown { at: 4, attempt: 2 }, Some(ok(4, 2, 7)))]);
    assert_eq!(broken(&lines), [(Promise::Duplicate, 1)]);
}

#[test]
fn a_gap_and_an_index_given_twice_are_found() {
    let lines = but(&[
        (ok(13, 6, 3), Some(ok(13, 6, 4))),
        (stored(3, "c"), Some(stored(4, "c"))),
        (seen("r2", 3, "c"), None),
        (shown(3), Some(shown(4))),
    ]);
    assert_eq!(broken(&lines), [(Promise::Gap, 1)]);
    let lines = but(&[(Line::Unknown { at: 10, attempt: 5 }, Some(stored(3, "lost on the way")))]);
    assert!(broken(&lines).contains(&(Promise::Gap, 1)));
}

#[test]
fn disorder_is_found() {
    // "c" was sent after "b" had been acknowledged, and stands before it.
    let lines = but(&[
        (ok(6, 3, 2), Some(ok(6, 3, 3))),
        (ok(13, 6, 3), Some(ok(13, 6, 2))),
        (stored(2, "b"), Some(stored(3, "b"))),
        (stored(3, "c"), Some(stored(2, "c"))),
        (seen("r1", 2, "b"), None),
        (seen("r2", 2, "b"), None),
        (seen("r2", 3, "c"), None),
    ]);
    assert_eq!(broken(&lines), [(Promise::Order, 1)]);
}

#[test]
fn a_cursor_that_goes_back_is_found_and_overlapping_readings_are_not() {
    let lines = but(&[(register(5, 6, 5), Some(register(5, 6, 4)))]);
    assert_eq!(broken(&lines), [(Promise::Back, 1)]);
}

#[test]
fn ghosts_are_found() {
    let mut lines = good();
    lines.pop();
    lines.extend([stored(4, "refused"), shown(4)]);
    assert_eq!(broken(&lines), [(Promise::Ghost, 1)]);

    let mut lines = good();
    lines.pop();
    lines.extend([stored(4, "never sent"), shown(4)]);
    assert_eq!(broken(&lines), [(Promise::Ghost, 1)]);
}

#[test]
fn an_unknown_send_may_appear() {
    let mut lines = good();
    lines.pop();
    lines.extend([stored(4, "lost on the way"), shown(4)]);
    assert_eq!(broken(&lines), []);
}

#[test]
fn a_reader_that_skips_repeats_or_sees_what_is_not_stored_is_found() {
    let lines = but(&[(seen("r1", 2, "b"), Some(seen("r1", 3, "c")))]);
    assert_eq!(broken(&lines), [(Promise::Stream, 1)]);
    let lines = but(&[(seen("r1", 2, "b"), Some(seen("r1", 1, "a")))]);
    assert_eq!(broken(&lines), [(Promise::Stream, 1)]);
    let lines = but(&[(seen("r2", 3, "c"), Some(seen("r2", 3, "lost on the way")))]);
    assert_eq!(broken(&lines), [(Promise::Stream, 1)]);
}

#[test]
fn a_member_who_is_shown_an_old_head_is_found() {
    assert_eq!(broken(&but(&[(shown(3), Some(shown(2)))])), [(Promise::Behind, 1)]);
}

#[test]
fn a_long_history_is_checked_in_reasonable_time() {
    const MESSAGES: u64 = 100_000;
    let began = Instant::now();
    let mut history = History::default();
    for number in 0..MESSAGES {
        let conversation = format!("c{}", number % 50);
        let (index, key) = (number / 50 + 1, format!("k{number}"));
        let line = Send {
            at: number * 10,
            attempt: number,
            conversation: conversation.as_str().into(),
            sender: "u".into(),
            key: key.as_str().into(),
            text: "hello".into(),
        };
        history.add(&Line::Send(line));
        history.add(&Line::Ok { at: number * 10 + 5, attempt: number, index });
        let (conversation, sender, text) = (conversation.into(), "u".into(), "hello".into());
        history.add(&Line::Stored(Stored { conversation, index, sender, key: key.into(), text }));
    }
    let verdict = history.check();
    assert!(verdict.is_clean(), "{:?}", verdict.words());
    assert_eq!(verdict.acked, MESSAGES);
    // Thirty times slower than needed for ten million lines a minute: only a change of kind fails here.
    assert!(began.elapsed().as_secs() < 60);
}
