//! Files: uploads and downloads, next to a plain copy of the same bytes over the same HTTP stack, and what ten uploads do to
//! the latency of texts.
//!
//! The client is as bare as it can be, so that what is measured is the server: a socket, a head, bytes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, ensure};
use futures_util::future;
use rustix::process::setpriority_process;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::latency::{paced, share_of};
use super::limit::FILE;
use super::people::{People, Person};
use super::plan::Plan;
use super::report::{Report, histogram};

/// Bytes handed to the socket at once, and read from it.
const PIECE: usize = 256 * 1_024;
/// Where a file goes.
const UPLOAD: &str = "/api/v1/files?kind=file";
/// Uploads under way beside texts.
const UPLOADS: usize = 10;
/// Bytes of one of them.
const UPLOAD_BYTES: u64 = 32 * 1_024 * 1_024;
/// Turns of texts without uploads and beside them.
const TURNS: u32 = 3;
/// Bytes a second of all uploads together: as fast as they are taken, and what a line of a gigabit brings.
const PACES: [(&str, Option<f64>); 2] =
    [("beside_ten_uploads", None), ("beside_ten_uploads_at_a_gigabit", Some(125_000_000.0))];
/// The priority of those who upload.
const NICE: i32 = 15;
/// Bytes in a MiB.
const MIB: f64 = 1_048_576.0;

/// Uploads files and downloads them, in turns with copies of as many bytes to a bare server and from it, so that what
/// else goes on is in both.
pub async fn rates(
    bare: SocketAddr,
    people: &People,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    let person = people.person(0);
    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..plan.files {
        let [copied_up, up, copied_down, down] = &mut times;
        let began = Instant::now();
        Line::open(bare, "").await?.post(FILE, plan.file_bytes).await?;
        copied_up.push(began.elapsed());
        let began = Instant::now();
        let file = upload(people.address, person, plan.file_bytes).await?;
        up.push(began.elapsed());
        let began = Instant::now();
        let read = Line::open(bare, "").await?.get(FILE).await?;
        ensure!(read == plan.file_bytes, "the copy is not whole");
        copied_down.push(began.elapsed());
        let began = Instant::now();
        let path = format!("/api/v1/files/{file}/content");
        let read = Line::open(people.address, &person.token).await?.get(&path).await?;
        ensure!(read == plan.file_bytes, "the download is not whole");
        down.push(began.elapsed());
    }
    let names = ["file_copy_up", "file_upload", "file_copy_down", "file_download"];
    for (name, times) in names.into_iter().zip(times) {
        report.throughput(name, rate(plan, times));
    }
    report.ratio("file_upload_to_copy", "file_upload", "file_copy_up");
    report.ratio("file_download_to_copy", "file_download", "file_copy_down");
    Ok(())
}

/// Latency of texts without uploads and beside ten at a time, in turns, so that what else goes on is in all.
pub async fn beside_texts(
    people: &People,
    plan: &Plan,
    saturated: f64,
    report: &mut Report,
) -> anyhow::Result<()> {
    let per_second = share_of(saturated);
    let mut alone = histogram();
    let mut beside = PACES.map(|_| (histogram(), 0.0));
    for turn in 0..TURNS {
        alone.add(paced(people, plan, (&format!("f{turn}"), per_second)).await?.ack)?;
        for ((name, pace), (times, uploaded)) in PACES.iter().zip(&mut beside) {
            let uploads = Uploads::start(people, *pace);
            let began = Instant::now();
            times.add(paced(people, plan, (&format!("{name}{turn}"), per_second)).await?.ack)?;
            *uploaded += uploads.end().await? as f64 / MIB / began.elapsed().as_secs_f64();
        }
    }
    report.times("ack_latency_without_uploads", &alone);
    for ((name, _), (times, uploaded)) in PACES.iter().zip(&beside) {
        report.times(&format!("ack_latency_{name}"), times);
        report.throughput(&format!("texts_{name}"), uploaded / f64::from(TURNS));
        report.ratio_of_p99(
            &format!("ack_p99_{name}_to_without"),
            &format!("ack_latency_{name}"),
            "ack_latency_without_uploads",
        );
    }
    Ok(())
}

/// Uploads that go on until they are ended.
struct Uploads {
    over: Arc<AtomicBool>,
    /// Bytes uploaded so far.
    bytes: Arc<AtomicU64>,
    thread: std::thread::JoinHandle<anyhow::Result<()>>,
}

impl Uploads {
    /// On a thread that comes after those who send texts: who uploads has a machine of its own, and it is the server that is
    /// measured.
    fn start(people: &People, pace: Option<f64>) -> Uploads {
        let (over, bytes) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let uploader =
            Uploader { people: people.clone(), over: Arc::clone(&over), bytes: Arc::clone(&bytes) };
        let thread = std::thread::spawn(move || {
            setpriority_process(None, NICE)?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let all = (0..UPLOADS).map(|number| uploader.run(number, pace));
            runtime.block_on(future::try_join_all(all)).map(drop)
        });
        Uploads { over, bytes, thread }
    }

    /// How many bytes were uploaded until now.
    async fn end(self) -> anyhow::Result<u64> {
        let bytes = self.bytes.load(Ordering::Relaxed);
        self.over.store(true, Ordering::Relaxed);
        let ended = tokio::task::spawn_blocking(|| self.thread.join()).await?;
        ended.map_err(|_| anyhow!("those who upload have panicked"))??;
        Ok(bytes)
    }
}

/// Those who upload.
struct Uploader {
    people: People,
    over: Arc<AtomicBool>,
    bytes: Arc<AtomicU64>,
}

impl Uploader {
    /// One of them: one file after the other.
    async fn run(&self, number: usize, pace: Option<f64>) -> anyhow::Result<()> {
        let pace = pace.map(|all| Duration::from_secs_f64(PIECE as f64 * UPLOADS as f64 / all));
        while !self.over.load(Ordering::Relaxed) {
            let person = self.people.person(number);
            let line = Line { pace, ..Line::open(self.people.address, &person.token).await? };
            line.post(UPLOAD, UPLOAD_BYTES).await?;
            self.bytes.fetch_add(UPLOAD_BYTES, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// MiB a second of the one in the middle.
fn rate(plan: &Plan, mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or(Duration::MAX);
    plan.file_bytes as f64 / MIB / middle.as_secs_f64()
}

async fn upload(address: SocketAddr, person: &Person, bytes: u64) -> anyhow::Result<String> {
    let answer = Line::open(address, &person.token).await?.post(UPLOAD, bytes).await?;
    let answer: Value = serde_json::from_slice(&answer)?;
    let file = answer["file_id"].as_str();
    Ok(file.with_context(|| format!("an upload was refused: {answer}"))?.to_owned())
}

/// A connection for one request.
struct Line {
    stream: BufReader<TcpStream>,
    /// The line that says who asks; empty for nobody.
    credential: String,
    /// Time from one piece to the next, if they do not go as fast as they are taken.
    pace: Option<Duration>,
}

impl Line {
    async fn open(address: SocketAddr, token: &str) -> anyhow::Result<Line> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let credential =
            if token.is_empty() { String::new() } else { format!("authorization: Bearer {token}\r\n") };
        Ok(Line { stream: BufReader::with_capacity(PIECE, stream), credential, pace: None })
    }

    /// Sends so many bytes; the answer.
    async fn post(mut self, path: &str, bytes: u64) -> anyhow::Result<Vec<u8>> {
        self.head("POST", path, &format!("content-length: {bytes}\r\n")).await?;
        // Different bytes each time, so that nothing can be kept once for two.
        let piece: Vec<u8> =
            std::iter::repeat_with(rand::random::<u64>).take(PIECE / 8).flat_map(u64::to_le_bytes).collect();
        let (mut left, mut due) = (bytes, Instant::now());
        while left > 0 {
            if let Some(pace) = self.pace {
                due += pace;
                tokio::time::sleep_until(due.into()).await;
            }
            let count = left.min(PIECE as u64) as usize;
            self.stream.write_all(&piece[..count]).await?;
            left -= count as u64;
        }
        self.stream.flush().await?;
        let length = self.answered().await?;
        let mut answer = vec![0; usize::try_from(length)?];
        self.stream.read_exact(&mut answer).await?;
        Ok(answer)
    }

    /// Reads what is at a path; how many bytes that were.
    async fn get(mut self, path: &str) -> anyhow::Result<u64> {
        self.head("GET", path, "").await?;
        let length = self.answered().await?;
        let mut left = length;
        while left > 0 {
            let count = self.stream.fill_buf().await?.len().min(usize::try_from(left)?);
            ensure!(count > 0, "the server ended the connection");
            self.stream.consume(count);
            left -= count as u64;
        }
        Ok(length)
    }

    async fn head(&mut self, method: &str, path: &str, more: &str) -> anyhow::Result<()> {
        let head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{}{more}\r\n", self.credential);
        Ok(self.stream.write_all(head.as_bytes()).await?)
    }

    /// Reads the head of an answer, which must be a good one; the length of its body.
    async fn answered(&mut self) -> anyhow::Result<u64> {
        let (mut line, mut length) = (String::new(), 0);
        self.stream.read_line(&mut line).await?;
        ensure!(line.starts_with("HTTP/1.1 2"), "the server answered {line}");
        loop {
            line.clear();
            ensure!(self.stream.read_line(&mut line).await? > 0, "the answer is cut off");
            let Some((name, value)) = line.trim().split_once(':') else { return Ok(length) };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse()?;
            }
        }
    }
}
