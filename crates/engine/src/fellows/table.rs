//! What the other nodes told: for each of them who is connected to it, as far as nothing was missed.
//!
//! It is a fold of their words: a repeat changes nothing, and after a gap nothing is changed until the whole has come.

use std::collections::BTreeMap;
use std::time::Duration;

use parlance_proto::{SessionId, UserId};
use rustc_hash::FxHashMap;
use tokio::time::Instant;

use super::said::{Person, Said, Word};

/// The sessions of users; a flag says that nobody is at the device.
type People = FxHashMap<UserId, Vec<(SessionId, bool)>>;

/// All other nodes.
#[derive(Default)]
pub(super) struct Table {
    nodes: BTreeMap<u64, Fellow>,
}

/// One of them.
struct Fellow {
    /// When it was last heard.
    heard_at: Instant,
    /// The number of its last change that is in `people`; none before the whole has come.
    number: Option<u64>,
    /// Whether no later change was missed.
    whole: bool,
    /// Who is connected to it.
    people: People,
    /// The parts of a whole that have come, and how many they are.
    coming: (People, u32),
}

/// Nodes that were silent, and who was connected to them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Gone {
    pub nodes: Vec<u64>,
    pub users: Vec<UserId>,
}

/// What a word led to.
#[derive(Default)]
pub(super) struct Heard {
    /// Users whose connections may be others now.
    pub changed: Vec<UserId>,
    /// Whether something was missed.
    pub missed: bool,
    /// Whether the node was not known.
    pub is_new: bool,
}

impl Table {
    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether nothing of what they told is missing.
    pub(super) fn is_whole(&self) -> bool {
        self.nodes.values().all(|fellow| fellow.whole)
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A user's sessions on all of them.
    pub(super) fn sessions(&self, user: UserId) -> impl Iterator<Item = (SessionId, bool)> + '_ {
        self.nodes.values().filter_map(move |fellow| fellow.people.get(&user)).flatten().copied()
    }

    pub(super) fn users(&self) -> Vec<UserId> {
        self.nodes.values().flat_map(|fellow| fellow.people.keys().copied()).collect()
    }

    /// Takes note of a word.
    pub(super) fn hear(&mut self, word: &Word, now: Instant) -> Heard {
        if word.said == Said::Leaves {
            let gone = self.nodes.remove(&word.node);
            let changed = gone.map(|fellow| fellow.people.into_keys().collect()).unwrap_or_default();
            return Heard { changed, ..Heard::default() };
        }
        let is_new = !self.nodes.contains_key(&word.node);
        let fellow = self.nodes.entry(word.node).or_insert_with(|| Fellow::new(now));
        fellow.heard_at = now;
        let heard = match &word.said {
            Said::Whole { part, parts, people } => fellow.part(word.number, (*part, *parts), people),
            Said::Changed(person) if fellow.number.is_some_and(|number| number + 1 == word.number) => {
                fellow.number = Some(word.number);
                fellow.put(person);
                Heard { changed: vec![person.user], ..Heard::default() }
            }
            _ => Heard { missed: fellow.number != Some(word.number), ..Heard::default() },
        };
        fellow.whole = fellow.number == Some(word.number);
        Heard { is_new, ..heard }
    }

    /// Forgets those who were silent for so long.
    pub(super) fn forget_silent(&mut self, now: Instant, silence: Duration) -> Gone {
        let silent = self.nodes.iter().filter(|(_, fellow)| now.duration_since(fellow.heard_at) > silence);
        let nodes: Vec<u64> = silent.map(|(node, _)| *node).collect();
        let fellows = nodes.iter().filter_map(|node| self.nodes.remove(node));
        let users = fellows.flat_map(|fellow| fellow.people.into_keys()).collect();
        Gone { nodes, users }
    }
}

impl Fellow {
    fn new(now: Instant) -> Fellow {
        Fellow {
            heard_at: now,
            number: None,
            whole: false,
            people: People::default(),
            coming: Default::default(),
        }
    }

    fn put(&mut self, person: &Person) {
        if person.sessions.is_empty() {
            self.people.remove(&person.user);
        } else {
            self.people.insert(person.user, person.sessions.clone());
        }
    }

    /// Takes a part of the whole, and all of it when it was the last.
    fn part(&mut self, number: u64, (part, parts): (u32, u32), people: &[Person]) -> Heard {
        if part == 0 {
            self.coming = Default::default();
        }
        let (coming, next) = &mut self.coming;
        if *next != part {
            return Heard { missed: self.number != Some(number), ..Heard::default() };
        }
        *next += 1;
        coming.extend(people.iter().map(|person| (person.user, person.sessions.clone())));
        if part + 1 < parts {
            return Heard::default();
        }
        let now = std::mem::take(coming);
        *next = 0;
        let gone = self.people.keys().filter(|user| !now.contains_key(user)).copied();
        let others = now.iter().filter(|(user, sessions)| self.people.get(user) != Some(*sessions));
        let changed = gone.chain(others.map(|(user, _)| *user)).collect();
        self.people = now;
        self.number = Some(number);
        Heard { changed, ..Heard::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: UserId = UserId(1);
    const BOB: UserId = UserId(2);

    fn person(user: UserId, sessions: &[u64]) -> Person {
        Person::at(user, sessions.iter().map(|session| (SessionId(*session), false)).collect())
    }

    fn word(number: u64, said: Said) -> Word {
        Word { node: 7, number, roles: crate::Roles::ALL, said }
    }

    fn users(table: &Table) -> Vec<UserId> {
        let mut users = table.users();
        users.sort_unstable();
        users
    }

    #[test]
    fn changes_count_only_after_the_whole_and_without_a_gap() {
        let (mut table, now) = (Table::default(), Instant::now());
        let mut hear = |number, said| {
            let heard = table.hear(&word(number, said), now);
            (heard.missed, users(&table))
        };
        assert_eq!(
            hear(3, Said::Changed(person(ALICE, &[1]))),
            (true, vec![]),
            "what was before is not known"
        );
        let first = Said::Whole { part: 0, parts: 2, people: vec![person(ALICE, &[1])] };
        let second = Said::Whole { part: 1, parts: 2, people: vec![person(BOB, &[2])] };
        assert_eq!(hear(3, second.clone()), (true, vec![]), "a part without the one before it is nothing");
        assert_eq!(hear(3, first), (false, vec![]));
        assert_eq!(hear(3, second), (false, vec![ALICE, BOB]));
        assert_eq!(hear(3, Said::Beat), (false, vec![ALICE, BOB]));
        assert_eq!(hear(4, Said::Changed(person(ALICE, &[]))), (false, vec![BOB]));
        assert_eq!(hear(6, Said::Changed(person(BOB, &[]))), (true, vec![BOB]), "a change is missing");
        assert_eq!(hear(6, Said::Whole { part: 0, parts: 1, people: vec![] }), (false, vec![]));
        assert_eq!(hear(6, Said::Beat), (false, vec![]));
    }

    #[test]
    fn whoever_is_silent_or_leaves_takes_the_users_along() {
        let (mut table, now) = (Table::default(), Instant::now());
        let silence = Duration::from_secs(5);
        table.hear(&word(0, Said::Whole { part: 0, parts: 1, people: vec![person(ALICE, &[1])] }), now);
        assert_eq!(table.forget_silent(now + silence, silence), Gone::default());
        let gone = table.forget_silent(now + silence * 2, silence);
        assert_eq!(gone, Gone { nodes: vec![7], users: vec![ALICE] });
        assert!(table.is_empty());
        table.hear(&word(0, Said::Whole { part: 0, parts: 1, people: vec![person(BOB, &[1])] }), now);
        assert_eq!(table.hear(&word(0, Said::Leaves), now).changed, [BOB]);
        assert!(table.is_empty());
    }
}
