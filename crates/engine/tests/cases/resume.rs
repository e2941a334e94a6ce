//! Coming back: who has missed nothing costs a node alone no read, and who asks for what others ask for shares theirs.
//!
//! Every count is of the store's reads, whatever they were for.

use parlance_domain::Rejection;
use parlance_engine::{Engine, Error, Options};
use parlance_proto::{EndSession, SetDraft};

use crate::harness::{Device, Heard, Server, refusal};

/// Comes back as the door has a device do it: whose token, let in, caught up. How many reads that took.
async fn come_back(
    server: &Server,
    engine: &Engine,
    device: &Device,
    cursor: u64,
) -> Result<(u64, u32), Error> {
    let before = server.store.reads();
    let caller = engine.token_of(device.token).await?.ok_or(Rejection::SessionEnded)?;
    let (connection, user_index) = engine.let_in(caller, 0).await?;
    let again = Device::new(engine.clone(), caller, device.token);
    let changes = again.sync(cursor).await;
    assert!(!changes.reset && changes.user_index == user_index);
    drop(connection);
    Ok((changes.user_index, server.store.reads() - before))
}

#[tokio::test(start_paused = true)]
async fn who_missed_nothing_costs_no_read_and_who_missed_something_hears_of_it() {
    let server = Server::lazy();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    let cursor = bob.cursor().await;
    // The first time it is looked up.
    let (cursor, reads) = come_back(&server, &server.engine, &bob, cursor).await.unwrap();
    assert!(reads > 0);
    assert_eq!(come_back(&server, &server.engine, &bob, cursor).await.unwrap(), (cursor, 0));
    alice.send(chat, "two").await;
    // It is not in the inbox yet when the hello is said, and is when the device catches up.
    let changes = bob.sync(cursor).await;
    assert_eq!(changes.changed[0].head, 2);
    let moved = changes.user_index;
    assert_eq!(come_back(&server, &server.engine, &bob, moved).await.unwrap(), (moved, 0));
    // What the user's other device does counts, too.
    let draft =
        SetDraft { conversation_id: chat, text: "three".to_owned(), reply_to: None, changed_ms: None };
    server.engine.set_draft(alice.caller, draft).await.unwrap();
    let ahead = alice.cursor().await;
    come_back(&server, &server.engine, &alice, ahead).await.unwrap();
    assert_eq!(come_back(&server, &server.engine, &alice, ahead).await.unwrap(), (ahead, 0));
    // A cursor that lags gets what it lacks.
    assert_eq!(bob.sync(cursor).await, changes);
}

#[tokio::test(start_paused = true)]
async fn a_session_that_ended_does_not_come_back_from_memory() {
    let server = Server::start();
    let alice = server.user("alice").await;
    let tablet = server.device(alice.id()).await;
    let cursor = tablet.cursor().await;
    come_back(&server, &server.engine, &tablet, cursor).await.unwrap();
    assert_eq!(come_back(&server, &server.engine, &tablet, cursor).await.unwrap().1, 0);
    let heard = Heard { connection: server.engine.let_in(tablet.caller, 0).await.unwrap().0 };
    let end = EndSession { session_id: tablet.caller.session };
    server.engine.end_session(alice.caller, end).await.unwrap();
    assert_eq!(heard.events().len(), 1, "the goodbye");
    assert_eq!(server.engine.session(tablet.token).await.unwrap(), None);
    assert_eq!(refusal(come_back(&server, &server.engine, &tablet, cursor).await), Rejection::SessionEnded);
}

#[tokio::test(start_paused = true)]
async fn a_member_of_a_large_group_hears_of_it_every_time() {
    let server = Server::start();
    let owner = server.user("owner").await;
    let (group, members) = server.crowd(&owner, 600).await;
    let member = &members[0];
    let cursor = member.cursor().await;
    for _ in 0..2 {
        let changes = member.sync(cursor).await;
        assert_eq!(changes.changed.iter().map(|row| row.conversation_id).collect::<Vec<_>>(), [group]);
    }
    owner.send(group, "news").await;
    assert_eq!(member.sync(cursor).await.changed[0].head, owner.summary(group).await.head);
}

#[tokio::test(start_paused = true)]
async fn one_of_several_nodes_asks_the_store_once_to_let_in_and_once_to_catch_up() {
    let server = Server::with(Options { alone: false, ..Options::default() });
    let other = server.rival();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    let mut cursor = bob.cursor().await;
    come_back(&server, &other, &bob, cursor).await.unwrap();
    assert_eq!(come_back(&server, &other, &bob, cursor).await.unwrap(), (cursor, 2));
    // What this node did since, the other finds.
    alice.send(chat, "two").await;
    cursor = bob.sync(cursor).await.user_index;
    assert_eq!(come_back(&server, &other, &bob, cursor).await.unwrap().0, cursor);
    let end = EndSession { session_id: bob.caller.session };
    server.engine.end_session(bob.caller, end).await.unwrap();
    assert_eq!(refusal(come_back(&server, &other, &bob, cursor).await), Rejection::SessionEnded);
}

#[tokio::test(start_paused = true)]
async fn members_who_ask_for_the_same_page_share_the_read_and_each_sees_its_own() {
    let server = Server::start();
    let owner = server.user("owner").await;
    let (group, members) = server.crowd(&owner, 40).await;
    for number in 0..20 {
        owner.send(group, &format!("message {number}")).await;
    }
    let hidden = owner.history(group).await.head;
    let hide = parlance_proto::HideMessages { conversation_id: group, indexes: vec![hidden] };
    members[0].engine.hide_messages(members[0].caller, hide).await.unwrap();
    server.store.slow_reads(5);
    let before = server.store.reads();
    owner.history(group).await;
    let alone = server.store.reads() - before;
    let before = server.store.reads();
    let pages = futures_util::future::join_all(members.iter().map(|member| member.texts(group))).await;
    let together = server.store.reads() - before;
    let own = u32::try_from(members.len()).unwrap() * (alone - 1);
    assert!(together <= own + 2, "{together} reads, {own} of them their own");
    assert_eq!(pages[0].len(), 19);
    assert!(pages[1..].iter().all(|page| page.len() == 20));
}
