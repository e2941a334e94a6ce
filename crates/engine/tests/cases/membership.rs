//! Membership is checked in the commit that gives the index and on every read: who is out sees nothing.
//!
//! Being out, never having been in, and there being nothing get the same answer.

use parlance_domain::Rejection;
use parlance_engine::Error;
use parlance_proto::{
    AddMembers, Body, ConversationId, CreateGroup, Event, GetHistory, GetMessage, LeaveConversation,
    ListMembers, MarkRead, Member, RemoveMember, RenameGroup, Role, SetRole, TransferOwnership, UserId,
};

use crate::harness::{Device, Server, refusal};

async fn remove(owner: &Device, group: ConversationId, whom: &Device) -> u64 {
    let input = RemoveMember { conversation_id: group, user_id: whom.id() };
    owner.engine.remove_member(owner.caller, input).await.unwrap().index
}

/// Tries every operation on a conversation that is closed to the caller.
async fn check_closed(who: &Device, of: ConversationId) {
    let (engine, caller) = (&who.engine, who.caller);
    let closed = |rejection| assert_eq!(rejection, Rejection::NoConversation);
    let history = GetHistory { conversation_id: of, after: None, before: None, limit: None };
    closed(refusal(engine.get_history(caller, history).await));
    closed(refusal(engine.get_message(caller, GetMessage { conversation_id: of, index: 1 }).await));
    closed(refusal(who.try_summary(of).await));
    let members = ListMembers { conversation_id: of, after: None, limit: None };
    closed(refusal(engine.list_members(caller, members).await));
    closed(refusal(engine.mark_read(caller, MarkRead { conversation_id: of, index: 1 }).await));
    closed(refusal(who.try_send(of, "closed", "closed").await));
    closed(refusal(who.attach().connection.open(of).await));
    let rename = RenameGroup { conversation_id: of, name: "X".to_owned() };
    closed(refusal(engine.rename_group(caller, rename).await));
    let add = AddMembers { conversation_id: of, user_ids: vec![caller.user] };
    closed(refusal(engine.add_members(caller, add).await));
    let remove = RemoveMember { conversation_id: of, user_id: caller.user };
    closed(refusal(engine.remove_member(caller, remove).await));
    let role = SetRole { conversation_id: of, user_id: caller.user, role: Role::Admin };
    closed(refusal(engine.set_role(caller, role).await));
    let transfer = TransferOwnership { conversation_id: of, user_id: caller.user };
    closed(refusal(engine.transfer_ownership(caller, transfer).await));
    closed(refusal(engine.leave_conversation(caller, LeaveConversation { conversation_id: of }).await));
    assert!(who.list().await.iter().all(|row| row.conversation_id != of));
}

#[tokio::test(start_paused = true)]
async fn who_was_removed_or_was_never_in_finds_nothing() {
    let mut server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let group = alice.group("Team", &[&bob]).await;
    alice.send(group, "before").await;
    let cursor = bob.cursor().await;
    remove(&alice, group, &bob).await;
    alice.send(group, "after").await;
    let changes = bob.sync(cursor).await;
    assert_eq!((changes.removed.as_slice(), changes.changed.len()), (&[group][..], 0));
    check_closed(&bob, group).await;
    check_closed(&carol, group).await;
    check_closed(&carol, alice.with(&bob)).await;
    server.crash();
    let bob = server.again(&bob);
    check_closed(&bob, group).await;
    assert_eq!(bob.sync(cursor).await.removed, [group]);
}

#[tokio::test(start_paused = true)]
async fn a_removed_member_hears_the_removal_and_nothing_after() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let group = alice.group("Team", &[&bob, &carol]).await;
    let (of_bob, of_carol) = (bob.attach(), carol.attach());
    let index = remove(&alice, group, &bob).await;
    alice.send(group, "after").await;
    let removal = |event: &Event| matches!(event, Event::Entry { entry, .. } if entry.index == index);
    let heard = of_bob.events();
    assert_eq!(heard.iter().filter(|event| matches!(event, Event::Entry { .. })).count(), 1);
    assert!(heard.iter().any(removal));
    assert_eq!(of_carol.texts(), ["after"]);
}

#[tokio::test(start_paused = true)]
async fn a_removal_and_a_send_at_the_same_time_have_one_order() {
    for _ in 0..20 {
        let server = Server::start();
        let [alice, bob] = server.users(["alice", "bob"]).await;
        let group = alice.group("Team", &[&bob]).await;
        let (removed, sent) =
            tokio::join!(remove(&alice, group, &bob), bob.try_send(group, "k", "in flight"));
        match sent {
            Ok(accepted) => assert!(accepted.index < removed),
            Err(Error::Rejected(rejection)) => assert_eq!(rejection, Rejection::NoConversation),
            Err(other) => panic!("{other:?}"),
        }
        let history = alice.history(group).await;
        assert!(history.entries.iter().all(|entry| entry.sender != bob.id() || entry.index < removed));
    }
}

#[tokio::test(start_paused = true)]
async fn members_come_in_pages_by_id() {
    let server = Server::start();
    let alice = server.user("alice").await;
    let (group, members) = server.crowd(&alice, 25).await;
    let mut expected: Vec<UserId> = members.iter().map(Device::id).chain([alice.id()]).collect();
    expected.sort();
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let input = ListMembers { conversation_id: group, after, limit: Some(10) };
        let page = alice.engine.list_members(alice.caller, input).await.unwrap();
        found.extend(page.members.iter().map(|member| member.user_id));
        after = found.last().copied();
        if !page.more {
            break;
        }
    }
    assert_eq!(found, expected);
}

#[tokio::test(start_paused = true)]
async fn rights_move_with_the_entries_and_survive_a_crash() {
    let mut server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let group = alice.group("Team", &[&bob, &carol]).await;
    let rename = |name: &str| RenameGroup { conversation_id: group, name: name.to_owned() };
    assert_eq!(refusal(bob.engine.rename_group(bob.caller, rename("X")).await), Rejection::NeedsAdmin);
    let role = SetRole { conversation_id: group, user_id: bob.id(), role: Role::Admin };
    alice.engine.set_role(alice.caller, role).await.unwrap();
    let leave = LeaveConversation { conversation_id: group };
    alice.engine.leave_conversation(alice.caller, leave).await.unwrap();
    server.crash();
    let (bob, carol) = (server.again(&bob), server.again(&carol));
    assert_eq!(bob.summary(group).await.role, Role::Owner, "the oldest admin took over");
    bob.engine.rename_group(bob.caller, rename("Crew")).await.unwrap();
    let transfer = TransferOwnership { conversation_id: group, user_id: carol.id() };
    bob.engine.transfer_ownership(bob.caller, transfer).await.unwrap();
    assert_eq!(carol.summary(group).await.role, Role::Owner);
    assert_eq!(carol.summary(group).await.name.as_deref(), Some("Crew"));
    let last = carol.history(group).await.entries.pop().unwrap();
    assert_eq!(last.body, Body::OwnerChanged { owner: carol.id() });
}

#[tokio::test(start_paused = true)]
async fn only_existing_users_come_in_and_not_too_many_at_once() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let group = alice.group("Team", &[&bob]).await;
    let add =
        |user_ids| alice.engine.add_members(alice.caller, AddMembers { conversation_id: group, user_ids });
    assert_eq!(refusal(add(vec![bob.id(), UserId(5)]).await), Rejection::NoUser);
    assert_eq!(refusal(add(vec![bob.id(); 101]).await), Rejection::TooManyMembers(101));
    let before = alice.history(group).await.head;
    assert_eq!(add(vec![bob.id()]).await.unwrap().index, before, "already in: nothing is written");
    let create = |member_ids, name: &str| {
        let input = CreateGroup {
            name: name.to_owned(),
            member_ids,
            client_message_id: "new".to_owned(),
            kind: None,
        };
        alice.engine.create_group(alice.caller, input)
    };
    assert_eq!(refusal(create(vec![UserId(5)], "Crew").await), Rejection::NoUser);
    assert_eq!(refusal(create(vec![bob.id(); 101], "Crew").await), Rejection::TooManyMembers(101));
    assert_eq!(create(vec![bob.id()], "Crew").await.unwrap().member_count, 2, "what was refused used no key");
}

async fn members_of(reader: &Device, group: ConversationId) -> Vec<Member> {
    let input = ListMembers { conversation_id: group, after: None, limit: Some(200) };
    reader.engine.list_members(reader.caller, input).await.unwrap().members
}

#[tokio::test(start_paused = true)]
async fn a_checkpoint_says_what_the_log_says() {
    let mut server = Server::start();
    let [alice, bob, carol, dora] = server.users(["alice", "bob", "carol", "dora"]).await;
    let group = alice.group("Team", &[&bob, &carol, &dora]).await;
    for step in 0..6 {
        let (alice, bob, carol) = (server.again(&alice), server.again(&bob), server.again(&carol));
        let leave = LeaveConversation { conversation_id: group };
        let admin = SetRole { conversation_id: group, user_id: bob.id(), role: Role::Admin };
        let transfer = TransferOwnership { conversation_id: group, user_id: carol.id() };
        match step {
            0 => _ = alice.engine.set_role(alice.caller, admin).await.unwrap(),
            1 => _ = alice.engine.leave_conversation(alice.caller, leave).await.unwrap(),
            2 => _ = bob.send(group, "mine now").await,
            3 => _ = bob.engine.transfer_ownership(bob.caller, transfer).await.unwrap(),
            4 => _ = carol.add(group, &[&alice]).await,
            _ => _ = remove(&carol, group, &dora).await,
        }
        let before = (members_of(&bob, group).await, bob.summary(group).await);
        // Time for a checkpoint, then nothing but the rows is left.
        tokio::time::sleep(std::time::Duration::from_secs(10)).await;
        server.crash();
        let bob = server.again(&bob);
        assert_eq!((members_of(&bob, group).await, bob.summary(group).await), before, "step {step}");
    }
}
