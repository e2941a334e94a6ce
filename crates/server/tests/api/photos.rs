//! Photos of users and groups, and backgrounds of one's own: set from an upload, seen by those who may, gone when replaced.
//! What nobody shows any more is erased.

use image::ImageFormat;
use reqwest::Method;
use serde_json::{Value, json};

use crate::files::{at, fetch, file, files_in, header, place, send, until};
use crate::pictures::{encoded, halves};
use crate::place::{Person, Place, block, code, ok};

/// An upload of a picture this wide; its id.
async fn picture(person: &Person, width: u32) -> String {
    file(person, "name=secret-name.png", encoded(halves(width, 600), ImageFormat::Png)).await
}

async fn status(person: &Person, path: &str) -> u16 {
    fetch(person, path).await.status().as_u16()
}

fn of_user(user: &Person, photo: &str) -> String {
    format!("/api/v1/users/{}/photo/{photo}", user.id)
}

async fn photo_of(viewer: &Person, user: &Person) -> Value {
    ok(viewer.get(&format!("/api/v1/users/{}", user.id))).await["photo"].clone()
}

/// Waits until nothing is kept.
async fn nothing_is_left(place: &Place) {
    let blobs = place.folder.path().join("data/media/blobs");
    until("the bytes are gone", || files_in(&blobs).is_empty()).await;
}

#[tokio::test]
async fn a_photo_of_oneself_is_seen_by_those_who_may_and_goes_when_it_is_replaced() {
    let place = place().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let second = place.log_in("alice").await;
    let mut line = second.line().await;
    let one = picture(&alice, 700).await;
    assert_eq!(status(&bob, &of_user(&alice, &one)).await, 404);
    let me = ok(alice.patch("/api/v1/me", &json!({ "photo": one }))).await;
    assert_eq!(me["photo"], json!(one));
    assert_eq!(line.event("topic").await["topic"], "profile");
    for viewer in [&alice, &bob] {
        assert_eq!(photo_of(viewer, &alice).await, json!(one));
        let small = fetch(viewer, &format!("{}?size=small", of_user(&alice, &one))).await;
        assert_eq!(header(&small, "cache-control"), "private, no-cache");
        // What the file was called is nobody's business.
        assert_eq!(header(&small, "content-disposition"), "inline");
        let small = image::load_from_memory(&small.bytes().await.unwrap()).unwrap();
        assert_eq!(small.width(), 320);
    }
    assert_eq!(ok(alice.get("/api/v1/me")).await["user"]["photo"], json!(one));
    // In use, it is no upload to be given back or read as one; anything else of the profile leaves it.
    assert_eq!(code(&alice.delete(&format!("/api/v1/files/{one}")).await), (404, "not_found"));
    ok(alice.patch("/api/v1/me", &json!({ "status_text": "here" }))).await;
    ok(alice.patch("/api/v1/me", &json!({ "photo": one }))).await;
    assert_eq!(status(&bob, &of_user(&alice, &one)).await, 200);
    let two = picture(&alice, 640).await;
    ok(alice.patch("/api/v1/me", &json!({ "photo": two }))).await;
    assert_eq!(photo_of(&bob, &alice).await, json!(two));
    assert_eq!(status(&alice, &of_user(&alice, &one)).await, 404);
    assert_eq!(status(&bob, &of_user(&bob, &two)).await, 404);
    // What was replaced is spent.
    assert_eq!(code(&alice.patch("/api/v1/me", &json!({ "photo": one })).await), (404, "not_found"));
    ok(alice.patch("/api/v1/me", &json!({ "photo": "" }))).await;
    assert_eq!(photo_of(&bob, &alice).await, Value::Null);
    assert_eq!(status(&bob, &of_user(&alice, &two)).await, 404);
    nothing_is_left(&place).await;
    assert_eq!(alice.get("/api/v1/me/files").await.1["used_bytes"], 0);
}

#[tokio::test]
async fn who_may_see_a_photo_is_the_owners_choice() {
    let place = place().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let photo = picture(&alice, 400).await;
    ok(alice.patch("/api/v1/me", &json!({ "photo": photo }))).await;
    let path = of_user(&alice, &photo);
    for (choice, seen) in [("contacts", false), ("nobody", false), ("everybody", true)] {
        ok(alice.patch("/api/v1/me/privacy", &json!({ "picture": choice }))).await;
        assert_eq!(photo_of(&bob, &alice).await, if seen { json!(photo) } else { Value::Null }, "{choice}");
        assert_eq!(status(&bob, &path).await, if seen { 200 } else { 404 }, "{choice}");
        assert_eq!(status(&alice, &path).await, 200);
    }
    ok(alice.patch("/api/v1/me/privacy", &json!({ "picture": "contacts" }))).await;
    crate::place::befriend(&alice, &bob).await;
    assert_eq!(status(&bob, &path).await, 200);
    block(&alice, &bob).await;
    assert_eq!(status(&bob, &path).await, 404);
    assert_eq!(photo_of(&bob, &alice).await, Value::Null);
    assert_eq!(place.http.get(format!("{}{path}", place.url)).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn only_an_own_picture_stands_for_something() {
    let place = place().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("g", &[&bob]).await;
    let text_file = file(&alice, "", b"no picture".to_vec()).await;
    let bobs = picture(&bob, 400).await;
    let personal = format!("/api/v1/conversations/{group}/personal");
    for (named, refusal) in [
        (bobs.as_str(), (404, "not_found")),
        ("f_01h5n0k3v9w2x01h5n0k3v9w2y", (404, "not_found")),
        (text_file.as_str(), (422, "invalid_input")),
    ] {
        assert_eq!(code(&alice.patch("/api/v1/me", &json!({ "photo": named })).await), refusal);
        let update = alice.patch(&format!("/api/v1/conversations/{group}"), &json!({ "photo": named })).await;
        assert_eq!(code(&update), refusal);
        assert_eq!(code(&alice.patch(&personal, &json!({ "background": named })).await), refusal);
    }
    assert_eq!(
        code(&alice.patch("/api/v1/me", &json!({ "photo": "cat.png" })).await),
        (422, "invalid_input")
    );
    let eve = place.person("eve").await;
    let photo = picture(&eve, 400).await;
    let foreign = eve.patch(&format!("/api/v1/conversations/{group}"), &json!({ "photo": photo })).await;
    assert_eq!(code(&foreign), (404, "not_found"));
}

#[tokio::test]
async fn a_groups_photo_is_for_its_members() {
    let place = place().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = alice.group("g", &[&bob]).await;
    let conversation = format!("/api/v1/conversations/{group}");
    let mut line = bob.line().await;
    let photo = picture(&alice, 700).await;
    ok(alice.patch(&conversation, &json!({ "photo": photo }))).await;
    let entry = line.event("entry").await["entry"].clone();
    assert_eq!(
        (&entry["body"]["kind"], &entry["body"]["changes"]["photo"]),
        (&json!("settings_changed"), &json!(photo))
    );
    assert_eq!(ok(bob.get(&conversation)).await["photo"], json!(photo));
    assert_eq!(ok(bob.get("/api/v1/conversations")).await["conversations"][0]["photo"], json!(photo));
    let path = format!("{conversation}/photo/{photo}");
    for member in [&alice, &bob] {
        assert_eq!(status(member, &format!("{path}?size=large")).await, 200);
    }
    assert_eq!(status(&carol, &path).await, 404);
    // Who comes later sees it, who left does not.
    alice.post(&format!("{conversation}/members"), &json!({ "user_ids": [carol.id] })).await;
    assert_eq!(ok(carol.get(&conversation)).await["photo"], json!(photo));
    assert_eq!(status(&carol, &path).await, 200);
    ok(carol.post(&format!("{conversation}/leave"), &json!({}))).await;
    assert_eq!(status(&carol, &path).await, 404);
    // Another admin may say again what stands there, and put another in its place.
    ok(alice.post(&format!("{conversation}/roles"), &json!({ "user_id": bob.id, "role": "admin" }))).await;
    ok(bob.patch(&conversation, &json!({ "photo": photo, "description": "boats" }))).await;
    let other = picture(&bob, 500).await;
    ok(bob.patch(&conversation, &json!({ "photo": other }))).await;
    assert_eq!(status(&alice, &path).await, 404);
    assert_eq!(status(&alice, &format!("{conversation}/photo/{other}")).await, 200);
    let usage = alice.get("/api/v1/me/files").await.1;
    until_used(&alice, 0, &usage).await;
    // With the group its photo goes.
    ok(alice.post(&format!("{conversation}/dissolve"), &json!({}))).await;
    assert_eq!(status(&bob, &format!("{conversation}/photo/{other}")).await, 404);
    nothing_is_left(&place).await;
}

async fn until_used(person: &Person, bytes: u64, before: &Value) {
    for _ in 0..100 {
        if person.get("/api/v1/me/files").await.1["used_bytes"] == bytes {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("in 10 seconds: {bytes} bytes, there were {before}");
}

#[tokio::test]
async fn a_background_is_ones_own() {
    let place = place().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let second = place.log_in("alice").await;
    let group = alice.group("g", &[&bob]).await;
    let conversation = format!("/api/v1/conversations/{group}");
    let mut line = second.line().await;
    let sea = picture(&alice, 700).await;
    let set = |background: String| {
        let (alice, path) = (alice.clone(), format!("{conversation}/personal"));
        async move { ok(alice.patch(&path, &json!({ "background": background }))).await }
    };
    assert_eq!(set(sea.clone()).await["personal"]["background"], json!(sea));
    assert_eq!(line.event("summary").await["personal"]["background"], json!(sea));
    let path = format!("{conversation}/background/{sea}");
    assert_eq!(status(&alice, &path).await, 200);
    assert_eq!(status(&second, &format!("{path}?size=large")).await, 200);
    assert_eq!(status(&bob, &path).await, 404);
    assert!(bob.get(&conversation).await.1.get("personal").is_none());
    // A colour takes its place; a picture that a message carries too stays with the message.
    let index = send(&alice, &group, "k", &[json!({ "file_id": sea })]).await;
    set("teal".to_owned()).await;
    assert_eq!(status(&alice, &path).await, 404);
    assert_eq!(status(&bob, &at(&group, index, &sea)).await, 200);
    set(sea.clone()).await;
    assert_eq!(code(&alice.delete(&format!("{conversation}/messages/{index}")).await), (200, ""));
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    assert_eq!(status(&alice, &path).await, 200);
    // Who leaves leaves it behind.
    ok(alice.post(&format!("{conversation}/leave"), &json!({}))).await;
    nothing_is_left(&place).await;
    assert_eq!(status(&alice, &path).await, 404);
}

const LINK_CODE: &str = "parlance-link-code";

/// What is answered to whoever comes with the code of a link.
async fn by_link(person: &Person, path: &str, code: &str) -> reqwest::Response {
    person.request(Method::GET, path).header(LINK_CODE, code).send().await.unwrap()
}

#[tokio::test]
async fn a_link_shows_the_groups_photo_as_long_as_it_works() {
    let place = place().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("Team", &[]).await;
    let at = format!("/api/v1/conversations/{group}");
    let photo = picture(&alice, 700).await;
    ok(alice.patch(&at, &json!({ "photo": photo }))).await;
    let link = ok(alice.post(&format!("{at}/links"), &json!({}))).await;
    let secret = link["code"].as_str().unwrap();
    let preview = ok(bob.post("/api/v1/links/preview", &json!({ "code": secret }))).await;
    assert_eq!(preview["photo"], json!(photo));
    let shown = format!("{at}/photo/{photo}");
    assert_eq!(status(&bob, &shown).await, 404, "no member");
    for wrong in ["", "never-was", &secret[1..]] {
        assert_eq!(by_link(&bob, &shown, wrong).await.status(), 404, "{wrong}");
    }
    let small = by_link(&bob, &format!("{shown}?size=small"), secret).await;
    assert_eq!((small.status().as_u16(), header(&small, "content-disposition")), (200, "inline".to_owned()));
    let nobody = place.http.get(format!("{}{shown}", place.url)).header(LINK_CODE, secret);
    assert_eq!(nobody.send().await.unwrap().status(), 401);
    // The link is into this group, and shows what the group shows now.
    let other = alice.group("Other", &[]).await;
    let elsewhere = format!("/api/v1/conversations/{other}/photo/{photo}");
    assert_eq!(by_link(&bob, &elsewhere, secret).await.status(), 404);
    let next = picture(&alice, 640).await;
    ok(alice.patch(&at, &json!({ "photo": next }))).await;
    assert_eq!(by_link(&bob, &shown, secret).await.status(), 404, "replaced");
    let now = format!("{at}/photo/{next}");
    assert_eq!(by_link(&bob, &now, secret).await.status(), 200);
    // Links that are over: revoked, too old, used up; and whoever is not to come in.
    ok(alice.delete(&format!("{at}/links/{}", link["link_id"]))).await;
    assert_eq!(by_link(&bob, &now, secret).await.status(), 404, "revoked");
    let short = ok(alice.post(&format!("{at}/links"), &json!({ "expires_in_s": 1, "max_uses": 1 }))).await;
    let short = short["code"].as_str().unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert_eq!(by_link(&bob, &now, short).await.status(), 404, "over");
    let once = ok(alice.post(&format!("{at}/links"), &json!({ "max_uses": 1 }))).await;
    let once = once["code"].as_str().unwrap();
    let carol = place.person("carol").await;
    ok(carol.post("/api/v1/links/join", &json!({ "code": once }))).await;
    assert_eq!(by_link(&bob, &now, once).await.status(), 404, "used up");
    assert_eq!(status(&carol, &now).await, 200, "came in by it");
    let open = ok(alice.post(&format!("{at}/links"), &json!({}))).await;
    let open = open["code"].as_str().unwrap();
    assert_eq!(by_link(&bob, &now, open).await.status(), 200);
    ok(alice.patch(&at, &json!({ "joining": "closed" }))).await;
    assert_eq!(by_link(&bob, &now, open).await.status(), 404, "closed");
}
