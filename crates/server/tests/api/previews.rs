//! Cards of links: fetched by the server from the internet and from nowhere else, gone with the link and with the message.
//! The sites are made up, as are their names; every connection that reaches one is counted.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use parlance_server::Names;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::files::fetch;
use crate::pictures::{claims_png, encoded, halves};
use crate::place::{Person, Place, ok};

const CANARY: &str = "canary-card-77c1";
/// Longer than anything that is refused at once takes.
const SOON: Duration = Duration::from_millis(400);

/// A site that answers as its paths say.
struct Site {
    address: SocketAddr,
    /// What was asked, whole.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    async fn start() -> Site {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((line, _)) = socket.accept().await {
                tokio::spawn(serve(line, Arc::clone(&heard)));
            }
        });
        Site { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn paths(&self) -> Vec<String> {
        let path = |request: &String| request.split(' ').nth(1).unwrap_or_default().to_owned();
        self.asked().iter().map(path).collect()
    }
}

async fn serve(mut line: TcpStream, asked: Arc<Mutex<Vec<String>>>) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if line.read(&mut byte).await.unwrap_or(0) == 0 {
            break;
        }
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).unwrap();
    asked.lock().unwrap().push(request.clone());
    // The other side may hang up whenever it has enough.
    _ = answer(&mut line, request.split(' ').nth(1).unwrap_or_default()).await;
}

async fn answer(line: &mut TcpStream, path: &str) -> std::io::Result<()> {
    let page = |head: &str| format!("<html><head><meta charset=utf-8>{head}</head><body>x</body></html>");
    let titled = |rest: &str| page(&format!("<title>{CANARY}</title>{rest}"));
    let (head, body) = match path {
        "/page" => {
            let more = r#"<meta property="og:description" content="what &lt;it&gt; is about">
                <meta property="og:site_name" content="Our site"><meta property="og:image" content="/picture.png">"#;
            ("content-type: text/html\r\nset-cookie: a=b", titled(more).into_bytes())
        }
        "/plain" => ("content-type: text/html", titled("").into_bytes()),
        "/picture.png" => ("content-type: image/png", encoded(halves(800, 400), image::ImageFormat::Png)),
        "/bomb" => {
            ("content-type: text/html", titled(r#"<meta property="og:image" content="/bomb.png">"#).into())
        }
        "/bomb.png" => ("content-type: image/png", claims_png(50_000, 50_000)),
        "/drawn" => {
            ("content-type: text/html", titled(r#"<meta property="og:image" content="/x.svg">"#).into())
        }
        "/x.svg" => ("content-type: image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
        "/inner-picture" => {
            let picture = r#"<meta property="og:image" content="http://rebind.test/picture.png">"#;
            ("content-type: text/html", titled(picture).into_bytes())
        }
        "/gzip" => ("content-type: text/html\r\ncontent-encoding: gzip", titled("").into_bytes()),
        "/zip" => ("content-type: application/zip", titled("").into_bytes()),
        "/late-title" => (
            "content-type: text/html",
            page(&format!("{}<title>late</title>", " ".repeat(600 * 1_024))).into(),
        ),
        "/to-inside" => return redirect(line, "http://inside.test/page").await,
        "/to-loopback" => return redirect(line, "http://127.0.0.1/page").await,
        "/to-mapped" => return redirect(line, "http://[::ffff:127.0.0.1]/page").await,
        "/to-file" => return redirect(line, "file:///etc/passwd").await,
        "/to-port" => return redirect(line, "http://site.test:8080/page").await,
        "/to-somebody" => return redirect(line, "http://name:word@site.test/page").await,
        "/round" => return redirect(line, "/round").await,
        "/3" => return redirect(line, "/2").await,
        "/2" => return redirect(line, "/1").await,
        "/1" => return redirect(line, "/plain").await,
        "/4" => return redirect(line, "/3").await,
        "/endless" => return endless(line, &titled("")).await,
        "/slow" => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            return Ok(());
        }
        "/wait" => {
            tokio::time::sleep(Duration::from_secs(1)).await;
            ("content-type: text/html", titled("").into_bytes())
        }
        _ => return line.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await,
    };
    let length = body.len();
    line.write_all(format!("HTTP/1.1 200 OK\r\n{head}\r\ncontent-length: {length}\r\n\r\n").as_bytes())
        .await?;
    line.write_all(&body).await
}

async fn redirect(line: &mut TcpStream, to: &str) -> std::io::Result<()> {
    line.write_all(format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").as_bytes())
        .await
}

async fn endless(line: &mut TcpStream, beginning: &str) -> std::io::Result<()> {
    line.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n").await?;
    // The body of the page never ends.
    line.write_all(beginning.split("</body>").next().unwrap_or_default().as_bytes()).await?;
    loop {
        line.write_all(&vec![b'x'; 65_536]).await?;
    }
}

/// A server with previews, a site out there, and a site inside that nobody may reach.
async fn world(on: bool) -> (Place, Site, Site) {
    let (site, inside) = (Site::start().await, Site::start().await);
    let name = |name: &str, answers: Vec<Vec<SocketAddr>>| (name.to_owned(), answers);
    let names = Names::given(
        [
            name("site.test", vec![vec![site.address]]),
            name("inside.test", vec![vec![inside.address]]),
            name("both.test", vec![vec![site.address, inside.address]]),
            name("rebind.test", vec![vec![site.address], vec![inside.address]]),
        ],
        vec![site.address],
    );
    let place = Place::start_among(names, |config| {
        config.limits.rates = false;
        config.link_previews = on;
    })
    .await;
    (place, site, inside)
}

fn messages(chat: &str) -> String {
    format!("/api/v1/conversations/{chat}/messages")
}

async fn card(person: &Person, chat: &str, index: u64) -> Value {
    ok(person.get(&format!("{}/{index}", messages(chat)))).await["details"]["preview"].clone()
}

/// Waits for a message's card.
async fn carded(person: &Person, chat: &str, index: u64) -> Value {
    for _ in 0..100 {
        let card = card(person, chat, index).await;
        if !card.is_null() {
            return card;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no card came")
}

async fn picture(person: &Person, chat: &str, index: u64, card: &Value) -> u16 {
    let file = card["picture"]["file_id"].as_str().unwrap();
    fetch(person, &format!("{}/{index}/files/{file}", messages(chat))).await.status().as_u16()
}

#[tokio::test]
async fn a_link_gets_a_card_that_every_member_reads() {
    let (place, site, _) = world(true).await;
    let (alice, bob, eve) =
        (place.person("alice").await, place.person("bob").await, place.person("eve").await);
    let group = alice.group("Team", &[&bob]).await;
    let (mut line, mut laptop) = (bob.line().await, place.log_in("alice").await.line().await);
    let index = alice.say(&group, "k", "look: http://site.test/page").await;
    for line in [&mut line, &mut laptop] {
        let told = line.event("entry").await;
        assert_eq!(told["entry"]["index"], index);
        let told = line.event("entry").await["entry"].clone();
        assert_eq!(told["body"], json!({ "kind": "previewed", "target": index }));
        assert_eq!((&told["sender"], &told["ordinal"]), (&json!("u_0000000000000"), &json!(1)));
    }
    let card = carded(&bob, &group, index).await;
    assert_eq!(card["url"], "http://site.test/page");
    assert_eq!((&card["title"], &card["site"]), (&json!(CANARY), &json!("Our site")));
    assert_eq!(card["description"], "what <it> is about");
    assert_eq!((&card["picture"]["width"], &card["picture"]["height"]), (&json!(320), &json!(160)));
    for person in [&alice, &bob] {
        assert_eq!(picture(person, &group, index, &card).await, 200);
    }
    assert_eq!(picture(&eve, &group, index, &card).await, 404);
    // Nobody is told more than that something was asked for.
    for request in site.asked().iter().map(|request| request.to_lowercase()) {
        assert!(request.contains("\r\nhost: site.test\r\n"), "{request}");
        for word in ["cookie", "authorization", "referer", "forwarded", "accept-encoding", &alice.id, &group]
        {
            assert!(!request.contains(word), "{word}: {request}");
        }
    }
    assert_eq!(site.paths(), ["/page", "/picture.png"]);
    // A newcomer who may read it has it, too, and unread counts know nothing of it.
    let row = ok(bob.get(&format!("/api/v1/conversations/{group}"))).await;
    assert_eq!(row["unread"], 1);
    ok(alice.patch(&format!("/api/v1/conversations/{group}"), &json!({ "history": { "policy": "all" } })))
        .await;
    ok(alice.post(&format!("/api/v1/conversations/{group}/members"), &json!({ "user_ids": [eve.id] }))).await;
    assert_eq!(carded(&eve, &group, index).await, card);
    assert_eq!(picture(&eve, &group, index, &card).await, 200);
}

#[tokio::test]
async fn nothing_is_fetched_unless_the_administrators_want_it() {
    let (place, site, _) = world(false).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let first = alice.say(&chat, "a", "http://site.test/plain").await;
    tokio::time::sleep(SOON).await;
    assert!(site.asked().is_empty());
    let wish = json!({ "link_previews": true });
    assert_eq!(ok(alice.patch("/api/v1/admin/settings", &wish)).await["link_previews"], true);
    let second = bob.say(&chat, "b", "http://site.test/plain").await;
    carded(&alice, &chat, second).await;
    assert!(card(&alice, &chat, first).await.is_null(), "what was sent before stays as it is");
    ok(alice.patch("/api/v1/admin/settings", &json!({ "reset": ["link_previews"] }))).await;
    alice.say(&chat, "c", "http://site.test/plain").await;
    tokio::time::sleep(SOON).await;
    assert_eq!(site.paths(), ["/plain"]);
}

#[tokio::test]
async fn a_card_is_gone_with_its_message_and_with_its_link() {
    let (place, _, _) = world(true).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let at = messages(&chat);
    // A recall that comes while the page is fetched.
    let racing = alice.say(&chat, "r", "http://site.test/wait").await;
    ok(alice.delete(&format!("{at}/{racing}"))).await;
    let index = alice.say(&chat, "k", "http://site.test/page").await;
    let one = carded(&bob, &chat, index).await;
    ok(alice.patch(&format!("{at}/{index}"), &json!({ "text": "never mind" }))).await;
    assert!(card(&bob, &chat, index).await.is_null(), "the link is gone");
    assert_eq!(picture(&bob, &chat, index, &one).await, 404);
    // Another link, another card; the same one with other words keeps it.
    ok(alice.patch(&format!("{at}/{index}"), &json!({ "text": "http://site.test/page" }))).await;
    let two = carded(&bob, &chat, index).await;
    ok(alice.patch(&format!("{at}/{index}"), &json!({ "text": "read http://site.test/page" }))).await;
    assert_eq!(card(&bob, &chat, index).await, two);
    assert_eq!(picture(&bob, &chat, index, &two).await, 200);
    ok(alice.delete(&format!("{at}/{index}"))).await;
    assert_eq!(picture(&bob, &chat, index, &two).await, 404);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    for path in [at.as_str(), "/api/v1/conversations", "/api/v1/sync?since=0"] {
        for person in [&alice, &bob] {
            let answer = ok(person.get(path)).await.to_string();
            assert!(!answer.contains(CANARY), "{path}: {answer}");
        }
    }
}

#[tokio::test]
async fn no_link_leads_inside() {
    let (place, site, inside) = world(true).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let mut sent = Vec::new();
    for (at, link) in [
        "http://127.1/page",
        "http://0x7f.1/page",
        "http://[::ffff:127.0.0.1]/page",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/page",
        "http://inside.test/page",
        "http://both.test/page",
        "http://site.test/to-inside",
        "http://site.test/to-loopback",
        "http://site.test/to-mapped",
        "http://site.test/to-file",
        "http://site.test/to-port",
        "http://site.test/to-somebody",
        "http://name:word@site.test/page",
        "http://site.test:8080/page",
        "http://unknown.test/page",
    ]
    .into_iter()
    .enumerate()
    {
        sent.push((alice.say(&chat, &format!("k{at}"), link).await, link));
        tokio::time::sleep(SOON).await;
    }
    for (index, link) in sent {
        assert!(card(&bob, &chat, index).await.is_null(), "{link}");
    }
    // A name that leads out when it is looked up first, and inside the next time.
    let index = alice.say(&chat, "rebind", "http://rebind.test/inner-picture").await;
    let card = carded(&bob, &chat, index).await;
    assert!(card.get("picture").is_none(), "{card}");
    assert!(site.paths().iter().all(|path| path.starts_with("/to-") || path == "/inner-picture"));
    assert!(inside.asked().is_empty(), "{:?}", inside.asked());
}

#[tokio::test]
async fn pages_that_mean_harm_end() {
    let (place, site, _) = world(true).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let slow = bob.say(&chat, "slow", "http://site.test/slow").await;
    let mut sent = Vec::new();
    for path in ["/gzip", "/zip", "/late-title", "/round", "/4", "/none"] {
        sent.push((alice.say(&chat, &path[1..], &format!("http://site.test{path}")).await, path));
        tokio::time::sleep(SOON).await;
    }
    for path in ["/endless", "/3", "/bomb", "/drawn"] {
        let index = alice.say(&chat, &path[1..], &format!("http://site.test{path}")).await;
        let card = carded(&bob, &chat, index).await;
        assert_eq!((&card["title"], card.get("picture")), (&json!(CANARY), None), "{path}");
    }
    for (index, path) in sent {
        assert!(card(&bob, &chat, index).await.is_null(), "{path}");
    }
    assert_eq!(site.paths().iter().filter(|path| *path == "/round").count(), 4, "three redirects");
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(card(&alice, &chat, slow).await.is_null());
    // What was slow no longer takes the sender's place.
    let index = bob.say(&chat, "last", "http://site.test/plain").await;
    carded(&alice, &chat, index).await;
}
