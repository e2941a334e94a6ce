//! One's own settings: mute, archive, pins, folders, notifications, filters of the list.
//! They show on one's other devices, and nobody else notices.

use serde_json::{Value, json};

use crate::place::{Person, Place, code, text};

const FOREVER_MS: i64 = 9_007_199_254_740_991;

async fn three_chats(place: &Place) -> (Person, Person, [String; 3]) {
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let chats = [alice.direct(&bob), alice.direct(&carol), alice.group("Team", &[&bob]).await];
    for (chat, sender) in chats.iter().zip([&bob, &carol, &bob]) {
        sender.say(chat, "k1", "hello").await;
    }
    (alice, bob, chats)
}

async fn listed(person: &Person, query: &str) -> Vec<String> {
    let (status, page) = person.get(&format!("/api/v1/conversations{query}")).await;
    assert_eq!(status, 200, "{page}");
    page["conversations"].as_array().unwrap().iter().map(|row| text(&row["conversation_id"])).collect()
}

#[tokio::test]
async fn settings_of_a_conversation_show_on_the_other_device_only() {
    let place = Place::start().await;
    let (alice, bob, [chat, ..]) = three_chats(&place).await;
    let laptop = place.log_in("alice").await;
    let since = laptop.get("/api/v1/sync").await.1["user_index"].clone();
    let (mut line, mut other) = (laptop.line().await, bob.line().await);
    let at = format!("/api/v1/conversations/{chat}");
    let wish =
        json!({ "muted_until_ms": FOREVER_MS, "archived": true, "background": "sea", "notify": "mentions" });
    let (status, row) = alice.patch(&format!("{at}/personal"), &wish).await;
    assert_eq!((status, &row["personal"]), (200, &wish));
    assert_eq!(line.event("summary").await["personal"], wish);
    let changes = laptop.get(&format!("/api/v1/sync?since={since}")).await.1;
    assert_eq!(changes["changed"][0]["personal"], wish);
    // What is not given stays; what is as at the beginning is not told.
    let less = json!({ "muted_until_ms": 0, "background": "" });
    let row = alice.patch(&format!("{at}/personal"), &less).await.1;
    assert_eq!(row["personal"], json!({ "archived": true, "notify": "mentions" }));
    assert!(bob.get(&at).await.1.get("personal").is_none());
    assert!(other.is_quiet("summary").await);
    for bad in
        [json!({ "muted_until_ms": -1 }), json!({ "background": "é".repeat(201) }), json!({ "notify": "x" })]
    {
        assert_eq!(code(&alice.patch(&format!("{at}/personal"), &bad).await), (422, "invalid_input"));
    }
    let eve = place.person("eve").await;
    assert_eq!(code(&eve.patch(&format!("{at}/personal"), &less).await), (404, "not_found"));
}

#[tokio::test]
async fn what_notifies_goes_back_to_the_general_setting() {
    let place = Place::start().await;
    let (alice, _, [_, _, group]) = three_chats(&place).await;
    let laptop = place.log_in("alice").await;
    let mut line = laptop.line().await;
    let at = format!("/api/v1/conversations/{group}");
    let mine = format!("{at}/personal");
    alice.patch(&mine, &json!({ "notify": "mentions", "archived": true })).await;
    assert_eq!(line.event("summary").await["personal"]["notify"], "mentions");
    // What is left out stays; only null says something.
    let row = alice.patch(&mine, &json!({ "archived": false })).await.1;
    assert_eq!(row["personal"], json!({ "archived": false, "notify": "mentions" }));
    assert_eq!(line.event("summary").await["personal"]["notify"], "mentions");
    let since = laptop.get("/api/v1/sync").await.1["user_index"].clone();
    let back = json!({ "notify": null });
    let (status, row) = alice.patch(&mine, &back).await;
    assert_eq!((status, row.get("personal")), (200, None), "as at the beginning");
    assert!(line.event("summary").await.get("personal").is_none(), "live, on the other device");
    let changes = laptop.get(&format!("/api/v1/sync?since={since}")).await.1;
    assert_eq!(changes["changed"][0]["conversation_id"], group.as_str());
    assert!(changes["changed"][0].get("personal").is_none(), "by sync, on the other device");
    assert!(place.log_in("alice").await.get(&at).await.1.get("personal").is_none(), "on a new one");
    // Again changes nothing, and nobody hears of it.
    assert_eq!(alice.patch(&mine, &back).await.0, 200);
    assert!(line.is_quiet("summary").await);
    // Over the WebSocket it is the same.
    alice.patch(&mine, &json!({ "notify": "nothing" })).await;
    line.event("summary").await;
    let wish = json!({ "conversation_id": group, "notify": null });
    assert!(line.does("conversation.personalize", wish).await.get("personal").is_none());
}

#[tokio::test]
async fn pins_stand_on_top_of_the_first_page_in_their_order() {
    let place = Place::start().await;
    let (alice, bob, [one, two, three]) = three_chats(&place).await;
    let mut line = place.log_in("alice").await.line().await;
    assert_eq!(listed(&alice, "").await, [&three, &two, &one].map(String::clone));
    let pins = json!({ "conversation_ids": [one, two] });
    assert_eq!(alice.post("/api/v1/pins", &pins).await, (200, pins.clone()));
    assert_eq!(line.event("topic").await["topic"], "pins");
    bob.say(&three, "k2", "more").await;
    assert_eq!(listed(&alice, "").await, [&one, &two, &three].map(String::clone));
    assert_eq!(listed(&alice, "?limit=1").await[..2], [one.clone(), two.clone()]);
    let row = alice.get(&format!("/api/v1/conversations/{two}")).await.1;
    assert_eq!(row["personal"]["pinned"], 2);
    // Each conversation is on one page only.
    let first = alice.get("/api/v1/conversations?limit=1").await.1;
    let mut seen: Vec<String> = listed(&alice, "?limit=1").await;
    let mut next = first["next"].clone();
    while let Value::String(after) = next {
        let page = alice.get(&format!("/api/v1/conversations?limit=1&after={after}")).await.1;
        seen.extend(
            page["conversations"].as_array().unwrap().iter().map(|row| text(&row["conversation_id"])),
        );
        next = page["next"].clone();
    }
    assert_eq!(seen, [one.clone(), two.clone(), three.clone()]);
    let twice = json!({ "conversation_ids": [one, one] });
    assert_eq!(code(&alice.post("/api/v1/pins", &twice).await), (422, "invalid_input"));
    let many = json!({ "conversation_ids": vec![&one; 101] });
    assert_eq!(code(&alice.post("/api/v1/pins", &many).await), (413, "too_large"));
    let foreign = json!({ "conversation_ids": [bob.direct(&place.person("dora").await)] });
    assert_eq!(code(&alice.post("/api/v1/pins", &foreign).await), (404, "not_found"));
    assert_eq!(listed(&bob, "").await[0], three, "another's pins change nothing for bob");
}

#[tokio::test]
async fn filters_and_folders_choose_from_the_list() {
    let place = Place::start().await;
    let (alice, _, [one, two, group]) = three_chats(&place).await;
    alice.post(&format!("/api/v1/conversations/{one}/read"), &json!({ "index": 1 })).await;
    alice.patch(&format!("/api/v1/conversations/{two}/personal"), &json!({ "archived": true })).await;
    assert_eq!(listed(&alice, "?filter=unread").await, [group.clone(), two.clone()]);
    assert_eq!(listed(&alice, "?filter=groups").await, std::slice::from_ref(&group));
    assert_eq!(listed(&alice, "?filter=direct").await, [two.clone(), one.clone()]);
    assert_eq!(listed(&alice, "?filter=archived").await, std::slice::from_ref(&two));
    assert_eq!(listed(&alice, "?filter=inbox&limit=1").await, std::slice::from_ref(&group));
    let page = alice.get("/api/v1/conversations?filter=direct&limit=1").await.1;
    let after = text(&page["next"]);
    assert_eq!(
        listed(&alice, &format!("?filter=direct&limit=1&after={after}")).await,
        std::slice::from_ref(&one)
    );
    let folder = json!({ "folder_id": "work", "name": "Work", "included": [one], "excluded": [two], "direct": true,
        "groups": false, "unread_only": false });
    let wish = json!({ "version": 0, "folders": [folder] });
    let answer = json!({ "version": 1, "folders": [folder] });
    let mut line = place.log_in("alice").await.line().await;
    assert_eq!(alice.post("/api/v1/folders", &wish).await, (200, answer.clone()));
    assert_eq!(line.event("topic").await["topic"], "folders");
    assert_eq!(alice.post("/api/v1/folders", &wish).await, (200, answer.clone()), "a repeat");
    assert_eq!(alice.get("/api/v1/folders").await, (200, answer));
    assert_eq!(listed(&alice, "?folder_id=work").await, std::slice::from_ref(&one));
    let stale = json!({ "version": 0, "folders": [] });
    assert_eq!(code(&alice.post("/api/v1/folders", &stale).await), (409, "conflict"));
    assert_eq!(code(&alice.get("/api/v1/conversations?folder_id=none").await), (404, "not_found"));
    assert_eq!(code(&alice.get("/api/v1/conversations?filter=none").await), (422, "invalid_input"));
}

#[tokio::test]
async fn notifications_have_settings_that_all_devices_share() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let mut line = place.log_in("alice").await.line().await;
    let fresh = json!({ "direct": "all", "groups": "all", "preview": true, "sound": true });
    assert_eq!(alice.get("/api/v1/notifications").await, (200, fresh));
    let hours = json!({ "from_minute": 1320, "to_minute": 420, "utc_offset_minutes": 60 });
    let wish = json!({ "groups": "mentions", "preview": false, "quiet_hours": hours });
    let (status, now) = alice.patch("/api/v1/notifications", &wish).await;
    let expected = json!({ "direct": "all", "groups": "mentions", "preview": false, "sound": true, "quiet_hours": hours });
    assert_eq!((status, &now), (200, &expected));
    assert_eq!(line.event("topic").await["topic"], "notifications");
    let never = json!({ "quiet_hours": { "from_minute": 0, "to_minute": 0, "utc_offset_minutes": 0 } });
    assert!(alice.patch("/api/v1/notifications", &never).await.1.get("quiet_hours").is_none());
    let bad = json!({ "quiet_hours": { "from_minute": 1440, "to_minute": 0, "utc_offset_minutes": 0 } });
    assert_eq!(code(&alice.patch("/api/v1/notifications", &bad).await), (422, "invalid_input"));
}
