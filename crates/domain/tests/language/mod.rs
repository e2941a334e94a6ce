//! The language of the scenarios: one line, one deed or one expectation. README.md in this folder describes it.
//!
//! The stage folds decided entries exactly as the engine does, and knows no rule of its own.

mod deeds;
mod groups;
mod stage;
mod words;

use stage::Stage;
use words::words;

/// Plays a file's scenarios; what went otherwise than it says, with its line.
pub fn play(file: &str, text: &str) -> Vec<String> {
    let mut failures = Vec::new();
    let mut stage = Stage::default();
    let mut scenario = String::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(title) = line.strip_prefix("Scenario:") {
            stage = Stage::default();
            title.trim().clone_into(&mut scenario);
            continue;
        }
        if let Err(wrong) = one_line(&mut stage, line) {
            failures.push(format!("{file}.txt:{}: [{scenario}] {line}\n    {wrong}", number + 1));
        }
    }
    failures
}

fn one_line(stage: &mut Stage, line: &str) -> Result<(), String> {
    let (deed, expected) = match line.split_once("->") {
        Some((deed, expected)) => (deed, Some(expected.trim())),
        None => (line, None),
    };
    let words = words(deed)?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match (words.as_slice(), expected) {
        (["expect", rest @ ..], None) => stage.expect(rest),
        (_, None) => stage.arrange(&words),
        (_, Some(expected)) => {
            let happened = stage.perform(&words)?;
            if matches(&happened, expected) { Ok(()) } else { Err(format!("happened: {happened}")) }
        }
    }
}

/// Whether what happened is what a line says: each step and each sentence may be cut short at a word's end.
fn matches(happened: &str, expected: &str) -> bool {
    let (happened, expected): (Vec<_>, Vec<_>) =
        (happened.split(" then ").collect(), expected.split(" then ").collect());
    happened.len() == expected.len()
        && happened.iter().zip(expected).all(|(happened, expected)| {
            happened
                .strip_prefix(expected)
                .is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
        })
}
