//! One suite for every bus: what two nodes hear of each other and of themselves, in which order, and for how long; and what
//! is special about NATS, which can go away.

#![allow(clippy::unwrap_used)] // helpers of tests fail as tests do

#[path = "support/nats.rs"]
mod nats;

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use nats::NatsServer;
use parlance_bus::{Bus, Local, Loss, Lossy, Nats, NatsOptions, Reply, Subscription, Unanswered, Wire};

const PATIENCE: Duration = Duration::from_secs(20);

type Node = Arc<dyn Bus<u64>>;

/// Numbers as bytes; odd lengths are of a newer node.
const WIRE: Wire<u64> = Wire {
    encode: |number| Bytes::copy_from_slice(&number.to_be_bytes()),
    decode: |bytes| bytes.try_into().ok().map(u64::from_be_bytes),
};

async fn connect(url: &str) -> Arc<Nats<u64>> {
    connect_with(url, None).await
}

async fn connect_with(url: &str, authorities: Option<PathBuf>) -> Arc<Nats<u64>> {
    let (servers, name, prefix) = (url.into(), "test".into(), "test".into());
    Arc::new(Nats::open(NatsOptions { servers, name, prefix, authorities }, WIRE).await.unwrap())
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// What a node heard on a subject.
struct Heard {
    numbers: Arc<Mutex<Vec<u64>>>,
    listening: Subscription,
}

fn listen(node: &Node, subject: &str) -> Heard {
    let numbers = Arc::<Mutex<Vec<u64>>>::default();
    let heard = Arc::clone(&numbers);
    let listening = node.subscribe(subject, Arc::new(move |number| heard.lock().unwrap().push(*number)));
    Heard { numbers, listening }
}

impl Heard {
    fn all(&self) -> Vec<u64> {
        self.numbers.lock().unwrap().clone()
    }
}

/// Publishes zeros until everybody hears them, which is when subscriptions have arrived; then forgets them.
async fn warm(from: &Node, subject: &str, heard: &[&Heard]) {
    let until = Instant::now() + PATIENCE;
    while heard.iter().any(|heard| heard.all().is_empty()) {
        assert!(Instant::now() < until, "nothing of {subject} arrives");
        from.publish(subject, &0);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    heard.iter().for_each(|heard| heard.numbers.lock().unwrap().clear());
}

/// What holds on every bus.
async fn suite(a: Node, b: Node) {
    let (at_a, at_b) = (listen(&a, "one"), listen(&b, "one"));
    let other = listen(&b, "other");
    warm(&a, "one", &[&at_a, &at_b]).await;
    warm(&b, "one", &[&at_a, &at_b]).await;

    // Everybody hears it once and in order, this node before `publish` returns.
    for number in 1..=500 {
        a.publish("one", &number);
        assert_eq!(at_a.all().len() as u64, number);
    }
    until("all at the other node", || at_b.all().len() == 500).await;
    assert_eq!(at_b.all(), (1..=500).collect::<Vec<u64>>());
    b.publish("one", &501);
    until("the way back", || at_a.all().last() == Some(&501)).await;
    assert!(other.all().is_empty(), "another subject is another subject");

    // A handler may publish and listen itself.
    let echo = Arc::clone(&b);
    let answering = b.subscribe("ask", Arc::new(move |number| echo.publish("answer", &(number + 1))));
    let answers = listen(&a, "answer");
    until("an answer", || {
        a.publish("ask", &41);
        answers.all().contains(&42)
    })
    .await;
    drop(answering);

    // Who has stopped listening hears nothing; the others still do.
    drop(at_b.listening);
    let before = at_b.numbers.lock().unwrap().len();
    let second = listen(&b, "one");
    warm(&a, "one", &[&second]).await;
    a.publish("one", &600);
    until("the second listener", || second.all() == [600]).await;
    assert_eq!(at_b.numbers.lock().unwrap().len(), before);
    requests(&a, &b).await;
}

/// Requests: one node answers, at its own pace, and what nobody answers is told.
async fn requests(a: &Node, b: &Node) {
    assert_eq!(a.request("double", &1).await, Err(Unanswered::Nobody));
    let kept = Arc::<Mutex<Option<Reply<u64>>>>::default();
    let keep = Arc::clone(&kept);
    let answering = b.respond(
        "double",
        Arc::new(move |number, reply| match *number {
            0 => drop(reply),
            1 => *keep.lock().unwrap() = Some(reply),
            number => reply.send(2 * number),
        }),
    );
    let until = Instant::now() + PATIENCE;
    while a.request("double", &21).await != Ok(42) {
        assert!(Instant::now() < until, "nobody answers");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // Many at once, each gets its own; an answer may come later than those to later questions.
    let waiting = tokio::spawn(a.request("double", &1));
    let many: Vec<_> = (2..200).map(|number| tokio::spawn(a.request("double", &number))).collect();
    for (number, answer) in (2..200).zip(many) {
        assert_eq!(answer.await.unwrap(), Ok(2 * number));
    }
    let mut reply = None;
    while reply.is_none() {
        assert!(Instant::now() < until, "the request does not arrive");
        reply = kept.lock().unwrap().take();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    reply.unwrap().send(7);
    assert_eq!(waiting.await.unwrap(), Ok(7));
    assert_eq!(a.request("double", &0).await, Err(Unanswered::Lost), "a dropped reply is told");
    drop(answering);
    while a.request("double", &21).await != Err(Unanswered::Nobody) {
        assert!(Instant::now() < until, "it still answers");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

#[test]
fn the_bus_of_one_process_passes() {
    run(async {
        let bus = Local::<u64>::default();
        suite(Arc::new(bus.clone()), Arc::new(bus)).await;
    });
}

#[test]
fn the_bus_that_loses_passes_if_it_loses_nothing_and_else_loses_requests_and_answers() {
    run(async {
        let bus = Arc::new(Local::<u64>::default());
        let lossy = |dropped, repeated| {
            Arc::new(Lossy::new(Arc::clone(&bus) as Node, Loss { dropped, repeated }, 7)) as Node
        };
        suite(lossy(0, 0), lossy(0, 0)).await;
        let heard = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&heard);
        let _answering = bus.respond(
            "half",
            Arc::new(move |number, reply| {
                counted.fetch_add(1, Ordering::Relaxed);
                reply.send(number / 2);
            }),
        );
        let (bad, mut answered) = (lossy(300, 100), 0);
        for _ in 0..1_000 {
            match bad.request("half", &4).await {
                Ok(answer) => answered += u64::from(answer == 2),
                Err(error) => assert_eq!(error, Unanswered::Lost),
            }
        }
        let heard = heard.load(Ordering::Relaxed);
        assert!((400..600).contains(&answered) && (650..850).contains(&heard), "{answered} of {heard}");
    });
}

#[test]
fn nats_passes() {
    run(async {
        let server = NatsServer::start();
        suite(connect(&server.url()).await, connect(&server.url()).await).await;
    });
}

fn count_losses(node: &Node) -> (Arc<AtomicU64>, Subscription) {
    let losses = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&losses);
    (losses, node.on_loss(Arc::new(move || _ = counted.fetch_add(1, Ordering::Relaxed))))
}

#[test]
fn a_killed_nats_is_told_as_loss_holds_nobody_up_and_is_taken_up_again() {
    run(async {
        let mut server = NatsServer::start();
        let a = connect(&server.url()).await;
        let b = connect(&server.url()).await;
        let (a, b): (Node, Node) = (a, b);
        let (at_a, at_b) = (listen(&a, "one"), listen(&b, "one"));
        warm(&a, "one", &[&at_a, &at_b]).await;
        let (losses, _listening) = count_losses(&b);

        server.kill();
        until("it is noticed", || !a.is_up() && !b.is_up()).await;
        let told = losses.load(Ordering::Relaxed);
        assert!(told > 0, "what was under way may be lost");
        let begun = Instant::now();
        for number in 1..=50_000 {
            a.publish("one", &number);
        }
        assert!(begun.elapsed() < Duration::from_secs(2), "publishers are not held up");
        assert_eq!(at_a.all().len(), 50_000, "the own node hears all of it");
        assert!(at_b.all().is_empty());
        assert_eq!(a.request("one", &1).await, Err(Unanswered::Nobody), "it is not even sent");

        server.run();
        until("both are back", || a.is_up() && b.is_up()).await;
        until("b is told of what it missed", || losses.load(Ordering::Relaxed) > told).await;
        at_b.numbers.lock().unwrap().clear();
        a.publish("one", &7);
        until("live again", || at_b.all() == [7]).await;
    });
}

#[test]
fn a_node_that_starts_before_nats_is_live_as_soon_as_it_is_there() {
    run(async {
        let mut server = NatsServer::start();
        server.kill();
        let a = connect(&server.url()).await;
        let b = connect(&server.url()).await;
        let (a, b): (Node, Node) = (a, b);
        let at_b = listen(&b, "one");
        a.publish("one", &1);
        assert!(!a.is_up());
        server.run();
        warm(&a, "one", &[&at_b]).await;
    });
}

#[test]
fn a_flood_is_dropped_where_it_arises_and_told_to_the_others() {
    run(async {
        let server = NatsServer::start();
        let a = connect(&server.url()).await;
        let b = connect(&server.url()).await;
        let (a, b): (Node, Node) = (a, b);
        let at_b = listen(&b, "one");
        warm(&a, "one", &[&at_b]).await;
        let (losses, _listening) = count_losses(&b);
        for number in 0..200_000 {
            a.publish("one", &number);
        }
        let got_all = || at_b.all().len() == 200_000;
        until("all of it, or the word that some is lost", || got_all() || losses.load(Ordering::Relaxed) > 0)
            .await;
    });
}

/// Longer than connecting takes.
const WHILE: Duration = Duration::from_millis(1_500);

#[test]
fn only_who_knows_the_password_is_let_in() {
    run(async {
        let server =
            NatsServer::start_in(tempfile::tempdir().unwrap(), &["--user", "parlance", "--pass", "word"]);
        let a = connect(&format!("nats://parlance:word@{}", server.address())).await;
        let stranger = connect(&format!("nats://parlance:other@{}", server.address())).await;
        until("whoever knows it is in", || a.is_settled()).await;
        tokio::time::sleep(WHILE).await;
        assert!(!stranger.is_up());
    });
}

#[test]
fn an_encrypted_connection_is_made_to_whom_the_authorities_vouch_for() {
    run(async {
        let made = || rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
        let (own, other) = (made(), made());
        let (of_server, of_clients) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(of_server.path().join("cert.pem"), own.cert.pem()).unwrap();
        std::fs::write(of_server.path().join("key.pem"), own.signing_key.serialize_pem()).unwrap();
        let [known, unknown] = ["own.pem", "other.pem"].map(|name| of_clients.path().join(name));
        std::fs::write(&known, own.cert.pem()).unwrap();
        std::fs::write(&unknown, other.cert.pem()).unwrap();
        let arguments = ["--tls", "--tlscert", "cert.pem", "--tlskey", "key.pem"];
        let server = NatsServer::start_in(of_server, &arguments);
        let url = format!("tls://{}", server.address());
        let a = connect_with(&url, Some(known.clone())).await;
        let deceived = connect_with(&url, Some(unknown)).await;
        until("the one that is vouched for", || a.is_settled()).await;
        let plain = NatsServer::start();
        let insisting = connect_with(&format!("tls://{}", plain.address()), Some(known)).await;
        tokio::time::sleep(WHILE).await;
        assert!(!deceived.is_up(), "nobody vouches for it");
        assert!(!insisting.is_up(), "it is not encrypted");
    });
}
