//! Tickets: a secret of thirty seconds that signs one WebSocket in, for those who do not want to hand a token there.
//! Whatever is wrong with one, the answer is the same.

use futures_util::future::join_all;
use serde_json::json;

use crate::line::Line;
use crate::place::{Place, code, text};

#[tokio::test]
async fn a_ticket_signs_one_socket_in_once() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    assert_eq!(code(&place.post("/api/v1/sessions/ticket", &json!({})).await), (401, "not_signed_in"));
    let (_, made) = alice.post("/api/v1/sessions/ticket", &json!({})).await;
    let ticket = text(&made["ticket"]);
    let mut line = Line::stranger(&place.url).await;
    let hello = line.does("session.resume", json!({ "token": ticket })).await;
    assert_eq!((&hello["user_id"], &hello["session_id"]), (&json!(alice.id), &json!(alice.session)));
    for dead in [ticket.clone(), format!("pt_{}", "A".repeat(43))] {
        let mut line = Line::stranger(&place.url).await;
        assert_eq!(line.refused("session.resume", json!({ "token": dead })).await, "session_ended");
        assert_eq!(line.close().await.0, 4401);
    }
    let bearer = place.http.get(format!("{}/api/v1/me", place.url)).bearer_auth(&ticket);
    assert_eq!(bearer.send().await.unwrap().status(), 401, "a ticket is no token");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_who_show_it_at_once_one_gets_in() {
    let place = Place::start_with(|config| config.limits.rates = false).await;
    let alice = place.person("alice").await;
    let ticket = text(&alice.post("/api/v1/sessions/ticket", &json!({})).await.1["ticket"]);
    let tries = (0..50).map(|_| async {
        let mut line = Line::stranger(&place.url).await;
        line.ask("session.resume", json!({ "token": ticket })).await["out"].is_object()
    });
    assert_eq!(join_all(tries).await.into_iter().filter(|got_in| *got_in).count(), 1);
}

#[tokio::test]
async fn the_ticket_of_a_session_that_has_ended_is_dead() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let ticket = text(&alice.post("/api/v1/sessions/ticket", &json!({})).await.1["ticket"]);
    alice.post("/api/v1/logout", &json!({})).await;
    let mut line = Line::stranger(&place.url).await;
    assert_eq!(line.refused("session.resume", json!({ "token": ticket })).await, "session_ended");
}
