//! Administration through the doors: for administrators alone, at once, and on record.
//! For everybody else there is nothing there.

use std::time::{Duration, Instant};

use parlance_proto::{Access, Method, OPERATIONS};
use serde_json::json;

use crate::place::{PASSWORD, Person, Place, answer, code, text};

async fn acts(alice: &Person) -> Vec<String> {
    let (_, page) = alice.get("/api/v1/admin/audit?limit=200").await;
    page["records"].as_array().unwrap().iter().rev().map(|record| text(&record["act"])).collect()
}

#[tokio::test]
async fn for_members_and_strangers_there_is_no_administration() {
    const FILE: &str = "f_00000000000000000000000001";
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let mut line = bob.line().await;
    let ids = [
        ("user_id", &alice.id[..]),
        ("conversation_id", "g_0000000000001"),
        ("report_id", "r_0000000000001"),
        ("hold_id", "h_0000000000001"),
        ("pack_id", "p_0000000000001"),
        ("file_id", FILE),
        ("name", "parrot"),
    ];
    let rows = OPERATIONS.iter().filter(|row| row.access == Access::Administrator);
    for row in rows {
        let path = ids
            .iter()
            .fold(row.path.to_owned(), |path, (field, value)| path.replace(&format!("{{{field}}}"), value));
        let path = if row.name == "admin.export_conversation" { path + "?reason=case" } else { path };
        let method = match row.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut input = json!({});
        match row.name {
            "admin.create_user" => input = json!({ "username": "eve" }),
            "admin.set_administrator" => input = json!({ "administrator": true }),
            "admin.announce" => input = json!({ "text": "hello" }),
            "hold.create" => input = json!({ "note": "case 7" }),
            "retention.set" => input = json!({ "conversation_id": "g_0000000000001" }),
            "report.resolve" => input = json!({ "action": "warned" }),
            "sticker.create_pack" => input = json!({ "name": "Cats" }),
            "emoji.add" => input = json!({ "name": "parrot", "file_id": FILE }),
            "sticker.add" => input = json!({ "file_id": FILE, "emoji": "🐱" }),
            _ => {}
        }
        let mut request = bob.request(method.clone(), &path);
        if method != reqwest::Method::GET {
            request = request.json(&input);
        }
        assert_eq!(code(&answer(request).await), (404, "unknown_operation"), "{}", row.name);
        for (field, value) in ids {
            if row.path.contains(field) {
                input[field] = json!(value);
            }
        }
        if row.name == "admin.export_conversation" {
            input["reason"] = json!("case");
        }
        assert_eq!(line.refused(row.name, input).await, "unknown_operation", "{}", row.name);
    }
    assert_eq!(code(&place.get("/api/v1/admin/users").await), (401, "not_signed_in"));
    // The same names on the administrator's own connection.
    let mut line = alice.line().await;
    assert_eq!(line.does("admin.overview", json!({})).await["users"], 2);
    let found = line.does("admin.list_users", json!({ "query": "bob" })).await;
    assert_eq!(found["users"][0]["user"]["user_id"], bob.id.as_str());
}

#[tokio::test]
async fn a_disabled_user_is_out_within_a_second_and_others_see_it() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    bob.patch("/api/v1/me", &json!({ "status_text": "here" })).await;
    let chat = alice.direct(&bob);
    bob.say(&chat, "k1", "before").await;
    let line = bob.line().await;
    let since = bob.get("/api/v1/sync").await.1["user_index"].as_u64().unwrap();
    let polling = bob.clone();
    let poll =
        tokio::spawn(async move { polling.get(&format!("/api/v1/sync?since={since}&wait_ms=20000")).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    let disabled =
        alice.post(&format!("/api/v1/admin/users/{}/disable", bob.id), &json!({ "reason": "spam" })).await;
    assert_eq!(disabled.0, 200);
    assert!(disabled.1["disabled_ms"].is_i64() && disabled.1["user"]["disabled"] == true);
    assert_eq!(line.close().await.0, 4401);
    let polled = poll.await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(polled.0, 401, "{polled:?}");
    assert_eq!(code(&bob.get("/api/v1/me").await), (401, "session_ended"));
    assert_eq!(code(&place.log_in_with("bob", PASSWORD).await), (403, "user_disabled"));
    assert_eq!(code(&place.log_in_with("bob", "not this password").await), (401, "wrong_credentials"));
    let (_, seen) = alice.get(&format!("/api/v1/users/{}", bob.id)).await;
    assert_eq!(
        (&seen["disabled"], &seen["status_text"], &seen["username"]),
        (&json!(true), &json!(""), &json!("bob"))
    );
    assert_eq!(code(&alice.get("/api/v1/users?username=bob").await), (404, "not_found"));
    let group = json!({ "name": "Team", "member_ids": [bob.id], "client_message_id": "g1" });
    assert_eq!(code(&alice.post("/api/v1/conversations", &group).await), (404, "not_found"));
    alice.say(&chat, "k2", "for later").await;
    assert_eq!(alice.post(&format!("/api/v1/admin/users/{}/enable", bob.id), &json!({})).await.0, 200);
    let bob = place.log_in("bob").await;
    let (_, history) = bob.get(&format!("/api/v1/conversations/{chat}/messages")).await;
    assert_eq!(history["head"], 2, "what was sent meanwhile is there");
    let own = alice.post(&format!("/api/v1/admin/users/{}/disable", alice.id), &json!({})).await;
    assert_eq!(code(&own), (409, "conflict"));
    let nobody = alice.post("/api/v1/admin/users/u_0000000000001/disable", &json!({})).await;
    assert_eq!(code(&nobody), (404, "not_found"));
}

#[tokio::test]
async fn a_one_time_password_opens_no_session_without_a_new_one() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let reset = alice.post(&format!("/api/v1/admin/users/{}/password", bob.id), &json!({})).await;
    let once = text(&reset.1["password"]);
    assert_eq!(code(&bob.get("/api/v1/me").await), (401, "session_ended"));
    assert_eq!(code(&place.log_in_with("bob", PASSWORD).await), (401, "wrong_credentials"));
    assert_eq!(code(&place.log_in_with("bob", &once).await), (403, "password_change_needed"));
    let sign_in = |password: &str, new: &str| {
        let input = json!({ "username": "bob", "password": password, "new_password": new });
        let place = &place;
        async move { place.post("/api/v1/login", &input).await }
    };
    assert_eq!(code(&sign_in(&once, "short").await), (422, "weak_password"));
    assert_eq!(code(&sign_in(&once, &once).await), (422, "weak_password"));
    assert_eq!(code(&sign_in("not this password", "a new good one").await), (401, "wrong_credentials"));
    assert_eq!(sign_in(&once, "a new good one").await.0, 200);
    assert_eq!(place.log_in_with("bob", "a new good one").await.0, 200);
    assert_eq!(code(&sign_in("a new good one", "another good one").await), (422, "invalid_input"));
    assert_eq!(code(&place.log_in_with("bob", &once).await), (401, "wrong_credentials"));
    let made = alice.post("/api/v1/admin/users", &json!({ "username": "carol" })).await;
    let once = text(&made.1["password"]);
    assert_eq!(code(&place.log_in_with("carol", &once).await), (403, "password_change_needed"));
    let again = alice.post("/api/v1/admin/users", &json!({ "username": "carol" })).await;
    assert_eq!(code(&again), (409, "name_taken"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sign_ins_that_race_with_a_reset_none_is_left() {
    let place = Place::start_with(|config| config.limits.tries_per_account = 1_000).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let sign_ins = futures_util::future::join_all((0..24).map(|_| place.log_in_with("bob", PASSWORD)));
    let reset = async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        alice.post(&format!("/api/v1/admin/users/{}/password", bob.id), &json!({})).await
    };
    let (signed_in, reset) = tokio::join!(sign_ins, reset);
    assert_eq!(reset.0, 200);
    for (status, answer) in signed_in {
        match status {
            200 => assert_eq!(place.of(&answer).get("/api/v1/me").await.0, 401),
            _ => assert!(status == 401 || status == 403, "{answer}"),
        }
    }
}

#[tokio::test]
async fn users_are_listed_searched_and_shown() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    for name in ["bob", "bobby", "carol"] {
        place.person(name).await;
    }
    let (_, page) = alice.get("/api/v1/admin/users?limit=3").await;
    let names: Vec<_> =
        page["users"].as_array().unwrap().iter().map(|one| text(&one["user"]["username"])).collect();
    assert_eq!(names, ["carol", "bobby", "bob"]);
    let (_, rest) = alice.get(&format!("/api/v1/admin/users?limit=3&after={}", text(&page["next"]))).await;
    assert_eq!((rest["users"].as_array().unwrap().len(), &rest["next"]), (1, &json!(null)));
    let (_, found) = alice.get("/api/v1/admin/users?query=BOB").await;
    assert_eq!(found["users"].as_array().unwrap().len(), 2);
    assert!(!found.to_string().contains("argon2"), "no hash leaves");
    let (_, shown) = alice.get(&format!("/api/v1/admin/users/{}", alice.id)).await;
    assert_eq!((&shown["administrator"], &shown["must_change_password"]), (&json!(true), &json!(false)));
    assert_eq!(code(&alice.get("/api/v1/admin/users?limit=201").await), (422, "invalid_input"));
}

#[tokio::test]
async fn administrators_are_made_and_unmade_but_not_by_themselves() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let set = |person: &Person| format!("/api/v1/admin/users/{}/administrator", person.id);
    assert_eq!(alice.post(&set(&bob), &json!({ "administrator": true })).await.0, 200);
    assert_eq!(bob.get("/api/v1/admin/overview").await.0, 200, "at once, on the session there is");
    assert_eq!(code(&alice.post(&set(&alice), &json!({ "administrator": false })).await), (409, "conflict"));
    assert_eq!(bob.post(&set(&alice), &json!({ "administrator": false })).await.0, 200);
    assert_eq!(code(&alice.get("/api/v1/admin/overview").await), (404, "unknown_operation"));
}

#[tokio::test]
async fn settings_change_while_the_server_runs_and_survive_it() {
    let mut place = Place::start_with(|_| {}).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let settings = "/api/v1/admin/settings";
    assert_eq!(alice.get(settings).await.1["changed"], json!([]));
    let change = json!({ "conversation_sends_burst": 1, "conversation_sends_per_second": 1, "registration": "closed" });
    let (_, changed) = alice.patch(settings, &change).await;
    assert_eq!((&changed["conversation_sends_burst"], &changed["sends_burst"]), (&json!(1), &json!(20)));
    alice.say(&chat, "k1", "one").await;
    let input = json!({ "client_message_id": "k2", "text": "two" });
    let refused = alice.post(&format!("/api/v1/conversations/{chat}/messages"), &input).await;
    assert_eq!(code(&refused), (429, "rate_limited"));
    let register = json!({ "username": "carol", "password": PASSWORD });
    assert_eq!(code(&place.post("/api/v1/register", &register).await), (403, "registration_closed"));
    for (bad, status) in [
        (json!({}), 422),
        (json!({ "sends_burst": 0 }), 422),
        (json!({ "group_max_members": 100_001 }), 422),
        (json!({ "reset": ["listen"] }), 422),
        (json!({ "listen": "0.0.0.0:1" }), 422),
    ] {
        assert_eq!(alice.patch(settings, &bad).await.0, status, "{bad}");
    }
    place.stop().await;
    let again =
        parlance_server::Server::start(Place::settings(place.folder.path().join("data"))).await.unwrap();
    let alice = Person { url: again.url().to_owned(), ..alice };
    assert_eq!(alice.get(settings).await.1["registration"], "closed");
    let reset =
        json!({ "reset": ["registration", "conversation_sends_burst", "conversation_sends_per_second"] });
    assert_eq!(alice.patch(settings, &reset).await.1["changed"], json!([]));
    assert_eq!(alice.get("/api/v1/server").await.1["registration"], "open");
    again.stop().await.unwrap();
}

#[tokio::test]
async fn an_announcement_reaches_everybody_now_and_later() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let mut line = bob.line().await;
    let announcement = "/api/v1/admin/announcement";
    alice.post(announcement, &json!({ "text": " Maintenance at noon " })).await;
    assert_eq!(line.event("announcement").await["announcement"]["text"], "Maintenance at noon");
    assert_eq!(bob.get("/api/v1/me").await.1["announcement"]["text"], "Maintenance at noon");
    let bearer = format!("Bearer {}", bob.token);
    let mut late = crate::line::Line::open(&place.url, &[("authorization", &bearer)]).await.unwrap();
    assert_eq!(late.event("hello").await["announcement"]["text"], "Maintenance at noon");
    assert_eq!(
        code(&alice.post(announcement, &json!({ "text": "x".repeat(1_001) })).await),
        (413, "too_large")
    );
    alice.post(announcement, &json!({ "text": "" })).await;
    assert_eq!(line.event("announcement").await["announcement"], json!(null));
    assert_eq!(bob.get("/api/v1/me").await.1["announcement"], json!(null));
}

#[tokio::test]
async fn groups_are_shown_without_content() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let group = bob.group("g1", &[&carol]).await;
    bob.say(&group, "k1", "a secret of the group").await;
    let (_, page) = alice.get("/api/v1/admin/groups").await;
    let row = &page["groups"][0];
    assert_eq!(
        (&row["name"], &row["owner"], &row["member_count"]),
        (&json!("Team"), &json!(bob.id), &json!(2))
    );
    assert_eq!((&row["head"], &row["messages"]), (&json!(2), &json!(1)));
    assert!(!page.to_string().contains("secret"));
    assert_eq!(alice.get(&format!("/api/v1/admin/groups/{group}")).await.1, *row);
    let found = async |query: &str| alice.get(&format!("/api/v1/admin/groups?{query}")).await.1;
    assert_eq!(found("query=EA").await, page);
    assert_eq!(found("query=crew").await, json!({ "groups": [] }));
    carol.group("g2", &[&bob]).await;
    let first = found("query=team&limit=1").await;
    let second = found(&format!("query=team&limit=1&after={}", text(&first["next"]))).await;
    assert_eq!((second["groups"][0].clone(), &second["next"]), (row.clone(), &json!(null)));
    let direct = alice.get(&format!("/api/v1/admin/groups/{}", bob.direct(&carol))).await;
    assert_eq!(direct, alice.get("/api/v1/admin/groups/g_0000000000001").await);
    assert_eq!(code(&direct), (404, "not_found"));
    let (_, overview) = alice.get("/api/v1/admin/overview").await;
    assert_eq!((&overview["users"], &overview["groups"]), (&json!(3), &json!(2)));
}

#[tokio::test]
async fn a_report_is_taken_once_and_its_copy_ends_with_it() {
    let place = Place::start().await;
    let (alice, bob, carol) =
        (place.person("alice").await, place.person("bob").await, place.person("carol").await);
    let chat = bob.direct(&carol);
    let index = bob.say(&chat, "k1", "at first").await;
    let message = format!("/api/v1/conversations/{chat}/messages/{index}");
    let edit = json!({ "text": "an insult" });
    let edited = bob.patch(&message, &edit).await;
    assert_eq!(edited.0, 200, "{edited:?}");
    let path = format!("/api/v1/conversations/{chat}/messages/{index}/report");
    let input = json!({ "reason": "abuse", "note": "rude" });
    assert_eq!(code(&alice.post(&path, &input).await), (404, "not_found"), "only who may read it");
    let (_, first) = carol.post(&path, &input).await;
    assert_eq!(carol.post(&path, &json!({ "reason": "spam" })).await.1, first);
    assert_eq!(code(&carol.post(&path, &json!({ "reason": "dull" })).await), (422, "invalid_input"));
    let long = json!({ "reason": "abuse", "note": "x".repeat(1_001) });
    assert_eq!(code(&carol.post(&path, &long).await), (413, "too_large"));
    let none = format!("/api/v1/conversations/{chat}/messages/{}/report", index + 1);
    assert_eq!(code(&carol.post(&none, &input).await), (404, "not_found"));
    // Recalled by its sender: the copy stays for the administrators while the report is open.
    assert_eq!(bob.delete(&message).await.0, 200);
    assert!(!carol.get(&message).await.1.to_string().contains("insult"));
    assert_eq!(carol.post(&path, &input).await.1, first, "a retry finds the report");
    let (_, queue) = alice.get("/api/v1/admin/reports").await;
    assert_eq!(queue["reports"].as_array().unwrap().len(), 1);
    assert!(!queue.to_string().contains("insult"), "the queue shows no content");
    let report = format!("/api/v1/admin/reports/{}", text(&first["report_id"]));
    assert_eq!(alice.get(&report).await.1["entry"]["body"]["text"], "an insult");
    let (_, done) =
        alice.post(&format!("{report}/resolve"), &json!({ "action": "warned", "note": "told" })).await;
    assert_eq!((&done["report"]["resolution"]["action"], &done["entry"]), (&json!("warned"), &json!(null)));
    assert_eq!(alice.get(&report).await.1["entry"], json!(null));
    let other = alice.post(&format!("{report}/resolve"), &json!({ "action": "disabled" })).await;
    assert_eq!(code(&other), (409, "conflict"));
    assert_eq!(alice.get("/api/v1/admin/reports").await.1["reports"], json!([]));
    let (_, resolved) = alice.get("/api/v1/admin/reports?state=resolved").await;
    assert_eq!(resolved["reports"].as_array().unwrap().len(), 1);
    assert_eq!(code(&alice.get("/api/v1/admin/reports/r_0000000000001").await), (404, "not_found"));
}

#[tokio::test]
async fn reports_have_a_rate_of_their_own() {
    let place = Place::start_with(|config| config.limits.reports_per_hour = 2).await;
    let (bob, carol) = (place.person("bob").await, place.person("carol").await);
    let chat = bob.direct(&carol);
    let input = json!({ "reason": "spam" });
    for number in 1..=3 {
        let index = bob.say(&chat, &format!("k{number}"), "buy this").await;
        let path = format!("/api/v1/conversations/{chat}/messages/{index}/report");
        let reported = carol.post(&path, &input).await;
        match number {
            3 => assert_eq!(code(&reported), (429, "rate_limited")),
            _ => assert_eq!(reported.0, 200),
        }
    }
}

#[tokio::test]
async fn what_concerns_security_is_on_record() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    for _ in 0..6 {
        place.log_in_with("bob", "not this password").await;
    }
    alice.post(&format!("/api/v1/admin/users/{}/sign_out", bob.id), &json!({})).await;
    let second = place.log_in("alice").await;
    second
        .post("/api/v1/me/password", &json!({ "password": PASSWORD, "new_password": "another good one" }))
        .await;
    second.post("/api/v1/logout", &json!({})).await;
    let alice = place.log_in_with("alice", "another good one").await;
    let alice = place.of(&alice.1);
    let expected = [
        "account.register",
        "account.register",
        "session.guessing",
        "admin.sign_out_user",
        "session.log_in",
        "account.change_password",
        "session.log_out",
        "session.log_in",
    ];
    assert_eq!(acts(&alice).await, expected);
    let (_, page) = alice.get("/api/v1/admin/audit?act=session.guessing").await;
    assert_eq!(
        (&page["records"][0]["object"], &page["records"][0]["by"]),
        (&json!(bob.id), &json!("stranger"))
    );
    let (_, page) = alice.get(&format!("/api/v1/admin/audit?actor={}&limit=2", alice.id)).await;
    assert_eq!(page["records"].as_array().unwrap().len(), 2);
    let next = page["next"].as_u64().unwrap();
    let (_, rest) = alice.get(&format!("/api/v1/admin/audit?actor={}&before={next}", alice.id)).await;
    assert_eq!(rest["records"].as_array().unwrap().len(), 4);
    let folder = place.folder.path().join("data");
    let told = tokio::task::spawn_blocking(move || {
        let sound = crate::program::parlance_done(&folder, &["audit", "verify"], "");
        let last = sound.rsplit(' ').next().unwrap().trim().to_owned();
        crate::program::parlance_done(&folder, &["audit", "verify", "--expect", &last], "");
        let export = crate::program::parlance_done(&folder, &["audit", "export"], "");
        (sound, export)
    });
    let (sound, export) = told.await.unwrap();
    assert!(sound.starts_with("8 records, all sound"), "{sound}");
    assert_eq!(export.lines().count(), 8);
    assert!(!export.contains("another good one") && !export.contains(&alice.token));
}

#[tokio::test]
async fn figures_count_what_happens_while_an_administrator_looks() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let (status, before) = alice.get("/api/v1/admin/figures").await;
    assert_eq!(status, 200);
    assert!(before["store_bytes"].as_u64().unwrap() > 0 && before["time_ms"].as_i64().unwrap() > 0);
    let mut line = alice.line().await;
    for turn in 0..3 {
        bob.say(&alice.direct(&bob), &format!("k{turn}"), "hello").await;
    }
    let after = line.does("admin.figures", json!({})).await;
    // The recorder is the process's, and other tests run beside this one: counts may be higher.
    let grown = |name: &str| after[name].as_u64().unwrap() >= before[name].as_u64().unwrap();
    assert!(after["messages"].as_u64().unwrap() >= before["messages"].as_u64().unwrap() + 3);
    assert!(after["connections"].as_u64().unwrap() >= 1 && grown("messages"));
    let delivery = &after["delivery"];
    assert!(delivery["count"].as_u64().unwrap() >= delivery["within"][0]["count"].as_u64().unwrap());
    assert_eq!(code(&bob.get("/api/v1/admin/figures").await), (404, "unknown_operation"));
}
