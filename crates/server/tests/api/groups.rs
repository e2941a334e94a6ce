//! A group's shared settings, announcement and names, and keeping order in it: who may, what others and other devices see,
//! what it then allows, and every limit.

use serde_json::{Value, json};

use crate::place::{Person, Place, code, ok};

/// A group of alice, who owns it, bob and carol; and eve, who is not in it.
struct Room {
    #[allow(dead_code)] // holds the server
    place: Place,
    alice: Person,
    bob: Person,
    carol: Person,
    eve: Person,
    group: String,
    at: String,
}

impl Room {
    async fn new() -> Room {
        let place = Place::start().await;
        let (alice, bob) = (place.person("alice").await, place.person("bob").await);
        let (carol, eve) = (place.person("carol").await, place.person("eve").await);
        let group = alice.group("Team", &[&bob, &carol]).await;
        let at = format!("/api/v1/conversations/{group}");
        Room { place, alice, bob, carol, eve, group, at }
    }

    fn path(&self, rest: &str) -> String {
        format!("{}/{rest}", self.at)
    }

    async fn says(&self, who: &Person, key: &str) -> (u16, Value) {
        let input = json!({ "client_message_id": key, "text": "hello" });
        who.post(&self.path("messages"), &input).await
    }
}

#[tokio::test]
async fn settings_change_for_everybody_and_say_who_may_what() {
    let room = Room::new().await;
    let mut line = room.bob.line().await;
    let change = json!({ "name": "Crew", "description": "All of us", "who_posts": "admins" });
    assert_eq!(ok(room.alice.patch(&room.at, &change)).await["index"], 3);
    assert_eq!(line.event("entry").await["entry"]["body"], json!({ "kind": "renamed", "name": "Crew" }));
    let changed = json!({ "description": "All of us", "who_posts": "admins" });
    let heard = line.event("entry").await;
    assert_eq!(heard["entry"]["body"], json!({ "kind": "settings_changed", "changes": changed }));
    // The same again is no change.
    assert_eq!(ok(room.alice.patch(&room.at, &change)).await["index"], 3);
    let seen = ok(room.bob.get(&room.path("settings"))).await;
    assert_eq!((&seen["name"], &seen["settings"]["description"]), (&json!("Crew"), &json!("All of us")));
    assert_eq!((&seen["rights"]["post"], &seen["rights"]["manage"]), (&json!(false), &json!(false)));
    assert_eq!(code(&room.says(&room.bob, "b").await), (403, "forbidden"));
    assert_eq!(room.says(&room.alice, "a").await.0, 200);
    for (who, status) in [(&room.bob, 403), (&room.eve, 404)] {
        assert_eq!(who.patch(&room.at, &json!({ "slow_mode_s": 5 })).await.0, status);
    }
    assert_eq!(room.eve.get(&room.path("settings")).await.0, 404);
    for bad in [
        json!({ "slow_mode_s": 86_401 }),
        json!({ "who_posts": "nobody" }),
        json!({ "description": "x".repeat(501) }),
        json!({ "history": { "policy": "last_n", "count": 10_001 } }),
        json!({ "unknown": 1 }),
    ] {
        assert_eq!(code(&room.alice.patch(&room.at, &bad).await), (422, "invalid_input"), "{bad}");
    }
    assert_eq!(room.alice.patch(&room.at, &json!({ "slow_mode_s": 86_400 })).await.0, 200);
    // Renaming has a route of its own, and this one.
    assert_eq!(room.alice.post(&room.path("name"), &json!({ "name": "Team" })).await.0, 200);
    assert_eq!(room.alice.patch(&room.at, &json!({ "name": "Crew" })).await.0, 200);
    let direct = format!("/api/v1/conversations/{}", room.alice.direct(&room.bob));
    assert_eq!(code(&room.alice.patch(&direct, &json!({ "name": "x" })).await), (409, "conflict"));
}

#[tokio::test]
async fn an_announcement_is_seen_by_who_read_it_and_not_by_who_came_later() {
    let room = Room::new().await;
    let put = json!({ "text": "Friday at six" });
    assert_eq!(code(&room.bob.post(&room.path("announcement"), &put).await), (403, "forbidden"));
    let index = ok(room.alice.post(&room.path("announcement"), &put)).await["index"].clone();
    let stands = ok(room.bob.get(&room.path("settings"))).await["announcement"].clone();
    assert_eq!(
        (&stands["text"], &stands["by"], &stands["index"]),
        (&put["text"], &json!(room.alice.id), &index)
    );
    room.bob.post(&room.path("read"), &json!({ "index": index })).await;
    ok(room.alice.patch(&room.at, &json!({ "history": { "policy": "all" } }))).await;
    ok(room.alice.post(&room.path("members"), &json!({ "user_ids": [room.eve.id] }))).await;
    let page = ok(room.carol.get(&room.path("announcement/seen?limit=3"))).await;
    let rest = ok(room.carol.get(
        &room.path(&format!("announcement/seen?after={}", page["members"][2]["user_id"].as_str().unwrap())),
    ))
    .await;
    assert_eq!((&page["more"], &rest["more"]), (&json!(true), &json!(false)));
    let members = page["members"].as_array().unwrap().iter().chain(rest["members"].as_array().unwrap());
    let seen: Vec<&str> = members
        .filter(|member| member["seen"] == true)
        .map(|member| member["user_id"].as_str().unwrap())
        .collect();
    assert_eq!(seen, [room.bob.id.as_str()]);
    ok(room.alice.post(&room.path("announcement"), &json!({ "text": "" }))).await;
    assert!(ok(room.bob.get(&room.path("settings"))).await.get("announcement").is_none());
    let long = json!({ "text": "x".repeat(2_001) });
    assert_eq!(code(&room.alice.post(&room.path("announcement"), &long).await), (413, "too_large"));
}

#[tokio::test]
async fn a_name_within_the_group_is_shown_to_all_and_taken_away_by_admins() {
    let room = Room::new().await;
    ok(room.bob.post(&room.path("alias"), &json!({ "alias": "Skipper" }))).await;
    let members = ok(room.carol.get(&room.path("members"))).await;
    let aliases = |members: &Value| {
        let all = members["members"].as_array().unwrap();
        all.iter().filter_map(|member| member["alias"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(aliases(&members), ["Skipper"]);
    let of_bob = |alias: &str| json!({ "user_id": room.bob.id, "alias": alias });
    assert_eq!(room.carol.post(&room.path("alias"), &of_bob("")).await.0, 403);
    assert_eq!(room.alice.post(&room.path("alias"), &of_bob("Cook")).await.0, 403);
    assert_eq!(room.alice.post(&room.path("alias"), &of_bob("")).await.0, 200);
    assert!(aliases(&ok(room.carol.get(&room.path("members"))).await).is_empty());
    assert_eq!(room.bob.post(&room.path("alias"), &json!({ "alias": "x".repeat(65) })).await.0, 422);
    assert_eq!(room.eve.post(&room.path("alias"), &json!({ "alias": "Eve" })).await.0, 404);
}

#[tokio::test]
async fn who_is_muted_or_too_fast_is_told_how_long_to_wait() {
    let room = Room::new().await;
    let mute = room.path(&format!("members/{}/mute", room.bob.id));
    let until = parlance_server_now_ms() + 60_000;
    assert_eq!(code(&room.carol.post(&mute, &json!({ "until_ms": until })).await), (403, "forbidden"));
    ok(room.alice.post(&mute, &json!({ "until_ms": until }))).await;
    let refused = room.says(&room.bob, "b").await;
    assert_eq!(code(&refused), (403, "muted"));
    assert!((50_000..=60_000).contains(&refused.1["retry_after_ms"].as_u64().unwrap()), "{refused:?}");
    assert_eq!(ok(room.bob.get(&room.path("settings"))).await["muted_until_ms"], until);
    // Everything else works.
    assert_eq!(room.bob.get(&room.path("messages")).await.0, 200);
    ok(room.alice.post(&mute, &json!({ "until_ms": 0 }))).await;
    assert_eq!(room.says(&room.bob, "b").await.0, 200);

    ok(room.alice.patch(&room.at, &json!({ "slow_mode_s": 60 }))).await;
    let refused = room.says(&room.bob, "b2").await;
    assert_eq!(code(&refused), (429, "slow_mode"));
    assert!(refused.1["retry_after_ms"].as_u64().unwrap() > 50_000, "{refused:?}");
    // A repeat of what was sent is no second message.
    assert_eq!(room.says(&room.bob, "b").await.0, 200);
    assert_eq!(room.says(&room.alice, "a1").await.0, 200);
    assert_eq!(room.says(&room.alice, "a2").await.0, 200);
    // Two at the same time, one of them too soon.
    let (one, two) = tokio::join!(room.says(&room.carol, "c1"), room.says(&room.carol, "c2"));
    let mut statuses = [one.0, two.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 429]);
}

fn parlance_server_now_ms() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64
}

#[tokio::test]
async fn who_is_banned_is_out_at_once_and_stays_out() {
    let room = Room::new().await;
    let mut line = room.bob.line().await;
    let ban = json!({ "user_id": room.bob.id });
    assert_eq!(code(&room.carol.post(&room.path("bans"), &ban).await), (403, "forbidden"));
    assert_eq!(code(&room.eve.post(&room.path("bans"), &ban).await), (404, "not_found"));
    ok(room.alice.post(&room.path("bans"), &ban)).await;
    assert_eq!(line.event("entry").await["entry"]["body"]["kind"], "member_removed");
    room.alice.say(&room.group, "a", "without bob").await;
    assert!(line.is_quiet("entry").await, "bob hears on");
    assert_eq!(room.bob.get(&room.path("messages")).await.0, 404);
    assert_eq!(room.says(&room.bob, "b").await.0, 404);
    let bans = ok(room.alice.get(&room.path("bans"))).await;
    assert_eq!(
        (&bans["bans"][0]["user_id"], &bans["bans"][0]["by"]),
        (&ban["user_id"], &json!(room.alice.id))
    );
    assert_eq!(room.carol.get(&room.path("bans")).await.0, 403);
    let again = json!({ "user_ids": [room.bob.id] });
    assert_eq!(code(&room.alice.post(&room.path("members"), &again).await), (409, "conflict"));
    ok(room.alice.delete(&room.path(&format!("bans/{}", room.bob.id)))).await;
    assert_eq!(room.alice.post(&room.path("members"), &again).await.0, 200);
}

#[tokio::test]
async fn a_dissolved_group_is_gone_for_everybody_and_told_to_all_devices() {
    let room = Room::new().await;
    room.alice.say(&room.group, "a", "secret").await;
    let mut line = room.bob.line().await;
    let cursor = ok(room.carol.get("/api/v1/sync")).await["user_index"].clone();
    assert_eq!(code(&room.bob.post(&room.path("dissolve"), &json!({})).await), (403, "forbidden"));
    ok(room.alice.post(&room.path("dissolve"), &json!({}))).await;
    assert_eq!(line.event("entry").await["entry"]["body"], json!({ "kind": "dissolved" }));
    let changes = ok(room.carol.get(&format!("/api/v1/sync?since={cursor}"))).await;
    assert_eq!(changes["removed"], json!([room.group]));
    for who in [&room.alice, &room.bob, &room.carol] {
        for path in [room.at.clone(), room.path("messages"), room.path("members"), room.path("messages/2")] {
            assert_eq!(code(&who.get(&path).await), (404, "not_found"), "{path}");
        }
        assert!(ok(who.get("/api/v1/conversations")).await["conversations"].as_array().unwrap().is_empty());
        assert_eq!(room.says(who, "late").await.0, 404);
    }
}
