//! Files: uploading them, sending them, who may read them and who not any more, what they may do in a browser.
//! The helpers here serve the tests of resumable uploads and of pictures too.

use std::path::Path;
use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::place::{Answer, Person, Place, code, text};

const MIB: usize = 1_024 * 1_024;

/// A server whose users are not slowed down and whose files are collected at once.
pub async fn place() -> Place {
    Place::start_with(|config| {
        config.limits.rates = false;
        config.media.grace_seconds = 0;
        config.media.collect_seconds = 1;
    })
    .await
}

/// Uploads with one POST.
pub async fn post(person: &Person, query: &str, content: impl Into<Vec<u8>>) -> Answer {
    let request = person.request(Method::POST, &format!("/api/v1/files?{query}"));
    crate::place::answer(request.body(content.into())).await
}

/// Uploads and answers the file's id.
pub async fn file(person: &Person, query: &str, content: impl Into<Vec<u8>>) -> String {
    let (status, info) = post(person, query, content).await;
    assert_eq!(status, 200, "{info}");
    text(&info["file_id"])
}

/// Sends files with a message; its index.
pub async fn send(person: &Person, conversation: &str, key: &str, files: &[Value]) -> u64 {
    let input = json!({ "client_message_id": key, "text": "look", "attachments": files });
    let (status, answer) =
        person.post(&format!("/api/v1/conversations/{conversation}/messages"), &input).await;
    assert_eq!(status, 200, "{answer}");
    answer["index"].as_u64().unwrap()
}

pub async fn fetch(person: &Person, path: &str) -> Response {
    person.request(Method::GET, path).send().await.unwrap()
}

pub fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// Where a message's file is read.
pub fn at(conversation: &str, index: u64, file: &str) -> String {
    format!("/api/v1/conversations/{conversation}/messages/{index}/files/{file}")
}

/// Every file in a folder and the folders in it.
pub fn files_in(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_in(&path)) } else { found.push(std::fs::read(path).unwrap()) }
    }
    found
}

/// Waits until something holds.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..100 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("in 10 seconds: {what}");
}

#[tokio::test]
async fn a_file_goes_with_a_message_to_those_who_see_it_and_to_nobody_else() {
    let place = place().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let chat = alice.direct(&bob);
    let content: Vec<u8> = (0..300_000u32).map(|number| (number % 253) as u8).collect();
    let (status, info) = post(&alice, "name=..%2Fplan%20%E2%82%AC.pdf", content.clone()).await;
    assert_eq!((status, &info["kind"], &info["name"]), (200, &json!("file"), &json!("plan €.pdf")), "{info}");
    assert_eq!((&info["size"], &info["media_type"]), (&json!(300_000), &json!("application/octet-stream")));
    let id = text(&info["file_id"]);
    // Until it is sent, it is its uploader's alone.
    let own = format!("/api/v1/files/{id}");
    assert_eq!(alice.get(&own).await, (200, info.clone()));
    assert_eq!(fetch(&alice, &format!("{own}/content")).await.bytes().await.unwrap(), content);
    for stranger in [&bob, &eve] {
        assert_eq!(code(&stranger.get(&own).await), (404, "not_found"));
        assert_eq!(fetch(stranger, &format!("{own}/content")).await.status(), 404);
        let steal = json!({ "client_message_id": "s", "text": "", "attachments": [{ "file_id": id }] });
        let chat = stranger.direct(&alice);
        let stolen = stranger.post(&format!("/api/v1/conversations/{chat}/messages"), &steal).await;
        assert_eq!(code(&stolen), (404, "not_found"));
    }
    let mut line = bob.line().await;
    let index = send(&alice, &chat, "k", &[json!({ "file_id": id })]).await;
    let heard = line.event("entry").await;
    let attachment = &heard["entry"]["details"]["attachments"][0];
    assert_eq!((&attachment["file_id"], &attachment["name"]), (&json!(id), &json!("plan €.pdf")));
    assert_eq!(heard["entry"]["body"]["text"], "look");
    // The same again is the same message.
    assert_eq!(send(&alice, &chat, "k", &[json!({ "file_id": id })]).await, index);
    let path = at(&chat, index, &id);
    for reader in [&alice, &bob] {
        let response = fetch(reader, &path).await;
        assert_eq!(response.status(), 200);
        assert_eq!(
            header(&response, "content-disposition"),
            "attachment; filename=\"plan _.pdf\"; filename*=UTF-8''plan%20%E2%82%AC.pdf"
        );
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert!(header(&response, "content-security-policy").contains("sandbox"));
        assert_eq!(header(&response, "cache-control"), "private, no-cache");
        assert_eq!(response.bytes().await.unwrap(), content);
    }
    // A file that is there and that the reader may see, but not by this message.
    let other = file(&alice, "", b"another".to_vec()).await;
    let another = send(&alice, &chat, "k2", &[json!({ "file_id": other })]).await;
    assert_eq!(fetch(&bob, &at(&chat, another, &other)).await.status(), 200);
    for elsewhere in [
        at(&chat, index + 2, &id),
        at(&chat, index, &other),
        at(&chat, another, &id),
        at(&eve.direct(&alice), index, &id),
    ] {
        assert_eq!(fetch(&alice, &elsewhere).await.status(), 404, "{elsewhere}");
    }
    assert_eq!(fetch(&eve, &path).await.status(), 404);
    assert_eq!(place.http.get(format!("{}{path}", place.url)).send().await.unwrap().status(), 401);
    // What is sent is no longer one's own to take back.
    assert_eq!(code(&alice.delete(&own).await), (404, "not_found"));
    assert_eq!(fetch(&alice, &format!("{own}/content")).await.status(), 404);
}

#[tokio::test]
async fn ranges_tags_and_links_answer_as_they_should() {
    let place = place().await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let chat = alice.direct(&bob);
    let id = file(&alice, "name=a.bin", b"0123456789".to_vec()).await;
    let index = send(&alice, &chat, "k", &[json!({ "file_id": id })]).await;
    let path = at(&chat, index, &id);
    let ask = |name: &'static str, value: String| {
        let request = bob.request(Method::GET, &path).header(name, value);
        async move { request.send().await.unwrap() }
    };
    let part = ask("range", "bytes=2-4".to_owned()).await;
    assert_eq!((part.status().as_u16(), header(&part, "content-range")), (206, "bytes 2-4/10".to_owned()));
    let tag = header(&part, "etag");
    assert_eq!(part.bytes().await.unwrap(), "234");
    assert_eq!(ask("range", "bytes=-3".to_owned()).await.bytes().await.unwrap(), "789");
    let nowhere = ask("range", "bytes=10-".to_owned()).await;
    assert_eq!(
        (nowhere.status().as_u16(), header(&nowhere, "content-range")),
        (416, "bytes */10".to_owned())
    );
    assert_eq!(ask("if-none-match", tag).await.status(), 304);
    let head = bob.request(Method::HEAD, &path).send().await.unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "content-length")), (200, "10".to_owned()));
    // A link needs no session, and is good for what it was made for.
    let (status, link) = bob.post(&format!("{path}/link"), &json!({})).await;
    assert_eq!(status, 200, "{link}");
    let open = |path: String| {
        let request = place.http.get(format!("{}{path}", place.url));
        async move { request.send().await.unwrap() }
    };
    let linked = open(text(&link["path"])).await;
    // A shared cache may keep it, and asks each time: what is recalled is not served by it either.
    assert_eq!(
        (linked.status().as_u16(), header(&linked, "cache-control")),
        (200, "public, no-cache".into())
    );
    let again = place.http.get(format!("{}{}", place.url, text(&link["path"])));
    let again = again.header("if-none-match", header(&linked, "etag"));
    assert_eq!(again.send().await.unwrap().status(), 304);
    assert_eq!(linked.bytes().await.unwrap(), "0123456789");
    let forged = text(&link["path"]).replace(&bob.id, &alice.id);
    assert_eq!(open(forged).await.status(), 404);
    assert_eq!(open(format!("{}0", text(&link["path"]))).await.status(), 404);
    assert_eq!(code(&eve.post(&format!("{path}/link"), &json!({})).await), (404, "not_found"));
    alice.delete(&format!("/api/v1/conversations/{chat}/messages/{index}")).await;
    assert_eq!(open(text(&link["path"])).await.status(), 404);
}

#[tokio::test]
async fn recalled_files_are_gone_at_once_and_their_bytes_soon() {
    let place = place().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let chat = alice.direct(&bob);
    let blobs = place.folder.path().join("data/media/blobs");
    let id = file(&alice, "", b"the canary sings".to_vec()).await;
    // The same bytes of somebody else: kept once, and nobody is told.
    let twin = file(&carol, "", b"the canary sings".to_vec()).await;
    assert_eq!(files_in(&blobs).len(), 1);
    let index = send(&alice, &chat, "k", &[json!({ "file_id": id })]).await;
    let forward = json!({ "indexes": [index], "to": [bob.direct(&carol)], "client_message_id": "f" });
    let (status, forwarded) =
        bob.post(&format!("/api/v1/conversations/{chat}/messages/forward"), &forward).await;
    assert_eq!(status, 200, "{forwarded}");
    let copy = at(&bob.direct(&carol), 1, &id);
    assert_eq!(fetch(&carol, &copy).await.bytes().await.unwrap(), "the canary sings");
    let message = format!("/api/v1/conversations/{chat}/messages/{index}");
    assert_eq!(alice.delete(&message).await.0, 200);
    for person in [&alice, &bob] {
        assert_eq!(fetch(person, &at(&chat, index, &id)).await.status(), 404);
        let part = person.request(Method::GET, &at(&chat, index, &id)).header("range", "bytes=0-3");
        assert_eq!(part.send().await.unwrap().status(), 404);
    }
    // A copy that somebody forwarded stays, as long as it stays.
    assert_eq!(fetch(&carol, &copy).await.status(), 200);
    let taken = bob.delete(&format!("/api/v1/conversations/{}/messages/1", bob.direct(&carol))).await;
    assert_eq!(taken.0, 200);
    assert_eq!(fetch(&carol, &copy).await.status(), 404);
    // What is gone cannot be sent again, and a repeat of what was sent still is the same message.
    let again = json!({ "client_message_id": "k2", "text": "", "attachments": [{ "file_id": id }] });
    let at_chat = format!("/api/v1/conversations/{chat}/messages");
    assert_eq!(code(&alice.post(&at_chat, &again).await), (404, "not_found"));
    assert_eq!(send(&alice, &chat, "k", &[json!({ "file_id": id })]).await, index);
    // Carol's file with the same bytes is untouched.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(
        fetch(&carol, &format!("/api/v1/files/{twin}/content")).await.bytes().await.unwrap(),
        "the canary sings"
    );
    assert_eq!(alice.get("/api/v1/me/files").await.1["used_bytes"], 0);
    assert_eq!(carol.delete(&format!("/api/v1/files/{twin}")).await.0, 200);
    until("the bytes are gone", || files_in(&blobs).is_empty()).await;
    assert_eq!(carol.get("/api/v1/me/files").await.1["used_bytes"], 0);
}

#[tokio::test]
async fn one_file_that_cannot_be_erased_keeps_no_other() {
    let place = place().await;
    let alice = place.person("alice").await;
    let blobs = place.folder.path().join("data/media/blobs");
    let stuck = file(&alice, "", b"stuck".to_vec()).await;
    let shelf = std::fs::read_dir(&blobs).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read_dir(&shelf).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(&bytes).unwrap();
    std::fs::create_dir_all(bytes.join("in the way")).unwrap();
    let other = file(&alice, "", b"the other".to_vec()).await;
    for id in [&stuck, &other] {
        assert_eq!(alice.delete(&format!("/api/v1/files/{id}")).await.0, 200);
    }
    until("the other is gone", || files_in(&blobs).is_empty()).await;
    // And the first, as soon as it can be.
    std::fs::remove_dir(bytes.join("in the way")).unwrap();
    std::fs::remove_dir(&bytes).unwrap();
    std::fs::write(&bytes, b"stuck").unwrap();
    until("the first is gone too", || files_in(&blobs).is_empty()).await;
}

#[tokio::test]
async fn who_left_or_came_later_does_not_read_what_they_do_not_see() {
    let place = place().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("g", &[&bob]).await;
    let id = file(&alice, "", b"for the early".to_vec()).await;
    let index = send(&alice, &group, "k", &[json!({ "file_id": id })]).await;
    let members = format!("/api/v1/conversations/{group}/members");
    alice.post(&members, &json!({ "user_ids": [carol.id] })).await;
    let path = at(&group, index, &id);
    assert_eq!(fetch(&carol, &path).await.status(), 404);
    assert_eq!(fetch(&bob, &path).await.status(), 200);
    let hide = json!({ "indexes": [index] });
    bob.post(&format!("/api/v1/conversations/{group}/messages/hide"), &hide).await;
    assert_eq!(fetch(&bob, &path).await.status(), 404);
    assert_eq!(fetch(&alice, &path).await.status(), 200);
    let second = send(&alice, &group, "k2", &[json!({ "file_id": id })]).await;
    assert_eq!(fetch(&carol, &at(&group, second, &id)).await.status(), 200);
    alice.delete(&format!("{members}/{}", carol.id)).await;
    assert_eq!(fetch(&carol, &at(&group, second, &id)).await.status(), 404);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_a_reason() {
    let place = Place::start_with(|config| {
        config.limits.rates = false;
        config.media.file_max_mib = 1;
        config.media.quota_mib = 2;
    })
    .await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let full = file(&alice, "", vec![1; MIB]).await;
    assert_eq!(code(&post(&alice, "", vec![1; MIB + 1]).await), (413, "too_large"));
    // Who sends much more hears it too.
    assert_eq!(code(&post(&alice, "", vec![1; 40 * MIB]).await), (413, "too_large"));
    file(&alice, "", vec![2; MIB]).await;
    assert_eq!(code(&post(&alice, "", vec![3; 1]).await), (413, "quota_exceeded"));
    assert_eq!(bob.get("/api/v1/me/files").await.1["used_bytes"], 0);
    let usage = alice.get("/api/v1/me/files").await.1;
    assert_eq!((&usage["used_bytes"], &usage["uploads"]), (&json!(2 * MIB), &json!(0)));
    let chunked = alice.request(Method::POST, "/api/v1/files").body(reqwest::Body::wrap_stream(
        futures_util::stream::iter([Ok::<_, std::io::Error>(vec![0u8; 9])]),
    ));
    assert_eq!(code(&crate::place::answer(chunked).await), (422, "invalid_input"));
    assert_eq!(code(&post(&bob, "kind=song", vec![1]).await), (422, "invalid_input"));
    let chat = alice.direct(&bob);
    let messages = format!("/api/v1/conversations/{chat}/messages");
    let try_to = |attachments: Value| {
        let input = json!({ "client_message_id": "k", "text": "", "attachments": attachments });
        let (alice, messages) = (alice.clone(), messages.clone());
        async move { alice.post(&messages, &input).await }
    };
    let one = json!({ "file_id": full });
    assert_eq!(code(&try_to(json!([])).await), (413, "too_large"));
    assert_eq!(code(&try_to(json!(vec![one.clone(); 11])).await), (413, "too_large"));
    assert_eq!(code(&try_to(json!([one, one])).await), (422, "invalid_input"));
    assert_eq!(code(&try_to(json!([{ "file_id": full, "duration_ms": 5 }])).await), (422, "invalid_input"));
    assert_eq!(code(&try_to(json!([{ "file_id": full, "name": "x" }])).await), (422, "invalid_input"));
    assert_eq!(code(&try_to(json!([{ "file_id": "f_1" }])).await), (422, "invalid_input"));
    let both = json!({ "client_message_id": "k", "attachments": [one], "content": { "kind": "contact", "user_id": bob.id } });
    assert_eq!(code(&alice.post(&messages, &both).await), (422, "invalid_input"));
    let nothing = json!({ "client_message_id": "k", "text": " " });
    assert_eq!(code(&alice.post(&messages, &nothing).await), (422, "invalid_input"));
}

#[tokio::test]
async fn a_full_disk_refuses_files_and_takes_texts() {
    let place = Place::start_with(|config| {
        config.limits.rates = false;
        config.media.free_floor_mib = 1 << 40;
    })
    .await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    assert_eq!(code(&post(&alice, "", vec![1; 9]).await), (507, "disk_full"));
    alice.say(&alice.direct(&bob), "k", "still here").await;
    // Nothing is half there.
    assert_eq!(alice.get("/api/v1/me/files").await.1["used_bytes"], 0);
    assert!(files_in(&place.folder.path().join("data/media")).is_empty());
}

#[tokio::test]
async fn videos_and_voice_messages_are_what_they_are_by_their_bytes() {
    let place = place().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let mp4 = [b"\0\0\0\x20ftypisom".to_vec(), vec![0; 64]].concat();
    let video = file(&alice, "kind=video&name=v.mp4", mp4.clone()).await;
    let voice = file(&alice, "kind=voice", b"OggS\0\x02 opus".to_vec()).await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let poster = file(&alice, "", png.into_inner()).await;
    assert_eq!(code(&post(&alice, "kind=video", b"<html><script>".to_vec()).await), (422, "invalid_input"));
    let messages = format!("/api/v1/conversations/{chat}/messages");
    let bare = json!({ "client_message_id": "b", "attachments": [{ "file_id": video }] });
    assert_eq!(code(&alice.post(&messages, &bare).await), (422, "invalid_input"));
    let index = send(
        &alice,
        &chat,
        "k",
        &[
            json!({ "file_id": video, "width": 640, "height": 360, "duration_ms": 9_000, "poster": poster }),
            json!({ "file_id": voice, "duration_ms": 4_000, "waveform": vec![9; 64] }),
        ],
    )
    .await;
    let message = bob.get(&format!("{messages}/{index}")).await.1;
    let sent = &message["details"]["attachments"];
    assert_eq!((&sent[0]["kind"], &sent[0]["media_type"]), (&json!("video"), &json!("video/mp4")));
    assert_eq!((&sent[1]["kind"], &sent[1]["duration_ms"]), (&json!("voice"), &json!(4_000)));
    assert_eq!(sent[1]["waveform"].as_array().unwrap().len(), 64);
    let response = fetch(&bob, &at(&chat, index, &video)).await;
    assert_eq!(header(&response, "content-type"), "video/mp4");
    assert!(header(&response, "content-disposition").starts_with("inline"));
    assert_eq!(response.bytes().await.unwrap(), mp4);
    assert_eq!(header(&fetch(&bob, &at(&chat, index, &poster)).await, "content-type"), "image/png");
}
