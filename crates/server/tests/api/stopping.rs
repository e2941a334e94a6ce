//! The end of a server: connections say goodbye, what is under way is answered, nothing acknowledged is lost.
//! A server started again on the folder goes on where the other stopped.

use std::time::{Duration, Instant};

use parlance_server::Server;
use serde_json::json;

use crate::place::{Person, Place, code};

#[tokio::test]
async fn connections_hear_goodbye_and_their_messages_are_kept() {
    let mut place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let mut line = alice.line().await;
    for number in 1..=50 {
        let input =
            json!({ "conversation_id": chat, "client_message_id": format!("k{number}"), "text": "x" });
        line.start("message.send", input).await;
    }
    line.answer(1).await;
    let server = place.take();
    let began = Instant::now();
    let (ended, (close, frames)) = tokio::join!(server.stop(), line.close());
    ended.unwrap();
    assert!(began.elapsed() < Duration::from_secs(8));
    assert_eq!(close, 1001);
    let goodbye = frames.last().unwrap();
    assert_eq!((&goodbye["event"], &goodbye["data"]["reason"]), (&json!("goodbye"), &json!("draining")));
    assert!(goodbye["data"]["retry_after_ms"].as_u64().unwrap() >= 500);
    let acknowledged = 1 + frames.iter().filter(|frame| frame["out"]["index"].is_u64()).count() as u64;

    let config = Place::settings(place.folder.path().join("data"));
    let again = Server::start(config).await.unwrap();
    let request =
        place.http.get(format!("{}/api/v1/conversations/{chat}", again.url())).bearer_auth(&bob.token);
    let summary: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    assert!(summary["head"].as_u64().unwrap() >= acknowledged, "{summary} {acknowledged}");
    again.stop().await.unwrap();
}

#[tokio::test]
async fn a_long_poll_does_not_hold_up_the_end() {
    let mut place = Place::start().await;
    let alice = place.person("alice").await;
    let since = alice.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let waiting =
        tokio::spawn(async move { alice.get(&format!("/api/v1/sync?since={since}&wait_ms=30000")).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    place.stop().await;
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let (status, problem) = waiting.await.unwrap();
    assert_eq!((status, &problem["code"]), (503, &json!("unavailable")));
    assert!(problem["retry_after_ms"].is_u64());
}

#[tokio::test]
async fn on_a_full_disk_reading_goes_on_and_writing_waits() {
    let mut place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    alice.say(&chat, "k1", "before").await;
    place.stop().await;
    let mut settings = Place::settings(place.folder.path().join("data"));
    settings.store.free_floor_mib = u64::MAX;
    let full = Server::start(settings).await.unwrap();
    let alice = Person { url: full.url().to_owned(), ..alice };
    let at = format!("/api/v1/conversations/{chat}/messages");
    let refused = alice.post(&at, &json!({ "client_message_id": "k2", "text": "while full" })).await;
    assert_eq!(code(&refused), (507, "disk_full"));
    assert!(refused.1["retry_after_ms"].is_u64());
    assert_eq!(alice.get(&at).await.1["entries"][0]["body"]["text"], "before");
    full.stop().await.unwrap();
    let again = Server::start(Place::settings(place.folder.path().join("data"))).await.unwrap();
    let alice = Person { url: again.url().to_owned(), ..alice };
    assert_eq!(alice.say(&chat, "k2", "while full").await, 2);
    again.stop().await.unwrap();
}

#[tokio::test]
async fn a_folder_has_one_server() {
    let place = Place::start().await;
    let config = Place::settings(place.folder.path().join("data"));
    let error = format!("{:#}", Server::start(config).await.err().unwrap());
    assert!(error.contains("in use by another Parlance"), "{error}");
    assert_eq!(place.get("/healthz").await.0, 200);
    assert_eq!(place.get("/readyz").await.0, 200);
}
