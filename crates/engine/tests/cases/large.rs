//! Large groups: above 500 members nothing is written for each member, yet nobody misses anything.
//!
//! List and sync find the group by its log; sessions that have it open hear entries, the others a hint.

use std::time::Duration;

use parlance_domain::Rejection;
use parlance_proto::{Body, ConversationId, Event, FanOut, LeaveConversation, RemoveMember};

use crate::harness::{Device, Server, refusal};

fn hints(events: &[Event], of: ConversationId) -> Vec<u64> {
    let hint = |event: &Event| match event {
        Event::Hint { conversation_id, head } if *conversation_id == of => Some(*head),
        _ => None,
    };
    events.iter().filter_map(hint).collect()
}

async fn large(server: &Server) -> (Device, ConversationId, Vec<Device>) {
    let alice = server.user("alice").await;
    let (group, members) = server.crowd(&alice, 501).await;
    let last = alice.history(group).await.entries.pop().unwrap();
    assert_eq!(last.body, Body::FanOutChanged { fan_out: FanOut::Read });
    (alice, group, members)
}

async fn leave(who: &Device, group: ConversationId) {
    who.engine.leave_conversation(who.caller, LeaveConversation { conversation_id: group }).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_500th_member_does_not_switch_and_the_501st_does() {
    let server = Server::start();
    let alice = server.user("alice").await;
    let (group, _) = server.crowd(&alice, 500).await;
    assert_eq!(alice.summary(group).await.fan_out, FanOut::Write);
    let one_more = server.user("one").await;
    alice.add(group, &[&one_more]).await;
    let summary = alice.summary(group).await;
    assert_eq!((summary.fan_out, summary.member_count), (FanOut::Read, 501));
    assert_eq!(one_more.list().await, [one_more.summary(group).await]);
}

#[tokio::test(start_paused = true)]
async fn list_and_sync_contain_it_although_no_row_is_written() {
    let mut server = Server::start();
    let (alice, group, members) = large(&server).await;
    let bob = &members[0];
    let chat = alice.with(bob);
    alice.send(chat, "direct").await;
    let cursor = bob.cursor().await;
    alice.send(group, "to all").await;
    for crashed in [false, true] {
        if crashed {
            server.crash();
        }
        let bob = server.again(bob);
        let changes = bob.sync(cursor).await;
        assert_eq!(changes.user_index, cursor, "no row of one's own");
        assert_eq!(changes.changed, [bob.summary(group).await]);
        assert_eq!(changes.changed[0].unread, 1);
        let list: Vec<_> = bob.list().await.into_iter().map(|row| row.conversation_id).collect();
        assert_eq!(list, [group, chat], "at its place by time");
        assert_eq!(bob.texts(group).await, ["to all"]);
    }
    let bob = server.again(bob);
    bob.send(chat, "later").await;
    let list: Vec<_> = bob.list().await.into_iter().map(|row| row.conversation_id).collect();
    assert_eq!(list, [chat, group]);
    let paged = bob.try_list(None, 1).await.unwrap();
    assert_eq!(paged.conversations.len(), 2, "large groups are all on the first page");
    let rest = bob.try_list(paged.next, 1).await.unwrap();
    assert!(rest.conversations.iter().all(|row| row.conversation_id != group));
}

#[tokio::test(start_paused = true)]
async fn open_sessions_hear_entries_and_the_others_a_hint_a_second() {
    let server = Server::start();
    let (alice, group, members) = large(&server).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let (open, away) = (members[0].attach(), members[1].attach());
    let stranger = server.user("stranger").await.attach();
    open.connection.open(group).await.unwrap();
    for number in 0..20 {
        alice.send(group, &format!("m{number}")).await;
    }
    let head = alice.summary(group).await.head;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(open.texts(), (0..20).map(|number| format!("m{number}")).collect::<Vec<_>>());
    let events = away.events();
    assert!(events.iter().all(|event| !matches!(event, Event::Entry { .. })));
    assert_eq!(hints(&events, group), [head], "one for all of them");
    assert_eq!(stranger.events(), []);

    open.connection.close(group);
    alice.send(group, "closed").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let events = open.events();
    assert!(events.iter().all(|event| !matches!(event, Event::Entry { .. })));
    assert_eq!(hints(&events, group), [head + 1]);
}

#[tokio::test(start_paused = true)]
async fn who_comes_and_who_goes_is_told_in_person() {
    let server = Server::start();
    let (alice, group, members) = large(&server).await;
    let new = server.user("new").await;
    let (of_new, of_gone) = (new.attach(), members[0].attach());
    of_gone.connection.open(group).await.unwrap();
    let cursor = members[0].cursor().await;
    alice.add(group, &[&new]).await;
    assert!(of_new.events().iter().any(|event| matches!(event, Event::Entry { .. })));
    assert_eq!(new.list().await, [new.summary(group).await]);
    let remove = RemoveMember { conversation_id: group, user_id: members[0].id() };
    alice.engine.remove_member(alice.caller, remove).await.unwrap();
    alice.send(group, "after").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let heard = of_gone.events();
    assert!(!heard.iter().any(|event| {
        matches!(event, Event::Entry { entry, .. } if matches!(entry.body, Body::Text { .. }))
    }));
    assert!(
        hints(&heard, group).is_empty() || heard.iter().any(|event| matches!(event, Event::Entry { .. }))
    );
    assert_eq!(members[0].sync(cursor).await.removed, [group]);
    assert!(members[0].list().await.is_empty());
    assert_eq!(refusal(of_gone.connection.open(group).await), Rejection::NoConversation);
    assert_eq!(new.sync(0).await.changed[0].unread, 1);
}

#[tokio::test(start_paused = true)]
async fn below_300_everybody_gets_rows_again() {
    let mut server = Server::start();
    let (alice, group, members) = large(&server).await;
    let bob = &members[0];
    let cursor = bob.cursor().await;
    alice.send(group, "large").await;
    for member in &members[299..] {
        leave(member, group).await;
    }
    assert_eq!(alice.summary(group).await.member_count, 300);
    assert_eq!(alice.summary(group).await.fan_out, FanOut::Read);
    leave(&members[298], group).await;
    assert_eq!(alice.summary(group).await.fan_out, FanOut::Write);
    alice.send(group, "small again").await;
    for crashed in [false, true] {
        if crashed {
            server.crash();
        }
        let bob = server.again(bob);
        let changes = bob.sync(cursor).await;
        assert!(changes.user_index > cursor, "rows of one's own again");
        assert_eq!(changes.changed, [bob.summary(group).await]);
        assert_eq!(changes.changed[0].unread, 2);
        assert_eq!(bob.list().await, changes.changed, "listed once");
        assert_eq!(bob.sync(changes.user_index).await.changed, [], "not told always any more");
        let gone = server.again(&members[400]);
        assert!(gone.list().await.is_empty());
    }
    let heard = server.again(bob).attach();
    server.again(&alice).send(group, "pushed").await;
    assert_eq!(heard.texts(), ["pushed"], "without opening it");
}

#[tokio::test(start_paused = true)]
async fn growing_and_shrinking_within_one_round_ends_where_it_ends() {
    let server = Server::lazy();
    let (alice, group, members) = large(&server).await;
    for member in &members[298..] {
        leave(member, group).await;
    }
    alice.send(group, "hello").await;
    let bob = &members[0];
    assert_eq!(bob.list().await, [bob.summary(group).await]);
    assert_eq!(bob.sync(0).await.changed, [bob.summary(group).await]);
    assert_eq!(bob.summary(group).await.fan_out, FanOut::Write);
    assert!(members[400].list().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_connection_has_16_groups_open_at_most() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let heard = bob.attach();
    let mut groups = Vec::new();
    for number in 0..17 {
        let group = alice.group(&format!("g{number}"), &[&bob]).await;
        heard.connection.open(group).await.unwrap();
        groups.push(group);
    }
    // Groups that are not large push anyway, once.
    heard.events();
    alice.send(groups[0], "first").await;
    alice.send(groups[16], "last").await;
    assert_eq!(heard.texts(), ["first", "last"]);
}
