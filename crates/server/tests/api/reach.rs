//! Telephone numbers and e-mail addresses: one's own affair, unique, and found by others only if one allows it.
//! Nobody there and nobody to be found are the same answer.

use serde_json::{Value, json};

use crate::place::{Person, Place, code};

async fn set(person: &Person, change: Value) -> (u16, Value) {
    person.patch("/api/v1/me", &change).await
}

const BY_PHONE: &str = "/api/v1/users?phone=%2B49%20170%20123-4567";
const BY_EMAIL: &str = "/api/v1/users?email=Ann%40Mail.Example";

#[tokio::test]
async fn they_are_seen_by_oneself_and_administrators_only() {
    let place = Place::start().await;
    let (root, ann, bob) = (place.person("root").await, place.person("ann").await, place.person("bob").await);
    let mut other = place.log_in("ann").await.line().await;
    let (status, user) =
        set(&ann, json!({ "phone": "+49 (170) 123-4567", "email": " Ann@Mail.Example" })).await;
    assert_eq!(status, 200, "{user}");
    assert_eq!(other.event("topic").await["topic"], "profile");
    let me = ann.get("/api/v1/me").await.1;
    assert_eq!((&me["phone"], &me["phone_verified"]), (&json!("+491701234567"), &json!(false)));
    assert_eq!((&me["email"], &me["email_verified"]), (&json!("ann@mail.example"), &json!(false)));
    for answer in [user, bob.get(&format!("/api/v1/users/{}", ann.id)).await.1] {
        assert!(!answer.to_string().contains("4567") && !answer.to_string().contains("mail"), "{answer}");
    }
    let seen = root.get(&format!("/api/v1/admin/users/{}", ann.id)).await.1;
    assert_eq!((&seen["phone"], &seen["email"]), (&json!("+491701234567"), &json!("ann@mail.example")));
    let found = root.get("/api/v1/admin/users?query=1701234").await.1;
    assert_eq!(found["users"][0]["user"]["user_id"], json!(ann.id));
    // What is not given stays; an empty one goes.
    set(&ann, json!({ "display_name": "Ann", "email": "" })).await;
    let me = ann.get("/api/v1/me").await.1;
    assert_eq!((&me["phone"], me.get("email")), (&json!("+491701234567"), None));
    let log = root.get("/api/v1/admin/audit").await.1.to_string();
    assert!(log.contains("profile.update") && !log.contains("4567") && !log.contains("mail.ex"), "{log}");
}

#[tokio::test]
async fn who_allows_it_is_found_and_nobody_else() {
    let place = Place::start().await;
    let (ann, bob) = (place.person("ann").await, place.person("bob").await);
    let nobody = bob.get(BY_PHONE).await;
    assert_eq!(code(&nobody), (404, "not_found"));
    set(&ann, json!({ "phone": "+491701234567", "email": "ann@mail.example" })).await;
    for path in [BY_PHONE, BY_EMAIL] {
        assert_eq!(bob.get(path).await, nobody, "not allowed is as not there");
    }
    let allow = json!({ "find_by_phone": true });
    let privacy = ann.patch("/api/v1/me/privacy", &allow).await.1;
    assert_eq!((&privacy["find_by_phone"], &privacy["find_by_email"]), (&json!(true), &json!(false)));
    assert_eq!(bob.get(BY_PHONE).await.1["user_id"], json!(ann.id));
    assert_eq!(bob.get(BY_EMAIL).await, nobody);
    ann.patch("/api/v1/me/privacy", &json!({ "find_by_phone": false, "find_by_email": true })).await;
    assert_eq!(bob.get(BY_PHONE).await, nobody);
    assert_eq!(bob.get(BY_EMAIL).await.1["user_id"], json!(ann.id));
    // By one thing at a time.
    assert_eq!(bob.get("/api/v1/users?username=ann").await.1["user_id"], json!(ann.id));
    for path in ["/api/v1/users", "/api/v1/users?username=ann&phone=%2B491701234567"] {
        assert_eq!(code(&bob.get(path).await), (422, "invalid_input"), "{path}");
    }
    assert_eq!(code(&bob.get("/api/v1/users?phone=0170").await), (422, "invalid_input"));
    assert_eq!(code(&bob.get("/api/v1/users?email=ann").await), (422, "invalid_input"));
    // A changed address is not found any more, and one that is gone either.
    set(&ann, json!({ "email": "new@mail.example" })).await;
    assert_eq!(bob.get(BY_EMAIL).await, nobody);
    assert_eq!(bob.get("/api/v1/users?email=new%40mail.example").await.0, 200);
    set(&ann, json!({ "email": "" })).await;
    assert_eq!(bob.get("/api/v1/users?email=new%40mail.example").await, nobody);
}

#[tokio::test]
async fn a_number_belongs_to_one_account_until_it_is_given_up() {
    let place = Place::start().await;
    let (ann, bob) = (place.person("ann").await, place.person("bob").await);
    let number = json!({ "phone": "+491701234567" });
    assert_eq!(set(&ann, number.clone()).await.0, 200);
    assert_eq!(set(&ann, number.clone()).await.0, 200, "again is nothing to do");
    assert_eq!(code(&set(&bob, number.clone()).await), (409, "conflict"));
    assert!(bob.get("/api/v1/me").await.1.get("phone").is_none());
    let (one, two) = tokio::join!(
        set(&ann, json!({ "email": "both@mail.example" })),
        set(&bob, json!({ "email": "both@mail.example" })),
    );
    let mut codes = [one.0, two.0];
    codes.sort_unstable();
    assert_eq!(codes, [200, 409]);
    set(&ann, json!({ "phone": "+491709999999" })).await;
    assert_eq!(set(&bob, number).await.0, 200, "given up by the other");
    for bad in [json!({ "phone": "0170 123" }), json!({ "email": "bob@home" })] {
        assert_eq!(code(&set(&bob, bad).await), (422, "invalid_input"));
    }
}

#[tokio::test]
async fn looking_for_people_has_its_pace() {
    let place = Place::start_with(|config| config.limits.look_ups_per_day = 2).await;
    let (ann, bob) = (place.person("ann").await, place.person("bob").await);
    set(&ann, json!({ "phone": "+491701234567" })).await;
    let mut codes = vec![set(&bob, json!({ "phone": "+491701234567" })).await.0];
    codes.push(bob.get(BY_PHONE).await.0);
    codes.push(bob.get(BY_PHONE).await.0);
    codes.push(set(&bob, json!({ "email": "bob@mail.example" })).await.0);
    codes.push(set(&bob, json!({ "display_name": "Bob" })).await.0);
    assert_eq!(codes, [409, 404, 429, 429, 200]);
}
