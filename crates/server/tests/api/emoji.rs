//! Custom emoji: made and taken away by administrators, drawn and liked with by everybody, told to whoever is connected.
//! A name is one emoji's, and a picture stays as long as it is one.

use futures_util::future::join_all;
use image::{ImageFormat, Rgb, RgbImage};
use parlance_proto::limits;
use serde_json::{Value, json};

use crate::files::{fetch, file};
use crate::pictures::{encoded, halves};
use crate::place::{Person, Place, code, ok};

const EMOJI: &str = "/api/v1/admin/emoji";

async fn picture(person: &Person) -> String {
    file(person, "name=secret-name.png", encoded(halves(64, 32), ImageFormat::Png)).await
}

/// A picture that no format makes small.
fn noise(side: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(side, side, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 8) as u8, (state >> 16) as u8, (state >> 24) as u8])
    })
}

async fn add(person: &Person, name: &str, file: &str) -> (u16, Value) {
    person.post(EMOJI, &json!({ "name": name, "file_id": file })).await
}

async fn status(person: &Person, name: &str) -> u16 {
    fetch(person, &format!("/api/v1/emoji/{name}")).await.status().as_u16()
}

fn okay((status, answer): (u16, Value)) -> Value {
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn a_custom_emoji_is_everybodys_until_it_is_taken_away() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let id = picture(&alice).await;
    let now = okay(add(&alice, "party_parrot", &id).await);
    assert_eq!(now, json!({ "name": "party_parrot", "file_id": id, "width": 64, "height": 32 }));
    assert_eq!(add(&alice, "party_parrot", &id).await.1, now, "a repeat");
    okay(add(&alice, "+1", &id).await);
    let listed = ok(bob.get("/api/v1/emoji")).await;
    let names: Vec<&str> =
        listed["emoji"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["+1", "party_parrot"], "by name, also what is a short code elsewhere");
    let shown = fetch(&bob, "/api/v1/emoji/party_parrot").await;
    assert_eq!(
        (shown.status().as_u16(), &shown.headers()["content-disposition"]),
        (200, &"inline".parse().unwrap())
    );
    assert_eq!(shown.headers()["cache-control"], "private, no-cache");
    assert_eq!(shown.headers()["etag"].to_str().unwrap().split('-').next().unwrap(), format!("\"{id}"));
    let stranger = place.http.get(format!("{}/api/v1/emoji/+1", place.url)).send().await.unwrap();
    assert_eq!(stranger.status(), 401);
    // A text stays as it is.
    let chat = bob.direct(&alice);
    bob.say(&chat, "k", "hello :party_parrot:").await;
    let entry = ok(alice.get(&format!("/api/v1/conversations/{chat}/messages/1"))).await;
    assert_eq!(entry["body"]["text"], "hello :party_parrot:");
    // A name is one emoji's.
    let other = picture(&alice).await;
    assert_eq!(code(&add(&alice, "party_parrot", &other).await), (409, "conflict"));
    assert_eq!(ok(alice.delete(&format!("{EMOJI}/party_parrot"))).await, json!({}));
    assert_eq!(ok(alice.delete(&format!("{EMOJI}/party_parrot"))).await, json!({}), "a repeat");
    assert_eq!((status(&bob, "party_parrot").await, status(&bob, "+1").await), (404, 200));
    let now = okay(add(&alice, "party_parrot", &other).await);
    assert_eq!(now["file_id"], json!(other));
    // The audit log tells who did it.
    let audit = ok(alice.get("/api/v1/admin/audit")).await;
    let acts: Vec<&Value> =
        audit["records"].as_array().unwrap().iter().map(|record| &record["act"]).collect();
    assert_eq!(acts[..4], ["emoji.add", "emoji.remove", "emoji.add", "emoji.add"]);
}

#[tokio::test]
async fn messages_are_liked_with_custom_emoji() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("g", &[&bob]).await;
    alice.say(&group, "k", "hello").await;
    let message = format!("/api/v1/conversations/{group}/messages/2");
    let likes = format!("{message}/likes");
    let parrot = json!({ "emoji": ":parrot:" });
    assert_eq!(code(&bob.post(&likes, &parrot).await), (404, "not_found"), "there is none yet");
    assert_eq!(code(&bob.post(&likes, &json!({ "emoji": ":P:" })).await), (422, "invalid_input"));
    okay(add(&alice, "parrot", &picture(&alice).await).await);
    let mut line = alice.line().await;
    ok(bob.post(&likes, &parrot)).await;
    ok(alice.post(&likes, &parrot)).await;
    let heard = line.event("entry").await;
    assert_eq!(heard["entry"]["body"], json!({ "kind": "liked", "target": 2, "emoji": ":parrot:" }));
    let seen = json!([{ "emoji": ":parrot:", "count": 2, "first": [bob.id, alice.id], "mine": true }]);
    assert_eq!(ok(bob.get(&message)).await["details"]["likes"], seen);
    let likers = ok(bob.get(&format!("{likes}?emoji=:parrot:"))).await;
    assert_eq!(likers["likes"].as_array().unwrap().len(), 2);
    // A like outlives the emoji, and can be taken back.
    ok(alice.delete(&format!("{EMOJI}/parrot"))).await;
    assert_eq!(ok(bob.get(&message)).await["details"]["likes"], seen);
    ok(bob.delete(&format!("{likes}?emoji=:parrot:"))).await;
    assert_eq!(code(&bob.post(&likes, &parrot).await), (404, "not_found"));
    assert_eq!(ok(bob.get(&message)).await["details"]["likes"][0]["count"], 1);
}

#[tokio::test]
async fn whoever_is_connected_hears_that_emoji_and_stickers_changed() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let mut line = bob.line().await;
    let id = picture(&alice).await;
    for count in 0..20 {
        okay(add(&alice, &format!("emoji{count}"), &id).await);
    }
    assert_eq!(line.event("topic").await["topic"], "emoji");
    ok(alice.post("/api/v1/admin/stickers", &json!({ "name": "Cats" }))).await;
    let mut heard = 1;
    while line.event("topic").await["topic"] == "emoji" {
        heard += 1;
    }
    assert!(heard < 20, "gathered: {heard}");
}

#[tokio::test]
async fn what_is_no_emoji_is_refused_and_members_change_nothing() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let (one, plain) = (picture(&alice).await, file(&alice, "kind=file", b"text".to_vec()).await);
    let long = "a".repeat(32);
    okay(add(&alice, &long, &one).await);
    for name in ["", "a", "A1", ":ab:", "a b", "ü1", &format!("{long}a")] {
        assert_eq!(code(&add(&alice, name, &one).await), (422, "invalid_input"), "{name}");
    }
    assert_eq!(code(&add(&alice, "text", &plain).await), (422, "invalid_input"));
    assert_eq!(
        code(&add(&alice, "theirs", &picture(&bob).await).await),
        (404, "not_found"),
        "somebody else's"
    );
    assert_eq!(status(&alice, "a").await, 404);
    // A large picture is shown in its small size, whatever is asked for.
    let large = file(&alice, "", encoded(noise(700), ImageFormat::Png)).await;
    okay(add(&alice, "large", &large).await);
    for asked in ["large", "large?size=large"] {
        let bytes = fetch(&bob, &format!("/api/v1/emoji/{asked}")).await.bytes().await.unwrap();
        assert!(bytes.len() as u64 <= limits::EMOJI_MAX_BYTES, "{}", bytes.len());
    }
    for refused in [
        bob.post(EMOJI, &json!({ "name": "mine", "file_id": one })).await,
        bob.delete(&format!("{EMOJI}/{long}")).await,
    ] {
        assert_eq!(code(&refused), (404, "unknown_operation"));
    }
}

#[tokio::test]
async fn there_are_never_more_emoji_than_a_server_may_have() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let id = picture(&alice).await;
    for count in 1..limits::CUSTOM_EMOJI_MAX {
        okay(add(&alice, &format!("emoji{count}"), &id).await);
    }
    let names: Vec<String> = (0..4).map(|count| format!("rival{count}")).collect();
    // Lines that are open already, so that all arrive at once.
    join_all(names.iter().map(|_| alice.get("/api/v1/emoji"))).await;
    let added = join_all(names.iter().map(|name| add(&alice, name, &id))).await;
    let mut statuses: Vec<u16> = added.iter().map(|answer| answer.0).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 413, 413, 413]);
    let listed = ok(alice.get("/api/v1/emoji")).await;
    assert_eq!(listed["emoji"].as_array().unwrap().len(), limits::CUSTOM_EMOJI_MAX);
    // As many fit on one connection's answer.
    let answer = alice.line().await.ask("emoji.list", json!({})).await;
    assert_eq!(answer["out"], listed);
}
