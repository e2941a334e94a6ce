//! Read indexes never fall and never pass the head; unread counts are what counting would give.
//!
//! The model counts messages one by one; the engine must agree after any traffic, on every way of asking.

use std::collections::BTreeMap;

use parlance_domain::Rejection;
use parlance_engine::Chance;
use parlance_proto::{ConversationId, Event, LeaveConversation, MarkRead};

use crate::harness::{Device, Seeded, Server, refusal};

#[tokio::test(start_paused = true)]
async fn a_read_index_is_clamped_and_never_falls() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let chat = alice.with(&bob);
    for text in ["one", "two", "three"] {
        alice.send(chat, text).await;
    }
    let state = bob.read(chat, 2).await;
    assert_eq!((state.read_index, state.unread), (2, 1));
    for lower in [0, 1, 2] {
        assert_eq!(bob.read(chat, lower).await, state);
    }
    let state = bob.read(chat, u64::MAX).await;
    assert_eq!((state.read_index, state.unread), (3, 0));
    alice.send(chat, "four").await;
    assert_eq!(bob.summary(chat).await.unread, 1, "what came after the clamp is unread");
    assert_eq!(bob.summary(chat).await.read_index, 3);
    let input = MarkRead { conversation_id: chat, index: 1 };
    assert_eq!(refusal(carol.engine.mark_read(carol.caller, input).await), Rejection::NoConversation);
}

#[tokio::test(start_paused = true)]
async fn the_other_device_hears_and_syncs_what_was_read() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let tablet = server.device(bob.id()).await;
    alice.send(chat, "one").await;
    let cursor = tablet.cursor().await;
    let heard = tablet.attach();
    bob.read(chat, 1).await;
    let told = Event::Read { conversation_id: chat, read_index: 1, unread: 0 };
    assert!(heard.events().contains(&told));
    let changes = tablet.sync(cursor).await;
    assert_eq!((changes.changed.len(), changes.changed[0].unread), (1, 0));
    assert!(changes.user_index > cursor);
    bob.read(chat, 1).await;
    assert!(heard.events().iter().all(|event| !matches!(event, Event::Read { .. })), "nothing moved");
}

#[tokio::test(start_paused = true)]
async fn sending_counts_as_having_read() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    alice.send(chat, "two").await;
    bob.send(chat, "three").await;
    let summary = bob.summary(chat).await;
    assert_eq!((summary.unread, summary.read_index), (0, 3));
    assert_eq!(alice.summary(chat).await.unread, 1);
}

/// What a member has, counted by hand.
#[derive(Clone, Copy, Default)]
struct Counted {
    joined: u64,
    own: u64,
    read: u64,
}

/// A group counted by hand.
struct Model {
    group: ConversationId,
    /// By index from 1: whether the entry is a message.
    log: Vec<bool>,
    /// By position in the table of people.
    members: BTreeMap<usize, Counted>,
    /// Read indexes outlive the membership.
    reads: BTreeMap<usize, u64>,
}

impl Model {
    fn head(&self) -> u64 {
        self.log.len() as u64
    }

    fn unread(&self, who: usize) -> u64 {
        let counted = self.members[&who];
        let from = counted.joined.max(counted.own).max(counted.read) as usize;
        self.log[from..].iter().filter(|message| **message).count() as u64
    }

    async fn step(&mut self, people: &[Device], chance: &Seeded) {
        let who = chance.below(people.len() as u64) as usize;
        let group = self.group;
        match (chance.below(10), self.members.contains_key(&who)) {
            (0..6, true) => {
                let key = chance.next_u64().to_string();
                let accepted = people[who].send(group, &key).await;
                self.log.push(true);
                assert_eq!(accepted.index, self.head());
                self.members.entry(who).or_default().own = accepted.index;
            }
            (6..8, true) => {
                let index = chance.below(self.head() + 3);
                people[who].read(group, index).await;
                let read = self.reads.entry(who).or_default();
                *read = (*read).max(index.min(self.log.len() as u64));
                self.members.entry(who).or_default().read = *read;
            }
            // The first one owns the group and stays.
            (8, true) if who > 0 => {
                let leave = LeaveConversation { conversation_id: group };
                people[who].engine.leave_conversation(people[who].caller, leave).await.unwrap();
                self.log.push(false);
                self.members.remove(&who);
            }
            (_, false) => {
                people[0].add(group, &[&people[who]]).await;
                self.log.push(false);
                let read = self.reads.get(&who).copied().unwrap_or_default();
                self.members.insert(who, Counted { joined: self.head(), own: 0, read });
            }
            _ => {}
        }
    }

    async fn check(&self, people: &[Device]) {
        for (who, person) in people.iter().enumerate() {
            let listed = person.list().await.into_iter().find(|row| row.conversation_id == self.group);
            let Some(counted) = self.members.get(&who) else {
                assert!(listed.is_none(), "not in it, not in the list");
                continue;
            };
            let listed = listed.expect("in it, in the list");
            assert_eq!(listed.unread, self.unread(who), "the list of {who}");
            let farthest = counted.read.max(counted.own).max(counted.joined);
            assert_eq!(listed.read_index, farthest);
            assert_eq!(listed, person.summary(self.group).await, "both ways agree");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn unread_counts_are_exact_over_random_traffic() {
    for seed in 1..=8 {
        let mut server = Server::start();
        let chance = Seeded::new(seed);
        let mut people: Vec<Device> = server.users(["anna", "bert", "cora", "dirk", "emma"]).await.into();
        let group = people[0].group("Team", &[&people[1], &people[2]]).await;
        let members = [0, 1, 2].map(|who| (who, Counted { joined: 1, ..Counted::default() }));
        let mut model = Model { group, log: vec![false], members: members.into(), reads: BTreeMap::new() };
        for step in 1..=160 {
            model.step(&people, &chance).await;
            if step % 20 == 0 {
                model.check(&people).await;
            }
            if step % 50 == 0 {
                server.crash();
                people = people.iter().map(|person| server.again(person)).collect();
                model.check(&people).await;
            }
        }
    }
}
