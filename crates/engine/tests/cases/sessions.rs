//! Accounts and sessions: a name is one user's, and a session that was ended is dead everywhere at once.
//!
//! Tokens are known by their hash only; passwords are not this crate's matter at all.

use parlance_domain::Rejection;
use parlance_engine::{NewUser, Taken};
use parlance_proto::{
    EndReason, EndSession, Event, FindUser, GetMe, ListSessions, LookUpUsers, SessionId, UpdateProfile,
    UserId,
};

use crate::harness::{Device, Server, refusal};

fn named(username: &str) -> NewUser {
    NewUser { username: username.to_owned(), display_name: None, password_hash: "hash".to_owned() }
}

async fn end(device: &Device, session: SessionId) {
    device.engine.end_session(device.caller, EndSession { session_id: session }).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_ended_session_says_goodbye_and_is_dead() {
    let server = Server::start();
    let alice = server.user("alice").await;
    let tablet = server.device(alice.id()).await;
    let (of_alice, of_tablet) = (alice.attach(), tablet.attach());
    end(&alice, tablet.caller.session).await;
    of_tablet.connection.ready().await;
    let goodbye = Event::Goodbye { reason: EndReason::SessionEnded, retry_after_ms: 0, place: None };
    assert_eq!(of_tablet.now(), (vec![goodbye], Taken::Ended));
    assert_eq!(of_tablet.now().1, Taken::Ended);
    assert_eq!(of_alice.now(), (Vec::new(), Taken::Open));
    assert_eq!(server.engine.session(tablet.token).await.unwrap(), None);
    assert_eq!(server.engine.session(alice.token).await.unwrap(), Some(alice.caller));
    alice.send(alice.with(&alice), "note").await;
    assert!(of_tablet.events().is_empty());
    let again = EndSession { session_id: tablet.caller.session };
    assert_eq!(refusal(alice.engine.end_session(alice.caller, again).await), Rejection::NoSession);
}

#[tokio::test(start_paused = true)]
async fn nobody_ends_the_session_of_another() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let foreign = EndSession { session_id: alice.caller.session };
    assert_eq!(refusal(bob.engine.end_session(bob.caller, foreign).await), Rejection::NoSession);
    assert!(server.engine.session(alice.token).await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn all_sessions_or_all_others_end_and_stay_ended() {
    let mut server = Server::start();
    let alice = server.user("alice").await;
    let (phone, tablet) = (server.device(alice.id()).await, server.device(alice.id()).await);
    let (of_phone, of_tablet) = (phone.attach(), tablet.attach());
    phone.engine.end_other_sessions(phone.caller).await.unwrap();
    assert_eq!((of_phone.now().1, of_tablet.now().1), (Taken::Open, Taken::Ended));
    let left = phone.engine.list_sessions(phone.caller, ListSessions {}).await.unwrap().sessions;
    assert_eq!(
        left.iter().map(|one| (one.session_id, one.current)).collect::<Vec<_>>(),
        [(phone.caller.session, true)]
    );
    phone.engine.end_all_sessions(phone.id()).await.unwrap();
    assert_eq!(of_phone.now().1, Taken::Ended);
    server.crash();
    for device in [&alice, &phone, &tablet] {
        assert_eq!(server.engine.session(device.token).await.unwrap(), None);
    }
}

#[tokio::test(start_paused = true)]
async fn the_101st_session_ends_the_oldest() {
    let server = Server::start();
    let first = server.user("alice").await;
    let mut last = None;
    for _ in 0..100 {
        server.clock.pass(1_000);
        last = Some(server.device(first.id()).await);
    }
    let last = last.unwrap();
    assert_eq!(server.engine.session(first.token).await.unwrap(), None);
    let sessions = last.engine.list_sessions(last.caller, ListSessions {}).await.unwrap().sessions;
    assert_eq!(sessions.len(), 100);
    assert!(sessions[0].current, "newest first");
}

#[tokio::test(start_paused = true)]
async fn a_name_is_one_users_in_any_case_of_its_letters() {
    let mut server = Server::start();
    assert!(!server.engine.has_users().await.unwrap());
    assert!(server.engine.is_empty().await.unwrap());
    let alice = server.user("alice").await;
    assert!(server.engine.has_users().await.unwrap());
    assert!(!server.engine.is_empty().await.unwrap());
    for taken in ["alice", "Alice", " ALICE "] {
        let refused = refusal(server.engine.create_user(named(taken)).await);
        assert_eq!(refused, Rejection::NameTaken("alice".to_owned()));
    }
    assert_eq!(refusal(server.engine.create_user(named("1x")).await), Rejection::BadUsername);
    server.crash();
    assert!(!server.engine.is_empty().await.unwrap(), "after a crash");
    let found = server.engine.account_named("ALICE").await.unwrap().unwrap();
    assert_eq!(found.user.user_id, alice.id());
    assert!(found.admin, "the first one administers");
    assert!(!server.engine.create_user(named("bob")).await.unwrap().admin);
    assert!(server.engine.account_named("nobody").await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn rivals_for_a_name_get_it_once() {
    let server = Server::start();
    let (engine, rival) = (server.engine.clone(), server.rival());
    let (one, other) = tokio::join!(engine.create_user(named("alice")), rival.create_user(named("alice")));
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
    let winner = one.or(other).unwrap();
    let found = engine.account_named("alice").await.unwrap().unwrap();
    assert_eq!(found.user.user_id, winner.user.user_id);
    assert!(found.admin);
}

#[tokio::test(start_paused = true)]
async fn profiles_are_changed_by_their_owner_and_seen_by_all() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let update = |display_name: Option<&str>, status_text: Option<&str>| {
        let (display_name, status_text) = (display_name.map(str::to_owned), status_text.map(str::to_owned));
        let (phone, email) = (None, None);
        let change = UpdateProfile { display_name, status_text, photo: None, phone, email };
        alice.engine.update_profile(alice.caller, change)
    };
    update(Some(" Alice A. "), Some("here")).await.unwrap();
    update(None, Some("")).await.unwrap();
    assert_eq!(refusal(update(Some(" "), None).await), Rejection::BadDisplayName);
    assert_eq!(refusal(update(None, Some(&"x".repeat(141))).await), Rejection::BadStatusText);
    let find = |name: &str| bob.engine.find_user(bob.caller, FindUser::named(name));
    let seen = find("Alice").await.unwrap();
    assert_eq!((seen.display_name.as_str(), seen.status_text.as_str()), ("Alice A.", ""));
    assert_eq!(refusal(find("nobody").await), Rejection::NoUser);
    let ids = LookUpUsers { user_ids: vec![alice.id(), UserId(1), bob.id()] };
    assert_eq!(bob.engine.look_up_users(bob.caller, ids).await.unwrap().users.len(), 2);
    let me = alice.engine.get_me(alice.caller, GetMe {}).await.unwrap();
    assert_eq!((me.user, me.admin, me.session_id), (seen, true, alice.caller.session));
}

#[tokio::test(start_paused = true)]
async fn a_new_password_replaces_the_old_hash() {
    let server = Server::start();
    let alice = server.user("alice").await;
    server.engine.set_password_hash(alice.id(), "other".to_owned()).await.unwrap();
    assert_eq!(server.engine.account(alice.id()).await.unwrap().unwrap().password_hash, "other");
    assert_eq!(refusal(server.engine.set_password_hash(UserId(1), "x".to_owned()).await), Rejection::NoUser);
}
