//! Stickers: packs by administrators, read and sent by everybody, gone from packs and not from messages.
//! A sticker is a picture like any other: made anew, and reached only by who may read it.

use futures_util::future::join_all;
use image::ImageFormat;
use parlance_proto::limits;
use serde_json::{Value, json};

use crate::files::{at, fetch, file};
use crate::pictures::{encoded, halves};
use crate::place::{Person, Place, code, ok, text};

const PACKS: &str = "/api/v1/admin/stickers";

async fn picture(person: &Person) -> String {
    file(person, "", encoded(halves(64, 32), ImageFormat::Png)).await
}

async fn pack(person: &Person, name: &str) -> String {
    text(&ok(person.post(PACKS, &json!({ "name": name }))).await["pack_id"])
}

async fn send(person: &Person, chat: &str, key: &str, file: &str, caption: &str) -> (u16, Value) {
    let input = json!({ "client_message_id": key, "text": caption, "attachments": [{ "file_id": file }] });
    person.post(&format!("/api/v1/conversations/{chat}/messages"), &input).await
}

async fn status(person: &Person, path: &str) -> u16 {
    fetch(person, path).await.status().as_u16()
}

#[tokio::test]
async fn a_sticker_is_sent_by_everybody_and_stays_with_its_messages() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let cats = pack(&alice, " Cats ").await;
    let id = picture(&alice).await;
    let wish = json!({ "file_id": id, "emoji": "🐱" });
    let now = ok(alice.post(&format!("{PACKS}/{cats}"), &wish)).await;
    let sticker = &now["stickers"][0];
    assert_eq!(
        (&now["name"], &sticker["file_id"], &sticker["emoji"]),
        (&json!("Cats"), &json!(id), &json!("🐱"))
    );
    assert_eq!((&sticker["width"], &sticker["height"]), (&json!(64), &json!(32)));
    // Repeats change nothing but the emoji.
    assert_eq!(pack(&alice, "Cats").await, cats);
    assert_eq!(ok(alice.post(&format!("{PACKS}/{cats}"), &wish)).await, now);
    assert_eq!(ok(bob.get("/api/v1/stickers")).await, json!({ "packs": [now] }));
    let shown = format!("/api/v1/stickers/{cats}/{id}");
    assert_eq!((status(&bob, &shown).await, status(&bob, &format!("{shown}?size=small")).await), (200, 200));
    assert_eq!(place.http.get(format!("{}{shown}", place.url)).send().await.unwrap().status(), 401);
    // Bob sends what alice uploaded; carol sees it where bob sent it and nowhere else.
    let chat = bob.direct(&carol);
    let mut line = carol.line().await;
    let index = send(&bob, &chat, "k", &id, "").await.1["index"].as_u64().unwrap();
    let told = line.event("entry").await["entry"]["details"]["attachments"][0].clone();
    assert_eq!(told["sticker"], json!({ "pack_id": cats, "emoji": "🐱" }));
    assert_eq!((&told["kind"], &told["width"]), (&json!("picture"), &json!(64)));
    assert_eq!(status(&carol, &at(&chat, index, &id)).await, 200);
    assert_eq!(status(&alice, &at(&chat, index, &id)).await, 404, "no member");
    let listed = ok(carol.get(&format!("/api/v1/conversations/{chat}/files?kind=picture"))).await;
    assert_eq!(listed["messages"], json!([]), "no picture of somebody's");
    // Taken out of its pack it can be sent no more, and stays where it was sent.
    let left = ok(alice.delete(&format!("{PACKS}/{cats}/{id}"))).await;
    assert_eq!(left["stickers"], json!([]));
    assert_eq!(ok(alice.delete(&format!("{PACKS}/{cats}/{id}"))).await, left, "a repeat");
    assert_eq!(status(&bob, &shown).await, 404);
    assert_eq!(code(&send(&bob, &chat, "k2", &id, "").await), (404, "not_found"));
    assert_eq!(send(&bob, &chat, "k", &id, "").await.1["index"], index, "a repeat of what was sent");
    assert_eq!(status(&carol, &at(&chat, index, &id)).await, 200);
    ok(bob.delete(&format!("/api/v1/conversations/{chat}/messages/{index}"))).await;
    assert_eq!(status(&carol, &at(&chat, index, &id)).await, 404, "recalled");
}

#[tokio::test]
async fn a_pack_goes_with_its_stickers_and_a_forwarded_one_stays_a_sticker() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let cats = pack(&alice, "Cats").await;
    let id = picture(&alice).await;
    ok(alice.post(&format!("{PACKS}/{cats}"), &json!({ "file_id": id, "emoji": "🐱" }))).await;
    let (chat, own) = (alice.direct(&bob), bob.direct(&bob));
    let index = send(&alice, &chat, "k", &id, "").await.1["index"].as_u64().unwrap();
    ok(alice.delete(&format!("{PACKS}/{cats}"))).await;
    assert_eq!(ok(alice.delete(&format!("{PACKS}/{cats}"))).await, json!({}), "a repeat");
    assert_eq!(ok(bob.get("/api/v1/stickers")).await, json!({ "packs": [] }));
    let gone = alice.post(&format!("{PACKS}/{cats}"), &json!({ "file_id": id, "emoji": "🐱" })).await;
    assert_eq!(code(&gone), (404, "not_found"));
    assert_eq!(status(&bob, &format!("/api/v1/stickers/{cats}/{id}")).await, 404);
    assert_ne!(pack(&alice, "Cats").await, cats, "the name is free again");
    let wish = json!({ "client_message_id": "f", "indexes": [index], "to": [own] });
    let sent = ok(bob.post(&format!("/api/v1/conversations/{chat}/messages/forward"), &wish)).await;
    let copy = sent["forwarded"][0]["indexes"][0].as_u64().unwrap();
    let entry = ok(bob.get(&format!("/api/v1/conversations/{own}/messages/{copy}"))).await;
    assert_eq!(entry["details"]["attachments"][0]["sticker"]["emoji"], "🐱");
    assert_eq!(status(&bob, &at(&own, copy, &id)).await, 200);
}

#[tokio::test]
async fn a_sticker_tells_nobody_what_its_picture_was_called() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let cats = pack(&alice, "Cats").await;
    let id = file(&alice, "name=secret-name.png", encoded(halves(64, 32), ImageFormat::Png)).await;
    ok(alice.post(&format!("{PACKS}/{cats}"), &json!({ "file_id": id, "emoji": "🐱" }))).await;
    let chat = bob.direct(&alice);
    let index = send(&bob, &chat, "k", &id, "").await.1["index"].as_u64().unwrap();
    for path in [format!("/api/v1/stickers/{cats}/{id}"), at(&chat, index, &id)] {
        let answer = fetch(&bob, &path).await;
        assert_eq!(answer.headers()["content-disposition"], "inline", "{path}");
    }
    let entry = ok(bob.get(&format!("/api/v1/conversations/{chat}/messages/{index}"))).await;
    let attachment = &entry["details"]["attachments"][0];
    assert_eq!((&attachment["file_id"], attachment.get("name")), (&json!(id), None));
}

#[tokio::test]
async fn two_who_make_packs_at_once_stay_within_the_limits() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    for count in 1..50 {
        pack(&alice, &format!("pack {count}")).await;
    }
    let names: Vec<Value> = (0..6).map(|count| json!({ "name": format!("rival {count}") })).collect();
    // Lines that are open already, so that all arrive at once.
    join_all(names.iter().map(|_| alice.get("/api/v1/stickers"))).await;
    let made = join_all(names.iter().map(|name| alice.post(PACKS, name))).await;
    let mut statuses: Vec<u16> = made.iter().map(|answer| answer.0).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 413, 413, 413, 413, 413]);
    let packs = ok(alice.get("/api/v1/stickers")).await["packs"].as_array().unwrap().clone();
    assert_eq!(packs.len(), 50);
    // The same within a pack.
    let mut files = Vec::new();
    for _ in 0..limits::STICKERS_PER_PACK + 3 {
        files.push(picture(&alice).await);
    }
    let here = format!("{PACKS}/{}", text(&packs[0]["pack_id"]));
    let wishes: Vec<Value> = files.iter().map(|id| json!({ "file_id": id, "emoji": "🐱" })).collect();
    let (first, rivals) = wishes.split_at(limits::STICKERS_PER_PACK - 1);
    for wish in first {
        ok(alice.post(&here, wish)).await;
    }
    let added = join_all(rivals.iter().map(|wish| alice.post(&here, wish))).await;
    let mut statuses: Vec<u16> = added.iter().map(|answer| answer.0).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 413, 413, 413]);
    // Of two who make the same one, both get it.
    ok(alice.delete(&format!("{PACKS}/{}", text(&packs[0]["pack_id"])))).await;
    let same = json!({ "name": "the same" });
    let made = join_all((0..4).map(|_| alice.post(PACKS, &same))).await;
    assert!(made.iter().all(|answer| answer.0 == 200 && answer.1 == made[0].1), "{made:?}");
}

#[tokio::test]
async fn what_is_no_sticker_is_refused_and_members_change_nothing() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let cats = pack(&alice, &"é".repeat(60)).await;
    for name in ["", "  ", &"é".repeat(61)] {
        assert_eq!(
            code(&alice.post(PACKS, &json!({ "name": name })).await),
            (422, "invalid_input"),
            "{name}"
        );
    }
    let (one, other, plain) =
        (picture(&alice).await, picture(&bob).await, file(&alice, "kind=file", b"text".to_vec()).await);
    let add = |file: &str, emoji: &str| json!({ "file_id": file, "emoji": emoji });
    let here = format!("{PACKS}/{cats}");
    assert_eq!(code(&alice.post(&here, &add(&one, "cat")).await), (422, "invalid_input"));
    assert_eq!(code(&alice.post(&here, &add(&plain, "🐱")).await), (422, "invalid_input"));
    assert_eq!(code(&alice.post(&here, &add(&other, "🐱")).await), (404, "not_found"), "somebody else's");
    let nowhere = format!("{PACKS}/p_01h5n0k3v9w2x");
    assert_eq!(code(&alice.post(&nowhere, &add(&one, "🐱")).await), (404, "not_found"));
    assert_eq!(code(&alice.delete(&format!("{nowhere}/{one}")).await), (404, "not_found"));
    ok(alice.post(&here, &add(&one, "🐱"))).await;
    // A sticker stands alone, also after an edit.
    let chat = alice.direct(&bob);
    assert_eq!(code(&send(&bob, &chat, "t", &one, "look").await), (422, "invalid_input"));
    let two = json!({ "client_message_id": "two", "text": "", "attachments": [{ "file_id": one }, { "file_id": other }] });
    let messages = format!("/api/v1/conversations/{chat}/messages");
    assert_eq!(code(&bob.post(&messages, &two).await), (422, "invalid_input"));
    let index = send(&bob, &chat, "s", &one, "").await.1["index"].as_u64().unwrap();
    let edit = bob.patch(&format!("{messages}/{index}"), &json!({ "text": "look" })).await;
    assert_eq!(code(&edit), (422, "invalid_input"));
    for refused in [
        bob.post(PACKS, &json!({ "name": "Dogs" })).await,
        bob.post(&here, &add(&other, "🐶")).await,
        bob.delete(&format!("{here}/{one}")).await,
        bob.delete(&here).await,
    ] {
        assert_eq!(code(&refused), (404, "unknown_operation"));
    }
    for count in 1..50 {
        pack(&alice, &format!("pack {count}")).await;
    }
    assert_eq!(code(&alice.post(PACKS, &json!({ "name": "one more" })).await), (413, "too_large"));
    assert_eq!(ok(bob.get("/api/v1/stickers")).await["packs"].as_array().unwrap().len(), 50);
}
