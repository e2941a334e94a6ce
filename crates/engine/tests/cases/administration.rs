//! What administrators do to users: it holds at once, on every session, and there is a record of it.
//!
//! The doors' part (who is let in here at all) is tested through the doors.

use parlance_domain::Rejection;
use parlance_engine::{Actor, NewUser, Taken};
use parlance_proto::UserId;

use crate::harness::{Server, refusal};

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
    server.engine.set_administrator(&right, bob.id(), true).await.unwrap();
    let of_bob = server.engine.administrator(bob.caller).await.unwrap();
    server.engine.set_administrator(&of_bob, alice.id(), false).await.unwrap();
    assert_eq!(refusal(server.engine.administrator(alice.caller).await), Rejection::NotAdministrator);
    let own = server.engine.set_administrator(&of_bob, bob.id(), false).await;
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
        let page = server.engine.page_of_users(&right, None, after, 7).await.unwrap();
        assert!(page.accounts.len() <= 7);
        seen.extend(page.accounts.iter().map(|account| account.user.user_id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, made);
    let page = server.engine.page_of_users(&right, Some("SER5"), None, 200).await.unwrap();
    assert_eq!(page.accounts.len(), 11, "user5 and user50 to user59");
    let none = server.engine.page_of_users(&right, Some("nobody"), None, 200).await.unwrap();
    assert!(none.accounts.is_empty() && none.next.is_none());
}

#[tokio::test(start_paused = true)]
async fn who_lost_the_race_for_a_name_is_not_listed() {
    let server = Server::start();
    let (engine, rival) = (server.engine.clone(), server.rival());
    let (one, other) = tokio::join!(engine.create_user(named("alice")), rival.create_user(named("alice")));
    assert!(one.is_ok() != other.is_ok());
    let page = engine.page_of_users(&engine.operator(), None, None, 10).await.unwrap();
    assert_eq!(page.accounts.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_disabled_user_is_out_at_once_and_stays_out() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let right = server.engine.administrator(alice.caller).await.unwrap();
    let of_bob = bob.attach();
    server.engine.disable_user(&right, bob.id(), "spam").await.unwrap();
    assert_eq!(of_bob.now().1, Taken::Ended);
    assert_eq!(server.engine.session(bob.token).await.unwrap(), None);
    assert_eq!(refusal(server.engine.check_session(bob.caller).await), Rejection::NoSession);
    server.crash();
    let refused = server.engine.open_session(bob.id(), "again", [7; 32]).await;
    assert_eq!(refusal(refused), Rejection::Disabled);
    assert_eq!(server.engine.session([7; 32]).await.unwrap(), None);
    server.engine.enable_user(&server.engine.operator(), bob.id()).await.unwrap();
    server.engine.open_session(bob.id(), "again", [7; 32]).await.unwrap();
    assert!(server.engine.session([7; 32]).await.unwrap().is_some());
    let own = server.engine.disable_user(&right, alice.id(), "").await;
    assert_eq!(refusal(own), Rejection::Oneself);
    assert_eq!(refusal(server.engine.disable_user(&right, UserId(1), "").await), Rejection::NoUser);
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
