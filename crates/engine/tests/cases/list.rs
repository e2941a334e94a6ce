//! The conversation list: latest activity first, in pages, each conversation once.
//!
//! A page is right for the moment it is read: whatever was answered before is in it.

use parlance_domain::Rejection;
use parlance_proto::{ConversationId, ConversationKind, RenameGroup, Role};

use crate::harness::{Device, Server, refusal, text_of};

async fn order(reader: &Device) -> Vec<ConversationId> {
    reader.list().await.iter().map(|row| row.conversation_id).collect()
}

#[tokio::test(start_paused = true)]
async fn the_latest_activity_is_first() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    assert!(order(&alice).await.is_empty());
    let (with_bob, with_carol) = (alice.with(&bob), alice.with(&carol));
    alice.send(with_bob, "one").await;
    carol.send(with_carol, "two").await;
    assert_eq!(order(&alice).await, [with_carol, with_bob]);
    bob.send(with_bob, "three").await;
    assert_eq!(order(&alice).await, [with_bob, with_carol]);
    let group = bob.group("Team", &[&alice]).await;
    assert_eq!(order(&alice).await, [group, with_bob, with_carol]);
    alice.send(with_carol, "four").await;
    assert_eq!(order(&alice).await, [with_carol, group, with_bob]);
    alice.read(with_bob, 2).await;
    assert_eq!(order(&alice).await, [with_carol, group, with_bob], "reading is no activity");
}

#[tokio::test(start_paused = true)]
async fn a_row_says_what_the_conversation_says() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let group = alice.group("Team", &[&bob]).await;
    alice.send(group, "hello").await;
    let rename = RenameGroup { conversation_id: group, name: "Crew".to_owned() };
    alice.engine.rename_group(alice.caller, rename).await.unwrap();
    let row = bob.list().await.remove(0);
    assert_eq!(
        (row.kind, row.name.as_deref(), row.role),
        (ConversationKind::Group, Some("Crew"), Role::Member)
    );
    assert_eq!((row.head, row.visible_from, row.unread, row.member_count), (3, 1, 1, 2));
    assert_eq!(row.last_message.as_ref().and_then(text_of).as_deref(), Some("hello"));
    assert_eq!(row, bob.summary(group).await);
    let chat = alice.with(&bob);
    bob.send(chat, "psst").await;
    let row = alice.list().await.remove(0);
    assert_eq!((row.kind, row.name.clone(), row.unread), (ConversationKind::Direct, None, 1));
    assert_eq!(row, alice.summary(chat).await);
}

#[tokio::test(start_paused = true)]
async fn a_conversation_without_an_entry_is_there_but_not_listed() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let summary = alice.summary(alice.with(&bob)).await;
    assert_eq!((summary.head, summary.unread, summary.member_count), (0, 0, 2));
    assert!(order(&alice).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn pages_hold_each_conversation_once() {
    let server = Server::start();
    let alice = server.user("alice").await;
    let mut expected = Vec::new();
    for number in 0..23 {
        let other = server.user(&format!("other{number}")).await;
        other.send(alice.with(&other), "hello").await;
        expected.insert(0, alice.with(&other));
    }
    for size in [1, 5, 10, 23, 24, 200] {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = alice.try_list(after, size).await.unwrap();
            assert!(page.conversations.len() <= size as usize);
            found.extend(page.conversations.iter().map(|row| row.conversation_id));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(found, expected, "pages of {size}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_moves_up_while_paging_does_not_push_others_out() {
    let server = Server::start();
    let alice = server.user("alice").await;
    let mut others = Vec::new();
    for number in 0..10 {
        let other = server.user(&format!("other{number}")).await;
        other.send(alice.with(&other), "hello").await;
        others.push(other);
    }
    let first = alice.try_list(None, 5).await.unwrap();
    others[1].send(alice.with(&others[1]), "again").await;
    let second = alice.try_list(first.next, 5).await.unwrap();
    let found: Vec<_> = second.conversations.iter().map(|row| row.conversation_id).collect();
    let expected: Vec<_> = [4, 3, 2, 0].map(|at: usize| alice.with(&others[at])).into();
    assert_eq!(found, expected, "the one that moved is on the first page now");
}

#[tokio::test(start_paused = true)]
async fn bad_pages_are_refused() {
    let server = Server::start();
    let alice = server.user("alice").await;
    for bad in ["x", "-1", "1.5", ""] {
        assert_eq!(refusal(alice.try_list(Some(bad.to_owned()), 10).await), Rejection::BadPage, "{bad:?}");
    }
    assert_eq!(refusal(alice.try_list(None, 0).await), Rejection::BadLimit);
    assert_eq!(refusal(alice.try_list(None, 201).await), Rejection::BadLimit);
}
