//! Legal holds: what is erased or edited while one is on it is kept, for administrators' exports only, until it is released.
//! Nobody in the conversation can tell whether there is a hold.

use serde_json::{Value, json};

use crate::place::{Person, Place, code};
use crate::program::{files_with, parlance, says};

async fn hold(root: &Person, on: Value) -> String {
    let mut input = on;
    input["note"] = json!("case 7");
    let (status, made) = root.post("/api/v1/admin/holds", &input).await;
    assert_eq!(status, 200, "{made}");
    assert_eq!(root.post("/api/v1/admin/holds", &input).await.1, made, "the same again");
    made["hold_id"].as_str().unwrap().to_owned()
}

/// The lines of a conversation's export.
async fn export(root: &Person, id: &str) -> Vec<Value> {
    let at = format!("/api/v1/admin/conversations/{id}/export?reason=case");
    let (status, page) = root.get(&at).await;
    assert_eq!(status, 200, "{page}");
    page["lines"].as_str().unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What holds keep, as texts.
fn kept(lines: &[Value]) -> Vec<&str> {
    let held = lines.iter().filter_map(|line| line["held"]["entry"]["body"]["text"].as_str());
    held.collect()
}

async fn release(root: &Person, hold: &str) -> (u16, Value) {
    root.post(&format!("/api/v1/admin/holds/{hold}/release"), &json!({})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_or_edited_is_kept_until_the_hold_is_released() {
    let mut place = Place::start().await;
    let (root, alice, bob) =
        (place.person("root").await, place.person("alice").await, place.person("bob").await);
    let group = alice.group("g", &[&bob]).await;
    let message = |index: u64| format!("/api/v1/conversations/{group}/messages/{index}");
    let before = alice.say(&group, "0", "canary-unheld").await;
    alice.delete(&message(before)).await;
    let early = alice.say(&group, "1", "canary-held, first").await;
    alice.patch(&message(early), &json!({ "text": "canary-held, second" })).await;
    let on_group = hold(&root, json!({ "conversation_id": group })).await;
    let on_alice = hold(&root, json!({ "user_id": alice.id })).await;
    alice.patch(&message(early), &json!({ "text": "canary-held, third" })).await;
    let recalled = alice.say(&group, "2", "canary-held, recalled").await;
    alice.delete(&message(recalled)).await;
    alice.delete(&message(early)).await;
    let stays = alice.say(&group, "3", "stays").await;
    // By the conversation's own time too.
    let old = bob.say(&group, "4", "canary-held, expired").await;
    let keep = json!({ "conversation_id": group, "keep_s": 5 });
    assert_eq!(root.post("/api/v1/admin/retention", &keep).await.0, 200);
    while bob.get(&message(old)).await.1["body"]["kind"] != "gone" {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    root.post("/api/v1/admin/retention", &json!({ "conversation_id": group })).await;
    let lines = export(&root, &group).await;
    let texts = [
        "canary-held, first",
        "canary-held, second",
        "canary-held, third",
        "canary-held, recalled",
        "stays",
        "canary-held, expired",
    ];
    assert_eq!(kept(&lines), texts);
    let first = lines.iter().find(|line| line["held"].is_object()).unwrap();
    assert_eq!(first["held"]["hold_ids"], json!([on_group, on_alice]));
    assert_eq!(first["held"]["entry"]["index"], json!(early));
    assert_eq!(
        lines.iter().filter(|line| line["index"].is_u64()).count() as u64,
        lines.last().unwrap()["index"].as_u64().unwrap()
    );
    assert!(stays < old);
    // For members there is nothing of it.
    for person in [&alice, &bob] {
        let at = format!("/api/v1/conversations/{group}");
        for path in [format!("{at}/messages?after=0&limit=200"), format!("{at}/export"), at] {
            let answer = person.get(&path).await.1.to_string();
            assert!(!answer.contains("canary") && !answer.contains(&on_group), "{path}: {answer}");
        }
        let path = format!("/api/v1/admin/conversations/{group}/export?reason=case");
        assert_eq!(code(&person.get(&path).await), (404, "unknown_operation"));
    }
    // One hold is enough to keep it; without any it is erased.
    assert_eq!(release(&root, &on_group).await.0, 200);
    assert_eq!(kept(&export(&root, &group).await).len(), texts.len());
    let (status, ended) = release(&root, &on_alice).await;
    assert_eq!((status, ended["released_ms"].is_i64()), (200, true));
    assert_eq!(release(&root, &on_alice).await.1, ended, "again changes nothing");
    assert_eq!(kept(&export(&root, &group).await), [""; 0]);
    let listed = root.get("/api/v1/admin/holds").await.1;
    let listed = listed["holds"].as_array().unwrap();
    assert!(listed.len() == 2 && listed.contains(&ended), "{listed:?}");
    let log = root.get("/api/v1/admin/audit").await.1.to_string();
    for act in ["hold.create", "hold.release", "admin.export_conversation", "case 7"] {
        assert!(log.contains(act), "{act}: {log}");
    }
    assert!(!log.contains("canary"));
    root.get("/api/v1/sync?since=0").await;
    let folder = place.folder.path().join("data");
    assert!(says(&parlance(&folder, &["compact"])).contains("compacted"));
    assert_eq!(files_with(&folder, b"canary"), [""; 0]);
    place.stop().await;
}

#[tokio::test]
async fn a_hold_is_on_one_thing_and_outlives_a_restart() {
    let mut place = Place::start().await;
    let (root, bob) = (place.person("root").await, place.person("bob").await);
    let chat = root.direct(&bob);
    let make = |input: Value| {
        let root = root.clone();
        async move { root.post("/api/v1/admin/holds", &input).await }
    };
    let on_both = json!({ "user_id": bob.id, "conversation_id": chat, "note": "x" });
    for bad in [on_both, json!({ "note": "x" }), json!({ "user_id": bob.id, "note": " " })] {
        assert_eq!(code(&make(bad).await), (422, "invalid_input"));
    }
    let long = |chars: usize| json!({ "user_id": bob.id, "note": "é".repeat(chars) });
    assert_eq!(code(&make(long(1_001)).await), (422, "invalid_input"));
    assert_eq!(code(&make(json!({ "user_id": "u_0000000000009", "note": "x" })).await), (404, "not_found"));
    assert_eq!(code(&make(json!({ "conversation_id": chat, "note": "x" })).await), (404, "not_found"));
    assert_eq!(code(&release(&root, "h_0000000000009").await), (404, "not_found"));
    let (status, made) = make(long(1_000)).await;
    assert_eq!(status, 200, "{made}");
    assert_eq!(
        code(&root.get(&format!("/api/v1/admin/conversations/{chat}/export?reason=")).await),
        (422, "invalid_input")
    );
    let folder = place.folder.path().join("data");
    place.stop().await;
    let server = parlance_server::Server::start(Place::settings(folder)).await.unwrap();
    let again = |person: &Person| Person { url: server.url().to_owned(), ..person.clone() };
    let (root, bob) = (again(&root), again(&bob));
    // What others write in a conversation with the one on hold is kept too.
    let index = root.say(&chat, "k", "kept").await;
    root.delete(&format!("/api/v1/conversations/{chat}/messages/{index}")).await;
    assert_eq!(kept(&export(&root, &chat).await), ["kept"]);
    assert_eq!(code(&bob.get("/api/v1/admin/holds").await), (404, "unknown_operation"));
    server.stop().await.unwrap();
}

#[tokio::test]
async fn files_of_what_is_taken_back_stay_for_the_hold_and_for_nobody_else() {
    let place = crate::files::place().await;
    let (root, alice, bob) =
        (place.person("root").await, place.person("alice").await, place.person("bob").await);
    let blobs = place.folder.path().join("data/media/blobs");
    let chat = alice.direct(&bob);
    let held = crate::files::file(&alice, "", b"the canary sings".to_vec()).await;
    let index = crate::files::send(&alice, &chat, "k", &[json!({ "file_id": held })]).await;
    let on_chat = hold(&root, json!({ "conversation_id": chat })).await;
    assert_eq!(alice.delete(&format!("/api/v1/conversations/{chat}/messages/{index}")).await.0, 200);
    // To its uploader it is gone, quota and all, however long one waits.
    let other = crate::files::file(&alice, "", b"another".to_vec()).await;
    assert_eq!(alice.delete(&format!("/api/v1/files/{other}")).await.0, 200);
    crate::files::until("the books are closed", || crate::files::files_in(&blobs).len() == 1).await;
    assert_eq!(alice.get("/api/v1/me/files").await.1["used_bytes"], 0);
    let path = format!("/api/v1/admin/holds/{on_chat}/files/{held}");
    let why = format!("{path}?reason=case");
    let got = crate::files::fetch(&root, &why).await;
    assert_eq!((got.status().as_u16(), got.text().await.unwrap().as_str()), (200, "the canary sings"));
    assert_eq!(crate::files::fetch(&alice, &why).await.status(), 404);
    assert_eq!(crate::files::fetch(&root, &path).await.status(), 422, "without a reason");
    assert_eq!(crate::files::fetch(&root, &why.replace(&held, &other)).await.status(), 404);
    let log = root.get("/api/v1/admin/audit").await.1.to_string();
    assert!(log.contains("hold.read_file") && log.contains(&format!("{held}: case")), "{log}");
    assert_eq!(release(&root, &on_chat).await.0, 200);
    assert_eq!(crate::files::fetch(&root, &why).await.status(), 404);
    crate::files::until("the bytes are gone", || crate::files::files_in(&blobs).is_empty()).await;
}
