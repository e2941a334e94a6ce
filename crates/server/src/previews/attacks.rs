//! Ways inside, tried on the guard as it is and on guards with bugs put in on purpose: the first lets none through, and of
//! every other at least one is noticed. A site outside answers with redirects; one inside must not be asked.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::fetch::{Fetcher, Refusal, Wanted};
use super::names::{Names, Trusts};

const PAGE: Wanted = Wanted { types: &["text/html"], whole: false };
/// Each must end with the refusal of an address.
const ATTACKS: [&str; 7] = [
    "http://127.0.0.1/",
    "http://inside.test/",
    "http://both.test/",
    "http://site.test/127.0.0.1/",
    "http://site.test/[::ffff:127.0.0.1]/",
    "http://site.test/inside.test/",
    "http://rebind.test/rebind.test/",
];

/// What is wrong with a guard.
#[derive(Clone, Copy, Debug, Default)]
struct Planted {
    redirects: bool,
    names: Trusts,
}

/// A site, and how often it was asked.
async fn site() -> (SocketAddr, Arc<AtomicUsize>) {
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, asked) = (socket.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((line, _)) = socket.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(redirect(line));
        }
    });
    (address, asked)
}

/// Leads to the host that the path names, or answers with a page if it names none.
async fn redirect(mut line: TcpStream) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        match line.read_u8().await {
            Ok(byte) => request.push(byte),
            Err(_) => return,
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().trim_matches('/');
    let answer = if path.is_empty() {
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 0\r\n\r\n".to_owned()
    } else {
        format!("HTTP/1.1 302 Found\r\nlocation: http://{path}/\r\ncontent-length: 0\r\n\r\n")
    };
    _ = line.write_all(answer.as_bytes()).await;
}

/// The attacks that a guard does not stop.
async fn escapes(planted: Planted) -> Vec<&'static str> {
    let mut escaped = Vec::new();
    for attack in ATTACKS {
        let ((outside, _), (inside, asked)) = (site().await, site().await);
        let names = [
            ("site.test", vec![vec![outside]]),
            ("inside.test", vec![vec![inside]]),
            ("both.test", vec![vec![inside, outside]]),
            ("rebind.test", vec![vec![outside], vec![inside]]),
        ];
        let names = names.map(|(name, answers)| (name.to_owned(), answers));
        let mut names = Names::given(names, vec![outside]);
        names.trusts = planted.names;
        let mut fetcher = Fetcher::new(names).unwrap();
        fetcher.trusts_redirects = planted.redirects;
        let refusal = fetcher.get(attack, PAGE).await.err();
        if refusal != Some(Refusal::Address) || asked.load(Ordering::SeqCst) > 0 {
            escaped.push(attack);
        }
    }
    escaped
}

#[tokio::test]
async fn every_planted_bug_is_caught() {
    let none = Planted::default();
    assert_eq!(escapes(none).await, [""; 0], "the guard as it is");
    let bugs = [
        Planted { redirects: true, ..none },
        Planted { names: Trusts::EveryAddress, ..none },
        Planted { names: Trusts::OneGoodAddress, ..none },
    ];
    for bug in bugs {
        assert_ne!(escapes(bug).await, [""; 0], "{bug:?} was not noticed");
    }
}
