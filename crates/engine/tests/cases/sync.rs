//! Catching up: a difference from any cursor this server gave, a reset from any other.
//!
//! Whoever follows the cursors ends with the same list as whoever loads it anew.

use std::collections::BTreeMap;
use std::time::Duration;

use parlance_domain::Rejection;
use parlance_engine::Chance;
use parlance_proto::{ConversationId, ConversationSummary, RemoveMember, Sync};

use crate::harness::{Device, Seeded, Server, refusal};

#[tokio::test(start_paused = true)]
async fn a_difference_tells_what_changed_and_nothing_else() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    alice.send(alice.with(&bob), "one").await;
    carol.send(carol.with(&bob), "two").await;
    let cursor = bob.cursor().await;
    assert_eq!(bob.sync(cursor).await.changed, []);
    alice.send(alice.with(&bob), "three").await;
    alice.send(alice.with(&bob), "four").await;
    let changes = bob.sync(cursor).await;
    assert!(!changes.reset && !changes.more && changes.removed.is_empty());
    assert_eq!(changes.changed, [bob.summary(alice.with(&bob)).await]);
    assert_eq!(changes.user_index, cursor + 2, "one user index an entry");
    assert_eq!(bob.sync(changes.user_index).await.changed, []);
    assert_eq!(bob.sync(cursor).await, changes, "asking again is harmless");
    assert_eq!(bob.sync(cursor + 1).await, changes, "a cursor in the middle gets the whole row");
}

#[tokio::test(start_paused = true)]
async fn a_cursor_that_is_not_this_servers_is_reset() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    alice.send(alice.with(&bob), "one").await;
    let cursor = bob.cursor().await;
    for since in [cursor + 1, u64::MAX] {
        let changes = bob.sync(since).await;
        assert!(changes.reset, "{since}");
        assert_eq!((changes.user_index, changes.changed.len()), (cursor, 0));
    }
    assert_eq!(refusal(bob.try_sync(Some(0), 0).await), Rejection::BadLimit);
    assert_eq!(refusal(bob.try_sync(Some(0), 201).await), Rejection::BadLimit);
}

#[tokio::test(start_paused = true)]
async fn a_long_difference_comes_in_pages() {
    let server = Server::start();
    let bob = server.user("bob").await;
    let cursor = bob.cursor().await;
    let mut expected = Vec::new();
    for number in 0..12 {
        let other = server.user(&format!("other{number}")).await;
        other.send(other.with(&bob), "hello").await;
        expected.push(other.with(&bob));
    }
    let (mut found, mut since) = (Vec::new(), cursor);
    loop {
        let changes = bob.try_sync(Some(since), 5).await.unwrap();
        assert!(!changes.reset && changes.changed.len() <= 5);
        found.extend(changes.changed.iter().map(|row| row.conversation_id));
        assert!(changes.user_index > since);
        since = changes.user_index;
        if !changes.more {
            break;
        }
    }
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test(start_paused = true)]
async fn an_inbox_keeps_10_000_rows_and_older_cursors_are_reset() {
    const CHATS: u64 = 100;
    let server = Server::lazy();
    let bob = server.user("bob").await;
    let mut others = Vec::new();
    for number in 0..CHATS {
        others.push(server.user(&format!("other{number}")).await);
    }
    let mut cursors = Vec::new();
    for round in 0..106 {
        for other in &others {
            other.send(other.with(&bob), &format!("m{round}")).await;
        }
        cursors.push(bob.cursor().await);
    }
    let head = *cursors.last().unwrap();
    assert_eq!(head, 106 * CHATS);
    assert!(bob.try_sync(Some(0), 1).await.unwrap().reset, "far too old");
    assert!(bob.try_sync(Some(cursors[2]), 1).await.unwrap().reset, "too old");
    let oldest = cursors.iter().find(|cursor| **cursor + 10_000 >= head).unwrap();
    let mut since = *oldest;
    loop {
        let changes = bob.try_sync(Some(since), 200).await.unwrap();
        assert!(!changes.reset, "within the rows kept");
        since = changes.user_index;
        if !changes.more {
            break;
        }
    }
    assert_eq!(since, head);
    assert_eq!(bob.list().await.len() as u64, CHATS);
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_with_a_change_or_with_its_time() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let cursor = bob.cursor().await;
    let wait = |wait_ms| {
        bob.engine.sync(bob.caller, Sync { since: Some(cursor), limit: None, wait_ms: Some(wait_ms) })
    };
    let started = tokio::time::Instant::now();
    assert_eq!(wait(5_000).await.unwrap().changed, []);
    assert_eq!(started.elapsed().as_secs(), 5);
    let send = async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        alice.send(alice.with(&bob), "now").await;
    };
    let started = tokio::time::Instant::now();
    let (changes, ()) = tokio::join!(wait(20_000), send);
    assert_eq!(changes.unwrap().changed.len(), 1);
    assert_eq!(started.elapsed().as_secs(), 2);
    let started = tokio::time::Instant::now();
    assert_eq!(wait(20_000).await.unwrap().changed.len(), 1, "what is there already is not waited for");
    assert!(started.elapsed() < Duration::from_secs(1));
}

/// A client that knows only what `sync` told it.
#[derive(Default)]
struct Follower {
    cursor: Option<u64>,
    rows: BTreeMap<ConversationId, ConversationSummary>,
}

impl Follower {
    async fn follow(&mut self, device: &Device) {
        loop {
            let changes = device.try_sync(self.cursor, 3).await.unwrap();
            if changes.reset {
                self.rows = device.list().await.into_iter().map(|row| (row.conversation_id, row)).collect();
            }
            for row in changes.changed {
                self.rows.insert(row.conversation_id, row);
            }
            for gone in changes.removed {
                self.rows.remove(&gone);
            }
            self.cursor = Some(changes.user_index);
            if !changes.more {
                return;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn who_follows_the_cursor_knows_what_the_list_knows() {
    for seed in 1..=6 {
        let mut server = Server::start();
        let chance = Seeded::new(seed);
        let mut people: Vec<Device> = server.users(["anna", "bert", "cora", "dirk"]).await.into();
        let mut groups = Vec::new();
        for name in ["One", "Two", "Three"] {
            groups.push(people[0].group(name, &[&people[1]]).await);
        }
        let mut followers: Vec<Follower> = people.iter().map(|_| Follower::default()).collect();
        for step in 1..=120 {
            let group = groups[chance.below(3) as usize];
            let who = chance.below(4) as usize;
            let (owner, person) = (&people[0], &people[who]);
            let text = chance.next_u64().to_string();
            match chance.below(6) {
                0 if who > 0 => {
                    let remove = RemoveMember { conversation_id: group, user_id: person.id() };
                    let _ = owner.engine.remove_member(owner.caller, remove).await;
                }
                1 => _ = owner.add(group, &[person]).await,
                2 => _ = person.send(person.with(owner), &text).await,
                3 => _ = person.try_send(group, &text, &text).await,
                4 => _ = owner.send(group, &text).await,
                _ => tokio::time::sleep(Duration::from_millis(chance.below(900))).await,
            }
            let one = chance.below(4) as usize;
            followers[one].follow(&people[one]).await;
            if step % 40 == 0 {
                server.crash();
                people = people.iter().map(|person| server.again(person)).collect();
            }
        }
        for (person, follower) in people.iter().zip(&mut followers) {
            follower.follow(person).await;
            let list: BTreeMap<_, _> =
                person.list().await.into_iter().map(|row| (row.conversation_id, row)).collect();
            assert_eq!(follower.rows, list, "seed {seed}");
        }
    }
}
