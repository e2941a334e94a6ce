//! Coming into a group by a link or by asking: who may make and end links, how many come in, and what the others and the
//! asker's other devices see of it.

use serde_json::{Value, json};

use crate::place::{Person, Place, code, ok, text};

async fn link(maker: &Person, at: &str, input: Value) -> (String, u64) {
    let link = ok(maker.post(&format!("{at}/links"), &input)).await;
    (text(&link["code"]), link["link_id"].as_u64().unwrap())
}

async fn join(person: &Person, code: &str) -> (u16, Value) {
    person.post("/api/v1/links/join", &json!({ "code": code })).await
}

#[tokio::test]
async fn a_link_shows_the_group_and_lets_in() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("Team", &[]).await;
    let at = format!("/api/v1/conversations/{group}");
    alice.say(&group, "a", "early").await;
    let (secret, id) = link(&alice, &at, json!({})).await;
    let preview = ok(bob.post("/api/v1/links/preview", &json!({ "code": secret }))).await;
    assert_eq!(
        (&preview["name"], &preview["member_count"], &preview["member"]),
        (&json!("Team"), &json!(1), &json!(false))
    );
    assert!(preview.get("last_message").is_none());
    let mut line = alice.line().await;
    let mut other = place.log_in("bob").await.line().await;
    let outcome = ok(join(&bob, &secret)).await;
    assert_eq!(outcome["conversation"]["conversation_id"], json!(group));
    let heard = line.event("entry").await;
    assert_eq!(
        (&heard["entry"]["sender"], &heard["entry"]["body"]["kind"]),
        (&json!(bob.id), &json!("member_joined"))
    );
    assert_eq!(other.event("entry").await["entry"]["body"]["kind"], "member_joined");
    // A repeat is no second joining.
    ok(join(&bob, &secret)).await;
    assert_eq!(bob.get(&at).await.1["head"], 3);
    assert_eq!(bob.get(&at).await.1["visible_from"], 3);
    let links = ok(alice.get(&format!("{at}/links"))).await;
    assert_eq!((&links["links"][0]["uses"], links["links"][0].get("code")), (&json!(1), None));
    // Members make no links unless the group says so, and end only their own.
    assert_eq!(code(&bob.post(&format!("{at}/links"), &json!({})).await), (403, "forbidden"));
    ok(alice.patch(&at, &json!({ "who_adds": "members" }))).await;
    assert_eq!(code(&bob.delete(&format!("{at}/links/{id}")).await), (403, "forbidden"));
    let (_, own) = link(&bob, &at, json!({})).await;
    assert_eq!(ok(bob.get(&format!("{at}/links"))).await["links"].as_array().unwrap().len(), 1);
    ok(bob.delete(&format!("{at}/links/{own}"))).await;
    ok(alice.delete(&format!("{at}/links/{id}"))).await;
    ok(alice.delete(&format!("{at}/links/{id}"))).await;
    let eve = place.person("eve").await;
    for dead in [secret.as_str(), "never-was", ""] {
        assert_eq!(code(&join(&eve, dead).await), (404, "not_found"), "{dead}");
        let preview = eve.post("/api/v1/links/preview", &json!({ "code": dead })).await;
        assert_eq!(code(&preview), (404, "not_found"), "{dead}");
    }
    assert_eq!(eve.get(&format!("{at}/links")).await.0, 404);
}

#[tokio::test]
async fn fifty_at_once_by_a_link_with_seven_uses_and_seven_are_in() {
    let place = Place::start_with(|config| {
        config.limits.rates = false;
        config.limits.registrations_per_hour = 1_000;
    })
    .await;
    let alice = place.person("alice").await;
    let group = alice.group("Team", &[]).await;
    let at = format!("/api/v1/conversations/{group}");
    let (secret, _) = link(&alice, &at, json!({ "max_uses": 7 })).await;
    let mut people = Vec::new();
    for number in 0..50 {
        people.push(place.person(&format!("person{number}")).await);
    }
    let tries = people.iter().map(|person| join(person, &secret));
    let answers = futures_util::future::join_all(tries).await;
    let inside = answers.iter().filter(|answer| answer.0 == 200).count();
    assert_eq!(inside, 7);
    assert!(answers.iter().filter(|answer| answer.0 != 200).all(|answer| code(answer) == (404, "not_found")));
    assert_eq!(alice.get(&at).await.1["member_count"], 8);
    for (person, answer) in people.iter().zip(&answers) {
        assert_eq!(person.get(&at).await.0, answer.0);
    }
}

#[tokio::test]
async fn links_end_by_time_and_by_the_groups_wish_and_not_for_the_banned() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("Team", &[]).await;
    let at = format!("/api/v1/conversations/{group}");
    let (short, _) = link(&alice, &at, json!({ "expires_in_s": 1 })).await;
    let (secret, _) = link(&alice, &at, json!({})).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    assert_eq!(code(&join(&bob, &short).await), (404, "not_found"));
    ok(alice.patch(&at, &json!({ "joining": "closed" }))).await;
    assert_eq!(code(&join(&bob, &secret).await), (404, "not_found"));
    ok(alice.patch(&at, &json!({ "joining": "link" }))).await;
    ok(alice.post(&format!("{at}/bans"), &json!({ "user_id": bob.id }))).await;
    assert_eq!(code(&join(&bob, &secret).await), (403, "banned"));
    for bad in [json!({ "max_uses": 0 }), json!({ "expires_in_s": 0 }), json!({ "expires_in_s": 31_536_001 })]
    {
        assert_eq!(code(&alice.post(&format!("{at}/links"), &bad).await), (422, "invalid_input"), "{bad}");
    }
}

#[tokio::test]
async fn a_request_is_decided_by_admins_and_the_askers_devices_hear_of_it() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let (carol, dora) = (place.person("carol").await, place.person("dora").await);
    let group = alice.group("Team", &[&dora]).await;
    let at = format!("/api/v1/conversations/{group}");
    let asks = json!({ "note": "May I?" });
    // A group that takes no requests is not there for who is not in it.
    assert_eq!(code(&bob.post(&format!("{at}/requests"), &asks).await), (404, "not_found"));
    ok(alice.patch(&at, &json!({ "joining": "request" }))).await;
    let mut staff = alice.line().await;
    let mut other = place.log_in("bob").await.line().await;
    assert!(ok(bob.post(&format!("{at}/requests"), &asks)).await.get("conversation").is_none());
    ok(bob.post(&format!("{at}/requests"), &asks)).await;
    assert_eq!(staff.event("topic").await["topic"], "join_requests");
    assert_eq!(other.event("topic").await["topic"], "join_requests");
    assert_eq!(ok(bob.get("/api/v1/me/join_requests")).await["requests"][0]["declined"], false);
    ok(carol.post(&format!("{at}/requests"), &json!({}))).await;
    let list = ok(alice.get(&format!("{at}/requests"))).await;
    assert_eq!(list["requests"].as_array().unwrap().len(), 2);
    assert_eq!(code(&dora.get(&format!("{at}/requests")).await), (403, "forbidden"));
    let decide = |who: &Person| format!("{at}/requests/{}", who.id);
    let yes = json!({ "approve": true });
    assert_eq!(code(&dora.post(&decide(&bob), &yes).await), (403, "forbidden"));
    assert_eq!(code(&carol.post(&decide(&bob), &yes).await), (404, "not_found"));
    ok(alice.post(&decide(&bob), &yes)).await;
    ok(alice.post(&decide(&bob), &yes)).await;
    assert_eq!(other.event("entry").await["entry"]["body"]["kind"], "members_added");
    assert_eq!(bob.get(&at).await.0, 200);
    assert!(ok(bob.get("/api/v1/me/join_requests")).await["requests"].as_array().unwrap().is_empty());
    ok(alice.post(&decide(&carol), &json!({ "approve": false }))).await;
    assert_eq!(ok(carol.get("/api/v1/me/join_requests")).await["requests"][0]["declined"], true);
    assert_eq!(code(&alice.post(&decide(&carol), &json!({ "approve": false })).await), (404, "not_found"));
    assert_eq!(carol.get(&at).await.0, 404);
    ok(carol.delete(&format!("{at}/requests"))).await;
    assert!(ok(carol.get("/api/v1/me/join_requests")).await["requests"].as_array().unwrap().is_empty());
    let long = json!({ "note": "x".repeat(301) });
    assert_eq!(code(&carol.post(&format!("{at}/requests"), &long).await), (422, "invalid_input"));
}

#[tokio::test]
async fn a_link_with_approval_leads_to_a_request() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let group = alice.group("Team", &[]).await;
    let at = format!("/api/v1/conversations/{group}");
    let (secret, _) = link(&alice, &at, json!({ "approval": true })).await;
    let preview = ok(bob.post("/api/v1/links/preview", &json!({ "code": secret }))).await;
    assert_eq!(preview["approval"], true);
    let outcome = ok(bob.post("/api/v1/links/join", &json!({ "code": secret, "note": "Bob here" }))).await;
    assert!(outcome.get("conversation").is_none());
    assert_eq!(bob.get(&at).await.0, 404);
    let list = ok(alice.get(&format!("{at}/requests"))).await;
    assert_eq!(
        (&list["requests"][0]["note"], &list["requests"][0]["user_id"]),
        (&json!("Bob here"), &json!(bob.id))
    );
    ok(alice.post(&format!("{at}/requests/{}", bob.id), &json!({ "approve": true }))).await;
    assert_eq!(bob.get(&at).await.0, 200);
}
