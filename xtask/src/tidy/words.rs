//! Words that may not stand in the project: promises to finish later, tests switched off, and clock, chance or
//! input and output in the crates that must be pure.
//!
//! Some of the words are put together here, so that this file can be checked like any other.

use super::Finding;
use crate::tree::File;

/// A word, where it may not stand, and what to do.
struct Ban {
    /// The words; a letter or digit at an end must be the end of a word in the file.
    words: &'static [&'static str],
    /// Whether a file is asked.
    asks: fn(&File) -> bool,
    /// Whether comments are asked too.
    comments: bool,
    /// What to do instead.
    advice: &'static str,
}

const BANS: [Ban; 6] = [
    Ban {
        words: &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX"), concat!("HA", "CK")],
        asks: |file| file.is_source() || matches!(file.extension(), "toml" | "sh" | "html" | "yml"),
        comments: true,
        advice: "finish it, or open an issue and leave no mark in the code",
    },
    Ban {
        words: &[concat!("todo", "!"), concat!("unimpl", "emented!")],
        asks: |file| file.extension() == "rs",
        comments: false,
        advice: "write it, or leave the item out until it exists",
    },
    Ban {
        words: &[concat!("#[ign", "ore")],
        asks: |file| file.extension() == "rs",
        comments: true,
        advice: "a test runs or does not exist: mend it, or make it an xtask command",
    },
    Ban {
        words: &[
            concat!(".sk", "ip("),
            concat!(".on", "ly("),
            concat!(".fix", "me("),
            concat!("it.to", "do("),
        ],
        asks: |file| file.is_test() && matches!(file.extension(), "ts" | "tsx" | "js" | "mjs"),
        comments: true,
        advice: "a test runs or does not exist: mend it or remove it",
    },
    Ban {
        words: &["SystemTime", "Instant", "rand::", "getrandom", "RandomState"],
        asks: is_pure,
        comments: false,
        advice: "no clock and no chance here: take the time or the number as an argument",
    },
    Ban {
        words: &["std::fs", "std::net", "std::thread", "std::process", "std::env", "async fn", "tokio"],
        asks: is_pure,
        comments: false,
        advice: "no input, output or waiting here: return what should happen and let `engine` or `server` do it",
    },
];

/// Whether the file belongs to a crate of pure functions.
fn is_pure(file: &File) -> bool {
    ["crates/domain/src/", "crates/proto/src/"].iter().any(|folder| file.path.starts_with(folder))
}

/// The lines on which a banned word stands.
pub fn check(file: &File) -> Vec<Finding> {
    if file.is_made() {
        return Vec::new();
    }
    let bans: Vec<&Ban> = BANS.iter().filter(|ban| (ban.asks)(file)).collect();
    let mut findings = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        let comment = line.trim_start().starts_with("//");
        for ban in bans.iter().filter(|ban| ban.comments || !comment) {
            let found = ban.words.iter().filter(|word| stands_in(word, line));
            findings.extend(
                found.map(|word| Finding::new(&file.path, at + 1, format!("`{word}`: {}", ban.advice))),
            );
        }
    }
    findings
}

/// Whether `word` stands in the line and is not a part of a longer word.
fn stands_in(word: &str, line: &str) -> bool {
    let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let starts_apart = !word.starts_with(in_word) || !before.is_some_and(in_word);
        let ends_apart = !word.ends_with(in_word) || !after.is_some_and(in_word);
        starts_apart && ends_apart
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, lines};
    use super::*;

    #[test]
    fn every_banned_word_is_found_where_it_is_asked_for() {
        let asked = ["crates/domain/src/send.rs", "web/app/e2e/chat.ts"];
        for word in BANS.iter().flat_map(|ban| ban.words) {
            let text = format!("fine\nlet x = a {word} b;\n");
            assert!(asked.iter().any(|path| lines(check(&file(path, &text))) == [2]), "{word}");
        }
    }

    #[test]
    fn promises_are_found_in_comments_but_names_of_types_are_not() {
        let promise = format!("// {} later\n", BANS[0].words[0]);
        assert_eq!(lines(check(&file("crates/a/src/b.rs", &promise))), [1]);
        assert!(check(&file("crates/domain/src/b.rs", "/// Not an Instant.\n")).is_empty());
    }

    #[test]
    fn parts_of_longer_words_pass() {
        assert!(check(&file("crates/domain/src/b.rs", "let brand::Instantly = operand;\n")).is_empty());
    }

    #[test]
    fn clock_and_chance_are_free_outside_of_the_pure_crates() {
        assert!(check(&file("crates/engine/src/b.rs", "use std::time::Instant;\n")).is_empty());
        assert!(check(&file("crates/domain/tests/b.rs", "use std::time::Instant;\n")).is_empty());
    }

    #[test]
    fn leaving_out_elements_is_no_test_switched_off() {
        let text = format!("list.iter(){}1)\n", BANS[3].words[0]);
        assert!(check(&file("crates/a/tests/b.rs", &text)).is_empty());
    }
}
