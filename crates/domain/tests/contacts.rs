//! Plays `people/contacts.txt`: deeds of two people about each other, with crashes between their rows.
//!
//! A line that cannot be read fails, and so does an expectation that does not hold.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it must be

use parlance_domain::{Deed, Side, mend};

const TEXT: &str = include_str!("people/contacts.txt");

/// Alice's row and Bob's.
#[derive(Default)]
struct Pair([Side; 2]);

fn place(name: &str) -> usize {
    match name {
        "alice" => 0,
        "bob" => 1,
        other => panic!("nobody is called {other}"),
    }
}

impl Pair {
    fn mend(&mut self) {
        let (one, other) = mend(self.0[0], self.0[1]);
        let again = mend(one, other);
        assert_eq!(again, (one, other), "mending again changes something");
        let (turned_other, turned_one) = mend(self.0[1], self.0[0]);
        assert_eq!((turned_one, turned_other), (one, other), "it matters who mends");
        self.0 = [one, other];
    }

    fn perform(&mut self, words: &[&str]) -> String {
        let deed = match words[1] {
            "asks" => Deed::Ask,
            "accepts" => Deed::Accept,
            "declines" => Deed::Decline,
            "withdraws" => Deed::Withdraw,
            "removes" => Deed::Remove,
            "blocks" => Deed::Block,
            "unblocks" => Deed::Unblock { asked: self.0[1 - place(words[0])].wants },
            other => panic!("nobody can {other}"),
        };
        let side = &mut self.0[place(words[0])];
        match side.after(deed) {
            Ok(after) => *side = after,
            Err(refusal) => return format!("refused {}", refusal.code().as_str()),
        }
        if !words.contains(&"crash") {
            self.mend();
        }
        "ok".to_owned()
    }
}

#[test]
fn contacts() {
    let mut pair = Pair::default();
    let mut scenario = "";
    for line in TEXT.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("Scenario: ") {
            (scenario, pair) = (name, Pair::default());
        } else if line == "heal" {
            pair.mend();
        } else if let Some((deed, outcome)) = line.split_once("->") {
            let words: Vec<&str> = deed.split([' ', ',']).filter(|word| !word.is_empty()).collect();
            assert_eq!(pair.perform(&words), outcome.trim(), "{scenario}: {line}");
        } else {
            for part in line.split(", ") {
                let (name, tie) = part.split_once(" sees ").unwrap();
                let is = format!("{:?}", pair.0[place(name)].tie()).to_lowercase();
                assert_eq!(is, tie, "{scenario}: {line}");
            }
        }
    }
}
