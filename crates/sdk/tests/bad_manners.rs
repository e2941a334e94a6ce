//! The client against a server that loses, repeats and reorders events and cuts connections: what the reader gets is
//! complete, in order and without repeats all the same.

#![allow(missing_docs, clippy::unwrap_used, clippy::result_large_err, clippy::wildcard_imports)]

mod fake;

use std::collections::HashMap;
use std::time::Duration;

use fake::{Fake, ME, Manners};
use parlance_proto::{Body, ConversationId, SendMessage, UserId};
use parlance_sdk::{
    Backoff, CallError, Client, NotSent, Options, QueuePlace, Start, Status, Update, Updates,
};

const BAD: Manners = Manners { lose: 0.15, repeat: 0.15, hold_back: 0.15, cut: 0.05 };
const GOOD: Manners = Manners { lose: 0.0, repeat: 0.0, hold_back: 0.0, cut: 0.0 };
const LONG: Duration = Duration::from_secs(20);

fn with_peer(number: u64) -> ConversationId {
    ConversationId::direct(ME, UserId(number))
}

fn options() -> Options {
    Options {
        backoff: Backoff { first_ms: 2, most_ms: 20 },
        call_timeout_ms: 2_000,
        updates_waiting_max: 4,
        ..Options::default()
    }
}

/// Reads until `wanted` entries have come, checking their order.
async fn read(updates: &mut Updates, wanted: usize) -> HashMap<ConversationId, Vec<String>> {
    let mut texts: HashMap<ConversationId, Vec<String>> = HashMap::new();
    let mut count = 0;
    while count < wanted {
        let update = tokio::time::timeout(LONG, updates.next()).await.expect("all entries arrive").unwrap();
        let Update::Entry { conversation_id, entry } = update else { continue };
        let Body::Text { text } = entry.body else { continue };
        let list = texts.entry(conversation_id).or_default();
        list.push(text);
        count += 1;
    }
    texts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_entry_comes_once_and_in_order_whatever_happens_to_hints_and_connections() {
    for seed in 0..12 {
        let (fake, url) = Fake::start(seed, BAD).await;
        let client =
            Client::connect(&url, "token", Options { start: Start::Beginning, ..options() }).await.unwrap();
        let mut updates = client.updates().unwrap();
        let writer = fake.clone();
        tokio::spawn(async move {
            for number in 0..200u64 {
                writer.store(
                    with_peer(2 + number % 3),
                    UserId(2),
                    &format!("k{number}"),
                    &number.to_string(),
                );
                if number % 7 == 0 {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
        });
        let texts = read(&mut updates, 200).await;
        for peer in 2..5 {
            assert_eq!(texts[&with_peer(peer)], fake.texts(with_peer(peer)), "seed {seed}");
        }
        client.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_goodbye_a_client_waits_unless_it_has_something_to_ask() {
    let (fake, url) = Fake::start(1, GOOD).await;
    let client = Client::connect(&url, "token", options()).await.unwrap();
    let mut status = client.status();
    fake.say_goodbye(60_000);
    status.wait_for(|status| matches!(status, Status::Offline { .. })).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(matches!(&*client.status().borrow(), Status::Offline { .. }), "nobody needs it");
    let began = std::time::Instant::now();
    client.call(SendMessage::text(with_peer(2), "k", "now")).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn queued_messages_arrive_once_and_in_order_over_cut_connections() {
    let (fake, url) = Fake::start(7, Manners { cut: 0.3, ..BAD }).await;
    let client = Client::connect(&url, "token", options()).await.unwrap();
    let mut tickets = Vec::new();
    for number in 0..60u64 {
        tickets.push(client.queue(with_peer(2 + number % 2), &number.to_string()).await.unwrap());
    }
    for ticket in tickets {
        tokio::time::timeout(LONG, ticket.accepted()).await.unwrap().unwrap();
    }
    let numbers =
        |parity: u64| (0..60).filter(|n| n % 2 == parity).map(|n| n.to_string()).collect::<Vec<_>>();
    assert_eq!(fake.texts(with_peer(2)), numbers(0));
    assert_eq!(fake.texts(with_peer(3)), numbers(1));
}

#[tokio::test]
async fn a_refused_message_is_told_to_its_ticket_or_kept_until_asked_for() {
    let (_fake, url) = Fake::start(1, GOOD).await;
    let client = Client::connect(&url, "token", options()).await.unwrap();
    let ticket = client.queue(with_peer(2), "refuse me").await.unwrap();
    assert!(matches!(ticket.accepted().await, Err(NotSent::Refused(_))));
    drop(client.queue(with_peer(2), "refuse me").await.unwrap());
    client.queue(with_peer(2), "last").await.unwrap().accepted().await.unwrap();
    assert_eq!(client.take_rejected().await.unwrap().len(), 1);
    assert!(client.take_rejected().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_bot_goes_on_where_it_stopped_and_sends_what_it_had_queued() {
    let (fake, url) = Fake::start(3, GOOD).await;
    let folder = tempfile::tempdir().unwrap();
    let stored = || Options {
        start: Start::Beginning,
        state_file: Some(folder.path().join("place.json")),
        queue: QueuePlace::File(folder.path().join("queue")),
        ..options()
    };
    for number in 0..20 {
        fake.store(with_peer(2), UserId(2), &format!("a{number}"), &number.to_string());
    }
    let client = Client::connect(&url, "token", stored()).await.unwrap();
    let mut updates = client.updates().unwrap();
    assert_eq!(read(&mut updates, 15).await[&with_peer(2)].len(), 15);
    updates.finish();
    client.close().await.unwrap();
    assert!(matches!(
        client.queue(with_peer(2), "late").await,
        Err(parlance_sdk::Error::Call(CallError::Closed))
    ));

    fake.store(with_peer(3), UserId(3), "b", "while away");
    let client = Client::connect(&url, "token", stored()).await.unwrap();
    let mut updates = client.updates().unwrap();
    let texts = read(&mut updates, 6).await;
    assert_eq!(texts[&with_peer(2)], ["15", "16", "17", "18", "19"]);
    assert_eq!(texts[&with_peer(3)], ["while away"]);
}

/// The planted bug "push without gap check" is caught by the same comparison that proves the follower right.
#[cfg(feature = "planted")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn planted_push_without_gap_check_is_caught() {
    let (fake, url) = Fake::start(1, BAD).await;
    let planted = Options { planted_no_gap_check: true, start: Start::Beginning, ..options() };
    let client = Client::connect(&url, "token", planted).await.unwrap();
    let mut updates = client.updates().unwrap();
    let writer = fake.clone();
    tokio::spawn(async move {
        for number in 0..200 {
            writer.store(with_peer(2), UserId(2), &format!("k{number}"), &number.to_string());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let mut texts = Vec::new();
    while let Ok(Some(update)) = tokio::time::timeout(Duration::from_secs(2), updates.next()).await {
        let Update::Entry { entry, .. } = update else { continue };
        let Body::Text { text } = entry.body else { continue };
        texts.push(text);
    }
    assert_ne!(texts, fake.texts(with_peer(2)), "the planted bug was not noticed");
}
