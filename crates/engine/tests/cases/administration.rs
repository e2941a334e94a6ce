//! What administrators do to users: it holds at once, on every session, and there is a record of it.
//!
//! The doors' part (who is let in here at all) is tested through the doors.

use parlance_domain::Rejection;
use parlance_engine::{Actor, NewUser, Taken};
use parlance_proto::{
    AddMembers, ChangeSettings, CreateInvite, DisableUser, EnableUser, GetReport, ListInvites, ListReports,
    ListUsers, ReportAction, ReportMessage, ReportReason, ReportState, ResolveReport, RevokeInvite,
    SetAdministrator, UserId,
};

use parlance_store::{Commit, Durability, Guard, Put, Store as _};

use crate::harness::{Device, Server, refusal};

fn admin(device: &Device, administrator: bool) -> SetAdministrator {
    SetAdministrator { user_id: device.id(), administrator }
}

fn disable(user_id: UserId) -> DisableUser {
    DisableUser { user_id, reason: Some("spam".to_owned()) }
}

fn page(query: Option<&str>, after: Option<UserId>, limit: u32) -> ListUsers {
    ListUsers { query: query.map(str::to_owned), after, limit: Some(limit) }
}

fn named(username: &str) -> NewUser {
    NewUser { username: username.to_owned(), display_name: None, password_hash: "hash".to_owned() }
}

async fn acts(server: &Server) -> Vec<(Actor, String)> {
    let records = server.engine.audit_from(1).await.unwrap();
    records.into_iter().map(|record| (record.actor, record.act)).collect()
}

#[tokio::test(start_paused = true)]
async fn only_administrators_have_the_right() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let right = server.engine.administrator(alice.caller).await.unwrap();
    assert_eq!(refusal(server.engine.administrator(bob.caller).await), Rejection::NotAdministrator);
    server.engine.set_administrator(&right, admin(&bob, true)).await.unwrap();
    let of_bob = server.engine.administrator(bob.caller).await.unwrap();
    server.engine.set_administrator(&of_bob, admin(&alice, false)).await.unwrap();
    assert_eq!(refusal(server.engine.administrator(alice.caller).await), Rejection::NotAdministrator);
    let own = server.engine.set_administrator(&of_bob, admin(&bob, false)).await;
    assert_eq!(refusal(own), Rejection::Oneself);
    let act = || "admin.set_administrator".to_owned();
    assert_eq!(acts(&server).await, [(Actor::User(alice.id()), act()), (Actor::User(bob.id()), act())]);
}

#[tokio::test(start_paused = true)]
async fn users_are_listed_newest_first_and_found_by_a_part_of_a_name() {
    let server = Server::start();
    let right = server.engine.operator();
    let mut made = Vec::new();
    for number in 0..60 {
        server.clock.pass(10);
        let user = server.engine.create_user(named(&format!("user{number}"))).await.unwrap();
        made.insert(0, user.user.user_id);
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = server.engine.list_users(&right, page(None, after, 7)).await.unwrap();
        assert!(page.users.len() <= 7);
        seen.extend(page.users.iter().map(|one| one.user.user_id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, made);
    let found = server.engine.list_users(&right, page(Some("SER5"), None, 200)).await.unwrap();
    assert_eq!(found.users.len(), 11, "user5 and user50 to user59");
    let none = server.engine.list_users(&right, page(Some("nobody"), None, 200)).await.unwrap();
    assert!(none.users.is_empty() && none.next.is_none());
}

#[tokio::test(start_paused = true)]
async fn who_lost_the_race_for_a_name_is_not_listed() {
    let server = Server::start();
    let (engine, rival) = (server.engine.clone(), server.rival());
    let (one, other) = tokio::join!(engine.create_user(named("alice")), rival.create_user(named("alice")));
    assert!(one.is_ok() != other.is_ok());
    let page = engine.list_users(&engine.operator(), page(None, None, 10)).await.unwrap();
    assert_eq!(page.users.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_disabled_user_is_out_at_once_and_stays_out() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let right = server.engine.administrator(alice.caller).await.unwrap();
    let of_bob = bob.attach();
    server.engine.disable_user(&right, disable(bob.id())).await.unwrap();
    assert_eq!(of_bob.now().1, Taken::Ended);
    assert_eq!(server.engine.session(bob.token).await.unwrap(), None);
    assert_eq!(refusal(server.engine.check_session(bob.caller).await), Rejection::SessionEnded);
    server.crash();
    let refused = server.engine.open_session(bob.id(), "again", [7; 32]).await;
    assert_eq!(refusal(refused), Rejection::Disabled);
    assert_eq!(server.engine.session([7; 32]).await.unwrap(), None);
    server.engine.enable_user(&server.engine.operator(), EnableUser { user_id: bob.id() }).await.unwrap();
    server.engine.open_session(bob.id(), "again", [7; 32]).await.unwrap();
    assert!(server.engine.session([7; 32]).await.unwrap().is_some());
    let own = server.engine.disable_user(&right, disable(alice.id())).await;
    assert_eq!(refusal(own), Rejection::Oneself);
    assert_eq!(refusal(server.engine.disable_user(&right, disable(UserId(1))).await), Rejection::NoUser);
}

#[tokio::test(start_paused = true)]
async fn a_password_set_by_another_must_be_changed() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let right = server.engine.administrator(alice.caller).await.unwrap();
    let account = server.engine.reset_password(&right, bob.id(), "other".to_owned()).await.unwrap();
    assert!(account.must_change_password && account.password_hash == "other");
    assert_eq!(server.engine.session(bob.token).await.unwrap(), None);
    server.engine.set_password_hash(bob.id(), "own".to_owned()).await.unwrap();
    assert!(!server.engine.account(bob.id()).await.unwrap().unwrap().must_change_password);
    let carol = server.engine.add_user(&right, named("carol")).await.unwrap();
    assert!(carol.must_change_password && !carol.admin);
}

fn invite(uses: u32) -> CreateInvite {
    CreateInvite { uses: Some(uses), expires_in_ms: None, note: Some(" for friends ".to_owned()) }
}

#[tokio::test(start_paused = true)]
async fn fifty_parallel_uses_of_one_invite_give_one_use() {
    let server = Server::start();
    let by = server.engine.operator().into();
    for uses in [1, 7] {
        let hash = [uses as u8; 32];
        server.engine.create_invite(&by, hash, invite(uses)).await.unwrap();
        let (engine, rival) = (server.engine.clone(), server.rival());
        let tries = (0..50).map(|number| if number % 2 == 0 { &engine } else { &rival });
        let taken = futures_util::future::join_all(tries.map(|engine| engine.take_invite(hash))).await;
        assert_eq!(taken.iter().filter(|one| one.is_ok()).count(), uses as usize);
        for refused in taken.into_iter().filter(Result::is_err) {
            assert_eq!(refusal(refused), Rejection::NoGoodInvite);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_invite_ends_by_time_by_use_and_by_its_maker() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    assert_eq!(refusal(server.engine.inviter(bob.caller, false).await), Rejection::MayNotInvite);
    let of_alice = server.engine.inviter(alice.caller, false).await.unwrap();
    let of_bob = server.engine.inviter(bob.caller, true).await.unwrap();
    let short = CreateInvite { expires_in_ms: Some(60_000), ..invite(2) };
    server.engine.create_invite(&of_bob, [1; 32], short).await.unwrap();
    let made = server.engine.create_invite(&of_alice, [2; 32], invite(2)).await.unwrap();
    assert_eq!((made.note.as_str(), made.uses_left, made.created_by), ("for friends", 2, Some(alice.id())));
    server.crash();
    server.engine.take_invite([1; 32]).await.unwrap();
    server.engine.return_invite([1; 32]).await.unwrap();
    server.clock.pass(61_000);
    assert_eq!(refusal(server.engine.take_invite([1; 32]).await), Rejection::NoGoodInvite);
    assert_eq!(refusal(server.engine.take_invite([3; 32]).await), Rejection::NoGoodInvite);
    let list = |by| server.engine.list_invites(by, ListInvites { after: None, limit: None });
    assert_eq!(list(&of_alice).await.unwrap().invites.len(), 2, "an administrator sees all");
    assert_eq!(list(&of_bob).await.unwrap().invites.len(), 1);
    let revoke = RevokeInvite { invite_id: made.invite_id };
    assert_eq!(refusal(server.engine.revoke_invite(&of_bob, revoke.clone()).await), Rejection::NoInvite);
    server.engine.revoke_invite(&of_alice, revoke.clone()).await.unwrap();
    server.engine.revoke_invite(&of_alice, revoke).await.unwrap();
    assert_eq!(refusal(server.engine.take_invite([2; 32]).await), Rejection::NoGoodInvite);
    for bad in [invite(0), invite(1_001), CreateInvite { expires_in_ms: Some(0), ..invite(1) }] {
        assert_eq!(refusal(server.engine.create_invite(&of_alice, [4; 32], bad).await), Rejection::BadInvite);
    }
}

#[tokio::test(start_paused = true)]
async fn a_ticket_lets_one_of_fifty_in_and_nobody_later() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let expires_ms = server.engine.issue_ticket(alice.caller, [1; 32]).await.unwrap();
    let tries = (0..50).map(|_| server.engine.redeem_ticket([1; 32]));
    let in_now = futures_util::future::join_all(tries).await;
    let callers: Vec<_> = in_now.into_iter().filter_map(Result::unwrap).collect();
    assert_eq!(callers, [alice.caller]);
    assert_eq!(server.engine.redeem_ticket([1; 32]).await.unwrap(), None);
    assert_eq!(server.engine.redeem_ticket([9; 32]).await.unwrap(), None);
    server.engine.issue_ticket(alice.caller, [2; 32]).await.unwrap();
    server.clock.pass(30_000);
    assert_eq!(server.engine.redeem_ticket([2; 32]).await.unwrap(), None, "issued until {expires_ms}");
    server.engine.issue_ticket(bob.caller, [3; 32]).await.unwrap();
    server.engine.end_all_sessions(bob.id()).await.unwrap();
    assert_eq!(server.engine.redeem_ticket([3; 32]).await.unwrap(), None, "its session has ended");
}

#[tokio::test(start_paused = true)]
async fn changed_settings_hold_at_once_and_survive() {
    let mut server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let right = server.engine.administrator(alice.caller).await.unwrap();
    let most = |group_max_members| ChangeSettings { group_max_members, ..ChangeSettings::default() };
    server.engine.change_settings(&right, most(Some(2))).await.unwrap();
    server.crash();
    assert!(server.engine.refresh_settings().await.unwrap());
    assert!(!server.engine.refresh_settings().await.unwrap());
    let alice = server.again(&alice);
    let group = alice.group("Two", &[&bob]).await;
    let add = AddMembers { conversation_id: group, user_ids: vec![carol.id()] };
    assert_eq!(
        refusal(alice.engine.add_members(alice.caller, add.clone()).await),
        Rejection::GroupFullHere(2)
    );
    let there = AddMembers { conversation_id: group, user_ids: vec![bob.id()] };
    alice.engine.add_members(alice.caller, there).await.unwrap();
    let reset =
        ChangeSettings { reset: Some(vec!["group_max_members".to_owned()]), ..ChangeSettings::default() };
    server.engine.change_settings(&right, reset).await.unwrap();
    alice.engine.add_members(alice.caller, add).await.unwrap();
}

fn report(conversation_id: parlance_proto::ConversationId, index: u64) -> ReportMessage {
    ReportMessage { conversation_id, index, reason: ReportReason::Abuse, note: Some("rude".to_owned()) }
}

#[tokio::test(start_paused = true)]
async fn a_report_keeps_its_copy_until_it_is_resolved() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let right = server.engine.administrator(alice.caller).await.unwrap();
    let chat = bob.with(&carol);
    bob.send(chat, "an insult").await;
    let refused = alice.engine.report_message(alice.caller, report(chat, 1)).await;
    assert_eq!(refusal(refused), Rejection::NoConversation, "only who may read it");
    let first = carol.engine.report_message(carol.caller, report(chat, 1)).await.unwrap();
    let again = carol.engine.report_message(carol.caller, report(chat, 1)).await.unwrap();
    assert_eq!(first, again);
    assert!(carol.engine.report_message(carol.caller, report(chat, 2)).await.is_err());
    let list = |state| server.engine.list_reports(&right, ListReports { state, after: None, limit: None });
    let open = list(None).await.unwrap().reports;
    assert_eq!((open.len(), open[0].sender, open[0].reporter), (1, bob.id(), carol.id()));
    let get = GetReport { report_id: first.report_id };
    let shown = server.engine.get_report(&right, get.clone()).await.unwrap();
    assert_eq!(crate::harness::text_of(&shown.entry.unwrap()).unwrap(), "an insult");
    let resolve = |action| ResolveReport { report_id: first.report_id, action, note: None };
    let done = server.engine.resolve_report(&right, resolve(ReportAction::Warned)).await.unwrap();
    assert!(done.entry.is_none() && done.report.state == ReportState::Resolved);
    server.engine.resolve_report(&right, resolve(ReportAction::Warned)).await.unwrap();
    let other = server.engine.resolve_report(&right, resolve(ReportAction::Other)).await;
    assert_eq!(refusal(other), Rejection::Resolved);
    assert!(server.engine.get_report(&right, get).await.unwrap().entry.is_none());
    assert!(list(None).await.unwrap().reports.is_empty());
    assert_eq!(list(Some(ReportState::Resolved)).await.unwrap().reports.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_who_reports_at_once_on_two_nodes_reports_once() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "hello").await;
    let rival = server.rival();
    let one = server.engine.report_message(bob.caller, report(chat, 1));
    let other = rival.report_message(bob.caller, report(chat, 1));
    let (one, other) = tokio::join!(one, other);
    assert_eq!(one.unwrap(), other.unwrap());
    let right = server.engine.operator();
    let open = ListReports { state: None, after: None, limit: None };
    assert_eq!(server.engine.list_reports(&right, open).await.unwrap().reports.len(), 1);
}

/// Has the store hold that `reporter` claimed `report_id` for the first message with `other`, as a crash right after
/// the claim leaves it.
async fn claimed(server: &Server, reporter: &Device, other: &Device, report_id: u64) {
    let (low, high) = (reporter.id().0.min(other.id().0), reporter.id().0.max(other.id().0));
    let partition = [&b"Zc"[..], &reporter.id().0.to_be_bytes()].concat();
    let key = [&b"d"[..], &low.to_be_bytes(), &high.to_be_bytes(), &1_u64.to_be_bytes()].concat();
    let key = bytes::Bytes::from(key);
    let commit = Commit {
        partition: partition.into(),
        guard: Guard::Absent(key.clone()),
        puts: vec![Put::new(key, bytes::Bytes::copy_from_slice(&report_id.to_be_bytes()))],
        deletes: Vec::new(),
        token: [9; 16],
        along: Vec::new(),
        durability: Durability::Durable,
    };
    assert_eq!(server.store.commit(commit).await.unwrap(), parlance_store::Outcome::Applied);
}

#[tokio::test(start_paused = true)]
async fn a_report_that_a_crash_cut_off_is_written_once_by_the_retry() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let (first, second) = (alice.with(&bob), alice.with(&carol));
    alice.send(first, "hello").await;
    alice.send(second, "hello").await;
    claimed(&server, &bob, &alice, 77).await;
    let reported = bob.engine.report_message(bob.caller, report(first, 1)).await.unwrap();
    assert_eq!(reported.report_id.0, 77);
    assert_eq!(bob.engine.report_message(bob.caller, report(first, 1)).await.unwrap(), reported);
    // Carol drew the same id and never came to write: hers is another one.
    claimed(&server, &carol, &alice, 77).await;
    let other = carol.engine.report_message(carol.caller, report(second, 1)).await.unwrap();
    assert_ne!(other, reported);
    assert_eq!(carol.engine.report_message(carol.caller, report(second, 1)).await.unwrap(), other);
    let open = ListReports { state: None, after: None, limit: None };
    let reports = server.engine.list_reports(&server.engine.operator(), open).await.unwrap().reports;
    assert_eq!(reports.iter().map(|one| one.reporter).collect::<Vec<_>>(), [bob.id(), carol.id()]);
}
