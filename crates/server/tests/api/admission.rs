//! Many who come at once: some are let in, the others are told when, come back then and are let in.
//! Nobody is left outside, and nobody who does not sign in keeps others out.

use std::time::{Duration, Instant};

use parlance_sdk::{Client, Options, Status};
use serde_json::{Value, json};

use crate::line::Line;
use crate::place::{Person, Place};

async fn place(rate: u32, burst: u32, waiting: u32) -> Place {
    Place::start_with(|config| {
        config.limits.rates = false;
        config.limits.sessions_per_second = rate;
        config.limits.sessions_burst = burst;
        config.limits.sessions_waiting = waiting;
    })
    .await
}

/// A connection of somebody, perhaps with the place that was kept.
async fn come(person: &Person, place: Option<&str>) -> Line {
    let bearer = format!("Bearer {}", person.token);
    let query = place.map(|place| format!("?place={place}")).unwrap_or_default();
    Line::open_with(&person.url, &query, &[("authorization", &bearer)]).await.unwrap()
}

/// The goodbye of a connection that is told to come back.
async fn deferred(line: Line) -> Value {
    let (code, frames) = line.close().await;
    assert_eq!((code, frames.len()), (1013, 1), "{frames:?}");
    assert_eq!((&frames[0]["event"], &frames[0]["data"]["reason"]), (&json!("goodbye"), &json!("busy")));
    frames[0]["data"].clone()
}

#[tokio::test]
async fn who_is_over_the_limit_is_told_when_to_come_back_and_is_let_in_then() {
    let server = place(2, 1, 0).await;
    let alice = server.person("alice").await;
    let _first = alice.line().await;
    let goodbye = deferred(come(&alice, None).await).await;
    let wait = Duration::from_millis(goodbye["retry_after_ms"].as_u64().unwrap());
    let kept = goodbye["place"].as_str().unwrap().to_owned();
    assert!(wait > Duration::ZERO && wait <= Duration::from_millis(500), "{wait:?}");
    // Too early, it keeps its place; another who comes now has the next one.
    let told = Instant::now();
    let early = deferred(come(&alice, Some(&kept)).await).await;
    assert_eq!(early["place"], kept.as_str());
    let other = deferred(come(&alice, Some("1234")).await).await;
    assert!(other["retry_after_ms"].as_u64() > early["retry_after_ms"].as_u64() && other["place"] != kept);
    tokio::time::sleep(wait.saturating_sub(told.elapsed()) + Duration::from_millis(5)).await;
    let mut line = come(&alice, Some(&kept)).await;
    assert_eq!(line.event("hello").await["user_id"], alice.id.as_str());
    // A ticket or a token in the first frame is judged in the same way.
    let mut stranger = Line::stranger(&alice.url).await;
    stranger.start("session.resume", json!({ "token": alice.token })).await;
    deferred(stranger).await;
}

#[tokio::test]
async fn who_does_not_sign_in_takes_nobodys_turn() {
    let server = place(1, 1, 0).await;
    let alice = server.person("alice").await;
    for _ in 0..20 {
        drop(Line::stranger(&alice.url).await);
    }
    alice.line().await;
}

#[tokio::test]
async fn a_short_queue_waits_on_its_sockets() {
    let server = place(20, 1, 10).await;
    let alice = server.person("alice").await;
    let began = Instant::now();
    let lines = futures_util::future::join_all((0..10).map(|_| alice.line())).await;
    assert!(began.elapsed() >= Duration::from_millis(400), "{:?}", began.elapsed());
    assert_eq!(lines.len(), 10);
}

#[tokio::test]
async fn a_crowd_of_clients_comes_in_at_the_pace_and_shows_no_error() {
    let server = place(100, 10, 10).await;
    let mut people = Vec::new();
    for name in ["alice", "bob", "carol"] {
        people.push(server.person(name).await);
    }
    let began = Instant::now();
    let connect = |number: usize| {
        let person = people[number % people.len()].clone();
        async move {
            let client = Client::connect(&person.url, &person.token, Options::default()).await.unwrap();
            assert!(matches!(&*client.status().borrow(), Status::Online(_)));
            client
        }
    };
    let clients = futures_util::future::join_all((0..150).map(connect)).await;
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(1_200), "not all at once: {took:?}");
    for client in clients {
        client.close().await.unwrap();
    }
}

#[tokio::test]
async fn what_the_program_measures_tells_who_was_put_off() {
    let server = place(1, 1, 0).await;
    let alice = server.person("alice").await;
    let _line = alice.line().await;
    deferred(come(&alice, None).await).await;
    let text = server.http.get(format!("{}/metrics", server.url)).send().await.unwrap().text().await.unwrap();
    for name in [
        "parlance_admissions_total{outcome=\"at_once\"}",
        "parlance_admissions_total{outcome=\"deferred\"}",
        "parlance_admission_places",
    ] {
        assert!(text.contains(name), "{name}");
    }
}
