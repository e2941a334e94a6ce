//! Rates: bursts pass, the rest waits and is told for how long; addresses have limits of their own.
//! Figures are for this machine or for whoever knows the token.

use serde_json::json;

use crate::line::Line;
use crate::place::{PASSWORD, Place, answer, code};

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
    for _ in 0..4 {
        guests.push(Line::stranger(&place.url).await);
    }
    let connecting = reqwest::Client::builder().build().unwrap();
    let mut refused = false;
    for _ in 0..4 {
        let fresh =
            connecting.get(format!("{}/healthz", place.url)).header("connection", "close").send().await;
        refused |= fresh.is_err();
        guests.push(match tokio::time::timeout(std::time::Duration::from_secs(1), raw(&place.url)).await {
            Ok(Some(line)) => line,
            _ => {
                refused = true;
                break;
            }
        });
    }
    assert!(refused);
    for line in &mut members {
        line.does("session.ping", json!({})).await;
    }
}

async fn raw(url: &str) -> Option<Line> {
    let address = url.strip_prefix("http://").unwrap();
    let mut probe = tokio::net::TcpStream::connect(address).await.ok()?;
    let mut byte = [0];
    let closed = tokio::io::AsyncReadExt::read(&mut probe, &mut byte);
    match tokio::time::timeout(std::time::Duration::from_millis(200), closed).await {
        Ok(_) => None,
        Err(_) => Some(Line::stranger(url).await),
    }
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
