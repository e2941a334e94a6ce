//! Registration by invite: who may invite, what an invite is good for, and that no use is given twice.
//! What the code's owner is told is the same whatever is wrong with the code.

use futures_util::future::join_all;
use parlance_server::config::Registration;
use serde_json::json;

use crate::place::{PASSWORD, Place, code, text};

async fn by_invite(members_invite: bool) -> Place {
    Place::start_with(|config| {
        config.registration = Registration::Invite;
        config.members_invite = members_invite;
    })
    .await
}

/// The first user, made as the operator does.
async fn first(place: &Place) -> crate::place::Person {
    let folder = place.folder.path().join("data");
    crate::program::parlance_done(&folder, &["user", "add", "alice", "--password-stdin"], PASSWORD);
    place.log_in("alice").await
}

fn registration(name: &str, invite: &str) -> serde_json::Value {
    json!({ "username": name, "password": PASSWORD, "invite": invite })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_lets_so_many_in_as_it_says() {
    let place = by_invite(false).await;
    assert_eq!(place.get("/api/v1/server").await.1["registration"], "invite");
    let without = json!({ "username": "bob", "password": PASSWORD });
    assert_eq!(code(&place.post("/api/v1/register", &without).await), (403, "invite_needed"));
    let alice = first(&place).await;
    let (status, made) = alice.post("/api/v1/invites", &json!({ "uses": 2, "note": "the team" })).await;
    assert_eq!(status, 200, "{made}");
    let secret = text(&made["code"]);
    assert_eq!(made["link"], format!("/#invite={secret}"));
    assert_eq!(place.post("/api/v1/register", &registration("bob", &secret)).await.0, 200);
    let taken = place.post("/api/v1/register", &registration("bob", &secret)).await;
    assert_eq!(code(&taken), (409, "name_taken"), "and the use is given back");
    assert_eq!(place.post("/api/v1/register", &registration("carol", &secret)).await.0, 200);
    let spent = place.post("/api/v1/register", &registration("dave", &secret)).await;
    assert_eq!(code(&spent), (403, "invite_needed"));
    let wrong =
        place.post("/api/v1/register", &registration("dave", &format!("pi_{}", "A".repeat(43)))).await;
    assert_eq!(wrong, spent, "unknown and spent answer alike");
    assert_eq!(
        code(&place.post("/api/v1/register", &registration("dave", "x")).await),
        (403, "invite_needed")
    );
    let (_, listed) = alice.get("/api/v1/invites").await;
    assert_eq!(
        (&listed["invites"][0]["uses_left"], &listed["invites"][0]["note"]),
        (&json!(0), &json!("the team"))
    );
    assert!(!listed.to_string().contains(&secret), "the code is shown once");
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_with_one_invite_make_one_account() {
    let place = by_invite(false).await;
    let alice = first(&place).await;
    let secret = text(&alice.post("/api/v1/invites", &json!({})).await.1["code"]);
    let tries = (0..50).map(|number| {
        let input = registration(&format!("user{number}"), &secret);
        let place = &place;
        async move { place.post("/api/v1/register", &input).await }
    });
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.0 == 200).count(), 1);
    assert!(
        answers.iter().filter(|answer| answer.0 != 200).all(|answer| code(answer) == (403, "invite_needed"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_invite_is_a_setting() {
    let place = by_invite(false).await;
    let alice = first(&place).await;
    let secret = text(&alice.post("/api/v1/invites", &json!({})).await.1["code"]);
    let (_, bob) = place.post("/api/v1/register", &registration("bob", &secret)).await;
    let bob = place.of(&bob);
    assert_eq!(code(&bob.post("/api/v1/invites", &json!({})).await), (403, "forbidden"));
    let change = json!({ "members_invite": true });
    assert_eq!(alice.patch("/api/v1/admin/settings", &change).await.0, 200);
    let (status, made) = bob.post("/api/v1/invites", &json!({})).await;
    assert_eq!(status, 200);
    assert_eq!(bob.get("/api/v1/invites").await.1["invites"].as_array().unwrap().len(), 1);
    assert_eq!(alice.get("/api/v1/invites").await.1["invites"].as_array().unwrap().len(), 2);
    let id = text(&made["invite"]["invite_id"]);
    assert_eq!(bob.delete(&format!("/api/v1/invites/{id}")).await.0, 200);
    let revoked = place.post("/api/v1/register", &registration("carol", &text(&made["code"]))).await;
    assert_eq!(code(&revoked), (403, "invite_needed"));
    let other = text(&alice.post("/api/v1/invites", &json!({})).await.1["invite"]["invite_id"]);
    let foreign = bob.delete(&format!("/api/v1/invites/{other}")).await;
    assert_eq!(foreign, bob.delete("/api/v1/invites/i_0000000000001").await);
    assert_eq!(code(&foreign), (404, "not_found"));
    for bad in
        [json!({ "uses": 0 }), json!({ "uses": 1_001 }), json!({ "expires_in_ms": 31_536_000_001_u64 })]
    {
        assert_eq!(code(&alice.post("/api/v1/invites", &bad).await), (422, "invalid_input"), "{bad}");
    }
    let long = json!({ "note": "x".repeat(201) });
    assert_eq!(code(&alice.post("/api/v1/invites", &long).await), (413, "too_large"));
    assert_eq!(
        alice.post("/api/v1/invites", &json!({ "uses": 1_000, "note": "x".repeat(200) })).await.0,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_invites_the_first_user() {
    let place = by_invite(false).await;
    let folder = place.folder.path().join("data");
    let told = crate::program::parlance_done(&folder, &["user", "invite", "--uses", "1"], "");
    let secret = told.lines().find_map(|line| line.strip_prefix("code: ")).unwrap().to_owned();
    let (status, alice) = place.post("/api/v1/register", &registration("alice", &secret)).await;
    assert_eq!((status, &alice["admin"]), (200, &json!(true)));
}
