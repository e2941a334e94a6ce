//! Several nodes over one store, without a word between them: what one has answered, the others go by.
//!
//! Each engine has a bus of its own, so nothing here rests on a hint.

use std::time::Duration;

use parlance_domain::Rejection;
use parlance_engine::Options;
use parlance_proto::{
    BlockUser, ConversationId, CreateHold, EditMessage, ExportForAdministrators, GetMessage, GetPrivacy,
    ListReaders, ReaderState, Readers, RecallMessage, ReleaseHold, RemoveMember, UnblockUser,
};

use crate::harness::{Device, Server, refusal, text_of};

/// A server whose node is one of several.
fn several() -> Server {
    Server::with(Options { alone: false, ..Options::default() })
}

/// The same device at another node.
fn at(engine: &parlance_engine::Engine, device: &Device) -> Device {
    Device::new(engine.clone(), device.caller, device.token)
}

async fn readers(device: &Device, conversation_id: ConversationId, index: u64) -> Readers {
    let state = Some(ReaderState::Read);
    let input = ListReaders { conversation_id, index, state, after: None, limit: None };
    device.engine.list_readers(device.caller, input).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_one_node_has_answered_the_other_shows() {
    let server = several();
    let other = server.rival();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let [bob_there, carol_there, alice_there] = [&bob, &carol, &alice].map(|device| at(&other, device));
    let group = alice.group("Tea", &[&bob]).await;
    // Both nodes have the group in memory from here on.
    assert_eq!(bob_there.texts(group).await, Vec::<String>::new());
    assert_eq!(refusal(carol_there.try_summary(group).await), Rejection::NoConversation);
    for round in ["one", "two", "three"] {
        alice.send(group, round).await;
        assert_eq!(bob_there.texts(group).await.last().map(String::as_str), Some(round));
        bob_there.send(group, &format!("{round} there")).await;
        assert_eq!(alice.texts(group).await.last().cloned(), Some(format!("{round} there")));
    }
    // A member by the other node's doing may write here, and one who is out may not, nor read.
    alice.add(group, &[&carol]).await;
    carol_there.send(group, "here I am").await;
    let remove = RemoveMember { conversation_id: group, user_id: carol.id() };
    alice_there.engine.remove_member(alice.caller, remove).await.unwrap();
    assert_eq!(refusal(carol.try_send(group, "still", "still").await), Rejection::NoConversation);
    assert_eq!(refusal(carol.try_summary(group).await), Rejection::NoConversation);
    // A retry key that was used at one node is known at the other.
    let sent = alice.try_send(group, "key", "once").await.unwrap();
    assert_eq!(alice_there.try_send(group, "key", "once").await.unwrap(), sent);
    assert_eq!(refusal(alice_there.try_send(group, "key", "twice").await), Rejection::RetryKeyReused);
}

#[tokio::test(start_paused = true)]
async fn who_has_read_is_exact_at_every_node_and_so_is_who_hides_it() {
    let server = several();
    let other = server.rival();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let [alice_there, bob_there] = [&alice, &bob].map(|device| at(&other, device));
    let group = alice.group("Tea", &[&bob, &carol]).await;
    let index = alice.send(group, "who reads").await.index;
    assert_eq!(readers(&alice, group, index).await.read_by, Some(0));
    assert_eq!(readers(&alice_there, group, index).await.read_by, Some(0));
    bob_there.read(group, index).await;
    assert_eq!(readers(&alice, group, index).await.user_ids, [bob.id()]);
    carol.read(group, index).await;
    assert_eq!(readers(&alice_there, group, index).await.read_by, Some(2));
    for shows in [false, true] {
        let input = serde_json::from_value(serde_json::json!({ "show_reads": shows })).unwrap();
        bob_there.engine.update_privacy(bob.caller, input).await.unwrap();
        let seen = if shows { 2 } else { 1 };
        assert_eq!(readers(&alice, group, index).await.read_by, Some(seen), "shows: {shows}");
        assert_eq!(readers(&alice_there, group, index).await.read_by, Some(seen), "shows: {shows}");
        let privacy = bob.engine.get_privacy(bob.caller, GetPrivacy {}).await.unwrap();
        assert_eq!(privacy.show_reads, shows);
    }
}

#[tokio::test(start_paused = true)]
async fn a_hold_made_at_one_node_keeps_what_changes_at_the_other() {
    let server = several();
    let other = server.rival();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let (alice_there, chat) = (at(&other, &alice), alice.with(&bob));
    for text in ["first", "second", "third"] {
        alice_there.send(chat, text).await;
    }
    let edit = |index, text: &str| {
        let (text, format, spans) = (text.to_owned(), None, None);
        EditMessage { conversation_id: chat, index, text, format, spans }
    };
    // There was no hold, and that node has looked.
    alice_there.engine.edit_message(alice.caller, edit(1, "first, edited")).await.unwrap();
    let operator = server.engine.operator();
    let on = CreateHold { user_id: None, conversation_id: Some(chat), note: "case".to_owned() };
    let hold = server.engine.create_hold(&operator, on).await.unwrap();
    alice_there.engine.edit_message(alice.caller, edit(2, "second, edited")).await.unwrap();
    let export = async || {
        let (reason, after) = ("case".to_owned(), Some(0));
        let input = ExportForAdministrators { conversation_id: chat, reason, after, limit: None };
        server.engine.export_for_administrators(&operator, input).await.unwrap().lines
    };
    assert!(export().await.contains(r#""text":"second""#));
    let release = ReleaseHold { hold_id: hold.hold_id };
    server.engine.release_hold(&operator, release).await.unwrap();
    let recall = RecallMessage { conversation_id: chat, index: 3 };
    alice_there.engine.recall_message(alice.caller, recall).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let lines = export().await;
    assert!([r#""text":"second""#, r#""text":"third""#].iter().all(|text| !lines.contains(text)), "{lines}");
}

#[tokio::test(start_paused = true)]
async fn nothing_of_the_blocked_is_told_by_a_node_that_was_not_asked_to_block() {
    let server = several();
    let other = server.rival();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let [alice_there, bob_there] = [&alice, &bob].map(|device| at(&other, device));
    let chat = alice.with(&bob);
    bob_there.send(chat, "before").await;
    let heard = alice_there.attach();
    alice.engine.block_user(alice.caller, BlockUser { user_id: bob.id() }).await.unwrap();
    bob_there.send(chat, "blocked").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(heard.texts(), Vec::<String>::new());
    assert_eq!(alice_there.texts(chat).await, ["before"]);
    assert_eq!(refusal(alice_there.try_send(chat, "no", "no").await), Rejection::BlockedByYou);
    alice.engine.unblock_user(alice.caller, UnblockUser { user_id: bob.id() }).await.unwrap();
    bob_there.send(chat, "after").await;
    assert_eq!(heard.texts(), ["after"]);
    assert_eq!(alice.texts(chat).await, ["before", "after"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_node_that_is_gone_has_committed_reaches_everybody_by_the_others() {
    let server = several();
    let other = server.rival();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let (bob_there, chat) = (at(&other, &bob), alice.with(&bob));
    let index = alice.send(chat, "last words").await.index;
    server.engine.crash();
    let cursor = bob_there.cursor().await;
    tokio::time::sleep(Duration::from_secs(6)).await;
    let changes = bob_there.sync(cursor).await;
    assert_eq!(
        changes.changed.iter().map(|row| (row.conversation_id, row.head)).collect::<Vec<_>>(),
        [(chat, index)]
    );
    // Nobody has to come back for it, and nobody goes after the mark for ever.
    let writes = server.store.writes();
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(server.store.writes(), writes);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_was_edited_at_one_node_says_so_at_the_other() {
    let server = several();
    let other = server.rival();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let (alice_there, chat) = (at(&other, &alice), alice.with(&bob));
    let index = alice.send(chat, "one").await.index;
    for (device, text) in [(&alice_there, "two"), (&alice, "three"), (&alice_there, "four")] {
        let (text, format, spans) = (text.to_owned(), None, None);
        let edit = EditMessage { conversation_id: chat, index, text: text.clone(), format, spans };
        device.engine.edit_message(alice.caller, edit).await.unwrap();
        for reader in [&alice, &alice_there] {
            let input = GetMessage { conversation_id: chat, index };
            let entry = reader.engine.get_message(alice.caller, input).await.unwrap();
            assert_eq!(text_of(&entry), Some(text.clone()));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_only_reads_knows_every_retry_key_of_a_long_conversation() {
    let server = several();
    let other = server.rival();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let (alice_there, bob_there, chat) = (at(&other, &alice), at(&other, &bob), alice.with(&bob));
    assert_eq!(bob_there.texts(chat).await, Vec::<String>::new());
    let mut sent = Vec::new();
    for number in 0..1_300 {
        sent.push(alice.try_send(chat, &number.to_string(), "text").await.unwrap());
        if number % 40 == 0 {
            assert_eq!(bob_there.summary(chat).await.head, sent.len() as u64);
        }
    }
    for number in [0, 1, 600, 1_023, 1_299] {
        let again = alice_there.try_send(chat, &number.to_string(), "text").await.unwrap();
        assert_eq!(again, sent[number]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_stops_in_order_leaves_nothing_to_follow_up() {
    let server = several();
    let other = server.rival();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let (bob_there, chat) = (at(&other, &bob), alice.with(&bob));
    let cursor = bob_there.cursor().await;
    let index = alice.send(chat, "see you").await.index;
    server.engine.stop().await;
    let changes = bob_there.sync(cursor).await;
    assert_eq!(changes.changed.iter().map(|row| row.head).collect::<Vec<_>>(), [index]);
    let writes = server.store.writes();
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(server.store.writes(), writes);
}
