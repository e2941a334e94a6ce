//! Retry keys: the same key and text are the same message for 7 days, whatever happens to the server.
//!
//! A key with another text is refused, and never makes a second message.

use parlance_domain::Rejection;
use parlance_engine::Options;
use parlance_proto::CreateGroup;

use crate::harness::{Server, refusal};

const DAY_MS: i64 = 24 * 3_600 * 1_000;

#[tokio::test(start_paused = true)]
async fn a_repeat_gets_the_first_answer() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let first = alice.try_send(chat, "k1", "hello").await.unwrap();
    alice.send(chat, "between").await;
    for _ in 0..3 {
        assert_eq!(alice.try_send(chat, "k1", "hello").await.unwrap(), first);
    }
    assert_eq!(refusal(alice.try_send(chat, "k1", "other").await), Rejection::RetryKeyReused);
    assert_eq!(bob.texts(chat).await, ["hello", "between"]);
}

#[tokio::test(start_paused = true)]
async fn a_repeat_in_the_same_batch_is_one_message() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let (one, other, third) = tokio::join!(
        alice.try_send(chat, "k1", "hello"),
        alice.try_send(chat, "k1", "hello"),
        alice.try_send(chat, "k1", "other"),
    );
    assert_eq!(one.unwrap(), other.unwrap());
    assert_eq!(refusal(third), Rejection::RetryKeyReused);
    assert_eq!(bob.texts(chat).await, ["hello"]);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_the_senders_and_the_conversations() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    assert_eq!(alice.try_send(alice.with(&bob), "k1", "one").await.unwrap().index, 1);
    assert_eq!(bob.try_send(alice.with(&bob), "k1", "two").await.unwrap().index, 2);
    assert_eq!(alice.try_send(alice.with(&carol), "k1", "three").await.unwrap().index, 1);
    let tablet = server.device(alice.id()).await;
    assert_eq!(
        tablet.try_send(alice.with(&bob), "k1", "one").await.unwrap().index,
        1,
        "any device of the user"
    );
}

#[tokio::test(start_paused = true)]
async fn malformed_keys_are_refused() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    for bad in ["", "a b", &"k".repeat(65)] {
        assert_eq!(
            refusal(alice.try_send(alice.with(&bob), bad, "text").await),
            Rejection::BadClientMessageId
        );
    }
    alice.try_send(alice.with(&bob), &"k".repeat(64), "text").await.unwrap();
}

/// Sends before and after a checkpoint, goes through `what`, and repeats all of it.
async fn survives(options: Options, what: impl AsyncFn(&mut Server)) {
    let mut server = Server::with(options);
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let mut answers = Vec::new();
    for number in 0..10 {
        let key = format!("k{number}");
        answers.push((key.clone(), alice.try_send(chat, &key, &key).await.unwrap()));
        if number == 4 {
            // Long enough for a checkpoint, where the settings have one.
            tokio::time::sleep(std::time::Duration::from_secs(10)).await;
        }
    }
    what(&mut server).await;
    let alice = server.again(&alice);
    for (key, answer) in &answers {
        assert_eq!(alice.try_send(chat, key, key).await.unwrap(), *answer, "{key}");
        assert_eq!(refusal(alice.try_send(chat, key, "other").await), Rejection::RetryKeyReused, "{key}");
    }
    assert_eq!(server.again(&bob).texts(chat).await.len(), 10);
}

#[tokio::test(start_paused = true)]
async fn keys_survive_a_crash_with_a_checkpoint() {
    survives(Options::default(), async |server: &mut Server| server.crash()).await;
}

#[tokio::test(start_paused = true)]
async fn keys_survive_a_crash_without_a_checkpoint() {
    let never = 100_000_000;
    survives(Options { tidy_ms: never, ..Options::default() }, async |server: &mut Server| server.crash())
        .await;
}

#[tokio::test(start_paused = true)]
async fn keys_survive_a_stop_and_a_crash_right_after() {
    survives(Options::default(), async |server: &mut Server| {
        server.restart().await;
        server.crash();
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn keys_survive_the_owner_falling_asleep() {
    survives(Options { idle_ms: 1_000, ..Options::default() }, async |_: &mut Server| {
        tokio::time::sleep(std::time::Duration::from_secs(3_600)).await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn keys_survive_more_messages_than_memory_keeps() {
    let server = Server::lazy();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    for number in 0..1_200 {
        alice.send(chat, &format!("k{number}")).await;
    }
    for number in [0, 1, 511, 512, 513, 1_199] {
        let key = format!("k{number}");
        assert_eq!(alice.try_send(chat, &key, &key).await.unwrap().index, number + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_while_keys_become_rows() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    server.store.slow_down(50);
    for number in 0..2_000 {
        let began = tokio::time::Instant::now();
        alice.send(chat, &format!("k{number}")).await;
        assert!(began.elapsed().is_zero(), "message {number} waited for {:?}", began.elapsed());
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    server.crash();
    let alice = server.again(&alice);
    for number in [0, 511, 512, 513, 570, 1_024, 1_140, 1_999] {
        let key = format!("k{number}");
        assert_eq!(alice.try_send(chat, &key, &key).await.unwrap().index, number + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_is_forgotten_after_7_days_by_the_clock() {
    let server = Server::with(Options { idle_ms: 1_000, ..Options::default() });
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.try_send(chat, "k1", "hello").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    server.clock.pass(7 * DAY_MS - 60_000);
    assert_eq!(alice.try_send(chat, "k1", "hello").await.unwrap().index, 1, "within 7 days");
    server.clock.pass(120_000);
    assert_eq!(alice.try_send(chat, "k1", "hello again").await.unwrap().index, 2, "after 7 days");
    assert_eq!(alice.try_send(chat, "k1", "hello again").await.unwrap().index, 2);
}

#[tokio::test(start_paused = true)]
async fn making_a_group_twice_makes_one() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let group = alice.group("Team", &[&bob]).await;
    server.crash();
    let (alice, bob) = (server.again(&alice), server.again(&bob));
    assert_eq!(alice.group("Team", &[&bob]).await, group);
    let other = CreateGroup {
        name: "Crew".to_owned(),
        member_ids: vec![bob.id()],
        client_message_id: "make-Team".to_owned(),
        kind: None,
    };
    assert_eq!(refusal(alice.engine.create_group(alice.caller, other).await), Rejection::RetryKeyReused);
    assert_eq!(alice.history(group).await.head, 1);
    assert_ne!(bob.group("Team", &[&alice]).await, group, "a key is its user's");
}
