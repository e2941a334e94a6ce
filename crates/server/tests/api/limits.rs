//! Rates: bursts pass, the rest waits and is told for how long; addresses have limits of their own.
//! Figures are for this machine or for whoever knows the token.

use std::time::Duration;

use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::line::Line;
use crate::place::{PASSWORD, Person, Place, answer, code};

#[tokio::test]
async fn too_many_messages_wait_and_are_told_how_long() {
    let place = Place::start_with(|_| {}).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    for number in 0..10 {
        alice.say(&chat, &format!("k{number}"), "x").await;
    }
    let mut line = alice.line().await;
    let mut refused = None;
    for number in 0..10 {
        let input =
            json!({ "conversation_id": chat, "client_message_id": format!("l{number}"), "text": "x" });
        refused = refused
            .or(Some(line.ask("message.send", input).await).filter(|frame| frame["error"].is_object()));
    }
    let refused = refused.expect("the burst is over");
    assert_eq!(refused["error"]["code"], "rate_limited");
    assert!(refused["error"]["retry_after_ms"].as_u64().unwrap() <= 1_000);
    let request = alice.request(reqwest::Method::POST, &format!("/api/v1/conversations/{chat}/messages"));
    let response = request.json(&json!({ "client_message_id": "m", "text": "x" })).send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (429, &"1".parse().unwrap())
    );
}

#[tokio::test]
async fn groups_and_searches_have_rates_of_their_own() {
    let place = Place::start_with(|config| {
        config.limits.new_conversations_per_hour = 2;
        config.limits.look_ups_per_day = 1;
    })
    .await;
    let alice = place.person("alice").await;
    alice.group("g1", &[]).await;
    alice.group("g2", &[]).await;
    let input = json!({ "name": "Team", "member_ids": [], "client_message_id": "g3" });
    assert_eq!(code(&alice.post("/api/v1/conversations", &input).await), (429, "rate_limited"));
    assert_eq!(alice.get("/api/v1/users?username=alice").await.0, 200);
    assert_eq!(code(&alice.get("/api/v1/users?username=alice").await), (429, "rate_limited"));
}

#[tokio::test]
async fn registrations_are_limited_by_address() {
    let place = Place::start_with(|config| config.limits.loopback_factor = 1).await;
    for name in ["alice", "bob", "carol"] {
        place.person(name).await;
    }
    let input = json!({ "username": "dave", "password": PASSWORD });
    assert_eq!(code(&place.post("/api/v1/register", &input).await), (429, "rate_limited"));
}

#[tokio::test]
async fn guests_of_one_address_are_few_and_members_do_not_count() {
    let place = Place::start_with(|config| {
        config.limits.loopback_factor = 1;
        config.limits.guests_per_address = 5;
    })
    .await;
    let alice = place.person("alice").await;
    drop(alice.line().await);
    let mut members = Vec::new();
    for _ in 0..8 {
        members.push(alice.line().await);
    }
    let mut guests = Vec::new();
    while let Some(guest) = guest(&place.url).await {
        guests.push(guest);
        assert!(guests.len() <= 5, "the limit does not hold");
    }
    // The socket that registered may still be open: nobody has shown a session on it.
    assert!(guests.len() >= 4, "{} guests", guests.len());
    for line in &mut members {
        line.does("session.ping", json!({})).await;
    }
    members.push(alice_again(&alice, guests).await);
}

/// A WebSocket on which nobody has signed in, if there is room for it.
async fn guest(url: &str) -> Option<WebSocketStream<MaybeTlsStream<TcpStream>>> {
    let address = format!("{}/api/v1/ws", url.replacen("http", "ws", 1));
    tokio_tungstenite::connect_async(address).await.ok().map(|(socket, _)| socket)
}

/// Once guests are gone there is room again.
async fn alice_again<G>(alice: &Person, guests: Vec<G>) -> Line {
    drop(guests);
    tokio::time::sleep(Duration::from_millis(300)).await;
    alice.line().await
}

#[tokio::test]
async fn figures_are_for_this_machine_or_the_token() {
    let place = Place::start().await;
    place.person("alice").await;
    let text = place.http.get(format!("{}/metrics", place.url)).send().await.unwrap().text().await.unwrap();
    for figure in
        ["parlance_requests_total{operation=\"account.register\",code=\"ok\"}", "parlance_ack_seconds"]
    {
        assert!(text.contains(figure), "{figure}");
    }
    let guarded =
        Place::start_with(|config| config.metrics.token = parlance_server::Secret::new("figures")).await;
    let get = |token: &str| guarded.http.get(format!("{}/metrics", guarded.url)).bearer_auth(token);
    assert_eq!(answer(get("other")).await.0, 404);
    assert_eq!(guarded.get("/metrics").await.0, 404);
    assert_eq!(answer(get("figures")).await.0, 200);
}
