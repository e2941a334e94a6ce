//! Several nodes that hear each other: sends go to the node that comes first, and are done where they were asked when it does
//! not answer.
//!
//! One node owns nothing here, so that everything it is asked is the other's to do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parlance_bus::{Answer, Bus, Handler, Local, Responder, Subscription, Unanswered};
use parlance_domain::Rejection;
use parlance_engine::{Engine, Error, Hint, Options, Roles};
use parlance_proto::{MuteMember, SendMessage};
use tokio::time::Instant;

use crate::harness::{Device, Server, refusal};

/// Everything goes through.
const WELL: u64 = 0;
/// Requests are lost.
const DEAF: u64 = 1;
/// Requests are heard, their answers are lost.
const DUMB: u64 = 2;
/// The bus is away.
const AWAY: u64 = 3;

/// The bus of both nodes, and how it is.
#[derive(Default)]
struct Wire {
    local: Local<Hint>,
    state: AtomicU64,
    /// Requests so far.
    asked: AtomicU64,
}

impl Wire {
    fn is(&self, state: u64) {
        self.state.store(state, Ordering::Relaxed);
    }

    fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Bus<Hint> for Wire {
    fn publish(&self, subject: &str, message: &Hint) {
        if self.is_up() {
            self.local.publish(subject, message);
        }
    }

    fn subscribe(&self, subject: &str, handler: Handler<Hint>) -> Subscription {
        self.local.subscribe(subject, handler)
    }

    fn request(&self, subject: &str, message: &Hint) -> Answer<Hint> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match self.state.load(Ordering::Relaxed) {
            WELL => self.local.request(subject, message),
            DUMB => {
                drop(self.local.request(subject, message));
                Box::pin(std::future::pending())
            }
            DEAF => Box::pin(std::future::pending()),
            _ => Box::pin(std::future::ready(Err(Unanswered::Nobody))),
        }
    }

    fn respond(&self, subject: &str, responder: Responder<Hint>) -> Subscription {
        self.local.respond(subject, responder)
    }

    fn is_up(&self) -> bool {
        self.state.load(Ordering::Relaxed) != AWAY
    }
}

/// Two nodes that know each other: the first owns nothing, the second everything.
struct Pair {
    server: Server,
    wire: Arc<Wire>,
    gateway: Engine,
    owner: Engine,
}

impl Pair {
    async fn start() -> Pair {
        Pair::with(Options::default()).await
    }

    async fn with(options: Options) -> Pair {
        let server = Server::with(Options { alone: false, ..Options::default() });
        let wire = Arc::new(Wire::default());
        let several = Options { alone: false, ..options };
        let owner = server.fellow(Arc::clone(&wire) as _, &several);
        let roles = Roles { owner: false, ..Roles::ALL };
        let gateway = server.fellow(Arc::clone(&wire) as _, &Options { roles, ..several });
        tokio::time::sleep(Duration::from_millis(10)).await;
        Pair { server, wire, gateway, owner }
    }

    fn at(&self, device: &Device) -> Device {
        Device::new(self.gateway.clone(), device.caller, device.token)
    }

    fn at_owner(&self, device: &Device) -> Device {
        Device::new(self.owner.clone(), device.caller, device.token)
    }
}

fn took_ms(since: Instant) -> u128 {
    since.elapsed().as_millis()
}

#[tokio::test(start_paused = true)]
async fn a_send_that_another_node_commits_reads_no_more_than_one_that_is_committed_here() {
    let pair = Pair::start().await;
    let [alice, bob] = pair.server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let (there, here) = (pair.at(&alice), pair.at_owner(&alice));
    let reads = async |device: &Device, texts: [&str; 3]| {
        device.send(chat, texts[0]).await;
        let before = pair.server.store.reads();
        for text in &texts[1..] {
            device.send(chat, text).await;
        }
        pair.server.store.reads() - before
    };
    // One each, for the retry key.
    assert_eq!(reads(&there, ["one", "two", "three"]).await, 2);
    assert_eq!(reads(&here, ["four", "five", "six"]).await, 2);
}

#[tokio::test(start_paused = true)]
async fn a_send_is_done_by_the_node_that_comes_first_and_read_where_it_was_asked() {
    let pair = Pair::start().await;
    let [alice, bob] = pair.server.users(["alice", "bob"]).await;
    let (alice, chat) = (pair.at(&alice), alice.with(&bob));
    let cursor = alice.cursor().await;
    let index = alice.send(chat, "one").await.index;
    assert_eq!((index, pair.wire.asked()), (1, 1));
    // At once, by every way, at the node that gave the answer.
    assert_eq!(alice.texts(chat).await, ["one"]);
    assert_eq!(alice.list().await.iter().map(|row| row.head).collect::<Vec<_>>(), [1]);
    assert_eq!(alice.sync(cursor).await.changed.len(), 1);
    // A repeat is known, and what the rules say comes back as they say it.
    assert_eq!(alice.send(chat, "one").await.index, 1);
    assert_eq!(refusal(alice.try_send(chat, "one", "other").await), Rejection::RetryKeyReused);
    // The owner asks nobody.
    let before = pair.wire.asked();
    pair.at_owner(&bob).send(chat, "two").await;
    assert_eq!(pair.wire.asked(), before);
}

#[tokio::test(start_paused = true)]
async fn many_sends_at_once_share_a_message_and_keep_their_order() {
    let pair = Pair::start().await;
    let [alice, bob] = pair.server.users(["alice", "bob"]).await;
    let (alice, chat) = (pair.at(&alice), alice.with(&bob));
    let mut pending = Vec::new();
    for number in 0..500 {
        let input = SendMessage::text(chat, format!("k{number}"), format!("{number}"));
        pending.push(alice.engine.send_message(alice.caller, input).await.unwrap());
    }
    for (number, one) in (1..).zip(pending) {
        assert_eq!(one.await.unwrap().index, number);
    }
    assert!((2..20).contains(&pair.wire.asked()), "{}", pair.wire.asked());
}

#[tokio::test(start_paused = true)]
async fn what_is_not_answered_is_done_here_once_and_the_next_does_not_wait() {
    for state in [DEAF, DUMB] {
        let pair = Pair::start().await;
        let [alice, bob] = pair.server.users(["alice", "bob"]).await;
        let (alice, chat) = (pair.at(&alice), alice.with(&bob));
        pair.wire.is(state);
        let began = Instant::now();
        assert_eq!(alice.send(chat, "one").await.index, 1);
        assert!((1_000..1_200).contains(&took_ms(began)), "{}", took_ms(began));
        let began = Instant::now();
        alice.send(chat, "two").await;
        assert!(took_ms(began) < 50, "{}", took_ms(began));
        assert_eq!(alice.texts(chat).await, ["one", "two"]);
        // After its next word it is asked again.
        pair.wire.is(WELL);
        tokio::time::sleep(Duration::from_secs(3)).await;
        let before = pair.wire.asked();
        alice.send(chat, "three").await;
        assert_eq!(pair.wire.asked(), before + 1);
    }
}

/// The heads in the first page of the list.
async fn heads(device: &Device) -> Vec<u64> {
    device.list().await.iter().map(|row| row.head).collect()
}

#[tokio::test(start_paused = true)]
async fn what_a_node_that_is_gone_has_committed_is_listed_where_it_was_answered() {
    for repeated in [false, true] {
        let pair = Pair::start().await;
        let [alice, bob] = pair.server.users(["alice", "bob"]).await;
        let (here, chat) = (pair.at(&alice), alice.with(&bob));
        here.texts(chat).await;
        if repeated {
            // The answer was lost with the node, and the device asks again.
            pair.at_owner(&alice).send(chat, "one").await;
            pair.owner.crash();
        }
        pair.wire.is(DUMB);
        let gone = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            pair.owner.crash();
        };
        let (accepted, ()) = tokio::join!(here.send(chat, "one"), gone);
        assert_eq!(accepted.index, 1);
        assert_eq!(heads(&here).await, [1]);
        assert_eq!(heads(&pair.at(&bob)).await, [1]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_another_node_has_made_a_retry_key_of_is_listed_where_it_was_answered() {
    let pair = Pair::with(Options { flush_ms: 100_000_000, tidy_ms: 100, ..Options::default() }).await;
    let [alice, bob] = pair.server.users(["alice", "bob"]).await;
    let (here, chat) = (pair.at(&alice), alice.with(&bob));
    here.texts(chat).await;
    pair.at_owner(&alice).send(chat, "one").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    pair.owner.crash();
    assert_eq!(here.send(chat, "one").await.index, 1);
    assert_eq!(heads(&here).await, [1]);
}

#[tokio::test(start_paused = true)]
async fn what_is_as_wanted_by_the_doing_of_a_node_that_is_gone_is_listed_where_it_was_answered() {
    let pair = Pair::start().await;
    let [alice, bob] = pair.server.users(["alice", "bob"]).await;
    let (here, there) = (pair.at(&alice), pair.at_owner(&alice));
    let group = here.group("Tea", &[]).await;
    assert_eq!(heads(&here).await, [1]);
    there.add(group, &[&bob]).await;
    pair.owner.crash();
    assert_eq!(here.add(group, &[&bob]).await.index, 2);
    assert_eq!((heads(&here).await, heads(&pair.at(&bob)).await), (vec![2], vec![2]));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_counts_only_if_nobody_else_may_have_done_it() {
    let pair = Pair::start().await;
    let [alice, bob] = pair.server.users(["alice", "bob"]).await;
    let group = alice.group("Tea", &[&bob]).await;
    let (alice, bob) = (alice, pair.at(&bob));
    bob.send(group, "before").await;
    let mute = MuteMember { conversation_id: group, user_id: bob.id(), until_ms: 1_760_001_000_000 };
    alice.engine.mute_member(alice.caller, mute).await.unwrap();
    assert!(matches!(refusal(bob.try_send(group, "k", "muted").await), Rejection::Muted(_)));
    pair.wire.is(DEAF);
    let doubtful = bob.try_send(group, "k", "muted").await;
    assert!(matches!(doubtful, Err(Error::Unknown)), "{doubtful:?}");
    assert!(matches!(refusal(bob.try_send(group, "k", "muted").await), Rejection::Muted(_)));
}

#[tokio::test(start_paused = true)]
async fn without_the_bus_the_view_stays_and_everything_is_done_here_at_once() {
    let pair = Pair::start().await;
    let [alice, bob] = pair.server.users(["alice", "bob"]).await;
    let (alice, chat) = (pair.at(&alice), alice.with(&bob));
    pair.wire.is(AWAY);
    let began = Instant::now();
    for number in 0..20 {
        alice.send(chat, &format!("away {number}")).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert!(took_ms(began) < 21_000, "no send has waited: {}", took_ms(began));
    assert_eq!(pair.wire.asked(), 0);
    // The view has stayed: it is used as soon as there is a way, before anybody has said a word.
    pair.wire.is(WELL);
    alice.send(chat, "back").await;
    assert_eq!(pair.wire.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_node_that_hands_over_or_is_gone_holds_nobody_up() {
    let pair = Pair::start().await;
    let [alice, bob] = pair.server.users(["alice", "bob"]).await;
    let (alice, chat) = (pair.at(&alice), alice.with(&bob));
    alice.send(chat, "one").await;
    let mut sending = Vec::new();
    for number in 0..50 {
        let input = SendMessage::text(chat, format!("k{number}"), format!("{number}"));
        sending.push(alice.engine.send_message(alice.caller, input).await.unwrap());
    }
    let began = Instant::now();
    pair.owner.hand_over().await;
    for one in sending {
        one.await.unwrap();
    }
    let before = pair.wire.asked();
    for number in 0..50 {
        alice.send(chat, &format!("after {number}")).await;
    }
    assert_eq!(pair.wire.asked(), before, "it is not asked any more");
    pair.owner.stop().await;
    alice.send(chat, "alone").await;
    assert!(took_ms(began) < 1_000, "{}", took_ms(began));
    assert_eq!(alice.history(chat).await.head, 102);
}

#[tokio::test(start_paused = true)]
async fn a_node_that_works_does_what_is_due_for_one_that_does_not() {
    let server = Server::with(Options { alone: false, ..Options::default() });
    let wire = Arc::new(Wire::default());
    let idle = Options { alone: false, roles: Roles { worker: false, ..Roles::ALL }, ..Options::default() };
    let there = server.fellow(Arc::clone(&wire) as _, &idle);
    let [alice, bob] = server.users(["alice", "bob"]).await;
    server.engine.crash();
    let at = |device: &Device| Device::new(there.clone(), device.caller, device.token);
    let (here, chat) = (at(&alice), alice.with(&bob));
    let input = serde_json::from_value(serde_json::json!({
        "conversation_id": chat, "scheduled_id": "s", "text": "due", "send_at_ms": 1_760_000_005_000_i64,
    }));
    here.engine.schedule_message(alice.caller, input.unwrap()).await.unwrap();
    server.clock.pass(10_000);
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(here.texts(chat).await, Vec::<String>::new(), "nobody works");
    let works = Options { roles: Roles { worker: true, ..Roles::NONE }, ..idle };
    let _worker = server.fellow(Arc::clone(&wire) as _, &works);
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(here.texts(chat).await, ["due"]);
}
