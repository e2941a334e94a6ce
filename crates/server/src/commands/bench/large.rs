//! Large groups: what one costs to load and to hold, how long its messages take, and whether a busy one delays direct
//! messages. It runs the engine in this process, without sockets: a hundred thousand accounts would take hours to sign in.
//!
//! Direct messages are measured alone, and beside each group while it is lively (a hundred messages a second), hot (a
//! thousand) and flooded (senders who never rest), in the same run, so that the ratios are the machine's own. Both sides
//! have as many senders who think as long: a stall of the disk is in as many of either's times.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use hdrhistogram::Histogram;
use parlance_engine::{Caller, Connection, Engine, NewUser, Roles};
use parlance_proto::{
    AddMembers, ConversationId, CreateGroup, GetConversation, ListReaders, MarkRead, ReaderState,
    SendMessage, SessionId, UserId, limits,
};
use parlance_store::{Embedded, EmbeddedOptions, Store};
use tokio::task::JoinSet;

use super::plan::{Plan, TEXT_BYTES};
use super::report::{Report, histogram};
use crate::config::{Limits, Media};
use crate::engines::bus::Joined;
use crate::server::start_engine;

/// Accounts made at once.
const AT_ONCE: usize = 256;
/// Direct conversations that are measured, and senders in the busy group.
const SENDERS: usize = 8;
/// Members who are connected, and of these those who have the group open.
const ONLINE: usize = 1_000;
const OPEN: usize = 100;
/// Long enough for owners to tidy up.
const CALM: Duration = Duration::from_secs(8);
/// Above so many times the calm figure, and a noisy machine's whim, a busy group stands in the way.
const DELAY_MAX: u32 = 3;
const NOISE: Duration = Duration::from_millis(20);
/// How busy a group is.
const PACES: [Pace; 3] = [
    Pace {
        name: "lively",
        think: Duration::from_millis(80),
        think_direct: Duration::from_millis(80),
        times: 4,
    },
    Pace { name: "hot", think: Duration::from_millis(8), think_direct: Duration::from_millis(8), times: 1 },
    Pace { name: "flooded", think: Duration::ZERO, think_direct: Duration::from_millis(8), times: 1 },
];

struct Pace {
    name: &'static str,
    /// Between two messages of one sender in the group.
    think: Duration,
    /// Between two messages of one sender in a direct conversation.
    think_direct: Duration,
    /// Measured so many times as long as anything else: a slow pace gives few figures.
    times: u32,
}

/// Measures.
pub async fn groups(folder: &Path, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let options = EmbeddedOptions::default;
    let store = Arc::new(Embedded::open(folder.join("large"), options())?);
    let engine = start_engine(
        (Arc::clone(&store) as Arc<dyn Store>, &Joined::alone(), Roles::ALL),
        &Limits::default(),
        &Media::default(),
    );
    let most = *plan.group_sizes.iter().max().context("no sizes")?;
    let users = people(&engine, most).await?;
    let mut groups = BTreeMap::new();
    for size in plan.group_sizes {
        let began = Instant::now();
        groups.insert(*size, group(&engine, &users[..*size]).await?);
        report.time(&format!("group_of_{size}_made"), began.elapsed());
    }
    // Marked conversations would be loaded by themselves after the next start, and not when it is measured.
    tokio::time::sleep(CALM).await;
    engine.stop().await;
    store.close().await?;
    drop((engine, store));

    let store = Arc::new(Embedded::open(folder.join("large"), options())?);
    let engine = start_engine(
        (Arc::clone(&store) as Arc<dyn Store>, &Joined::alone(), Roles::ALL),
        &Limits::default(),
        &Media::default(),
    );
    // The largest first: the others are loaded beside it.
    for (size, conversation_id) in groups.iter().rev() {
        let (before, began) = (resident()?, Instant::now());
        engine
            .get_conversation(caller(users[0]), GetConversation { conversation_id: *conversation_id })
            .await?;
        report.time(&format!("group_of_{size}_loaded"), began.elapsed());
        report.bytes(&format!("group_of_{size}_memory_at_most"), resident()?.saturating_sub(before));
    }
    let listeners = listen(&engine, &users, groups.values()).await?;
    for (size, conversation_id) in &groups {
        let side = Side { engine: &engine, users: &users, group: *conversation_id, measure: plan.measure };
        side.measure(*size, report).await?;
        let times = readers(&engine, &users[..*size], *conversation_id, plan.pages).await?;
        report.times(&format!("readers_page_50_of_{size}"), &times);
    }
    drop(listeners);
    engine.stop().await;
    Ok(())
}

/// Direct messages on one side, a group on the other.
struct Side<'a> {
    engine: &'a Engine,
    users: &'a [UserId],
    group: ConversationId,
    measure: Duration,
}

impl Side<'_> {
    async fn measure(&self, size: usize, report: &mut Report) -> anyhow::Result<()> {
        for pace in &PACES {
            let Pace { name: how, think_direct, times, .. } = *pace;
            let alone = direct(self.engine, self.users, (think_direct, self.measure * times)).await?;
            let (direct, group) = self.beside(pace).await?;
            let alone_name = format!("direct_before_{how}_group_of_{size}");
            let direct_name = format!("direct_beside_{how}_group_of_{size}");
            let group_name = format!("{how}_group_of_{size}");
            for (name, times) in [(&alone_name, &alone), (&direct_name, &direct), (&group_name, &group)] {
                report.times(name, times);
                report.time(&format!("{name}_p99"), p99(times));
            }
            for (name, over, base) in [
                (format!("{direct_name}_to_alone"), &direct_name, &alone_name),
                (format!("{group_name}_to_direct"), &group_name, &direct_name),
            ] {
                report.ratio(&name, &format!("{over}_p99"), &format!("{base}_p99"));
            }
            let bearable = p99(&alone) * DELAY_MAX + NOISE;
            ensure!(
                p99(&direct) <= bearable,
                "a {how} group of {size} delays direct messages: {:?}",
                p99(&direct)
            );
        }
        Ok(())
    }

    /// Times of direct messages and of the group's, both at once.
    async fn beside(&self, pace: &Pace) -> anyhow::Result<(Histogram<u64>, Histogram<u64>)> {
        let stop = Arc::new(AtomicBool::new(false));
        let busy = self.busy(pace.think, &stop);
        let direct = direct(self.engine, self.users, (pace.think_direct, self.measure * pace.times)).await?;
        stop.store(true, Ordering::Relaxed);
        Ok((direct, gather(busy).await?))
    }

    /// Senders in the group, until they are stopped.
    fn busy(&self, think: Duration, stop: &Arc<AtomicBool>) -> JoinSet<anyhow::Result<Histogram<u64>>> {
        let mut senders = JoinSet::new();
        for user in self.users.iter().skip(2 * SENDERS).take(SENDERS).copied() {
            let (engine, stop, group) = (self.engine.clone(), Arc::clone(stop), self.group);
            senders.spawn(async move {
                let mut times = histogram();
                while !stop.load(Ordering::Relaxed) {
                    if !think.is_zero() {
                        tokio::time::sleep(think).await;
                    }
                    times.saturating_record(send(&engine, user, group).await?);
                }
                anyhow::Ok(times)
            });
        }
        senders
    }
}

/// Times of pages of who has read the last message and who has not, after every other member has read it.
async fn readers(
    engine: &Engine,
    users: &[UserId],
    conversation_id: ConversationId,
    pages: usize,
) -> anyhow::Result<Histogram<u64>> {
    let group = engine.get_conversation(caller(users[0]), GetConversation { conversation_id }).await?;
    let index = group.last_message.context("nothing was sent")?.index;
    let read = |user: &UserId| engine.mark_read(caller(*user), MarkRead { conversation_id, index });
    stream::iter(users.iter().step_by(2)).map(read).buffer_unordered(AT_ONCE).try_collect::<Vec<_>>().await?;
    let mut times = histogram();
    for page in 0..pages {
        let state = if page % 2 == 0 { ReaderState::Read } else { ReaderState::Unread };
        let after = users[rand::random_range(0..users.len())];
        let began = Instant::now();
        let (state, after) = (Some(state), Some(after));
        engine
            .list_readers(caller(users[0]), ListReaders { conversation_id, index, state, after, limit: None })
            .await?;
        times.saturating_record(began.elapsed().as_micros() as u64);
    }
    Ok(times)
}

/// So many accounts, without passwords: nobody signs in.
async fn people(engine: &Engine, count: usize) -> anyhow::Result<Vec<UserId>> {
    let make = |number: usize| async move {
        let new =
            NewUser { username: format!("large-{number}"), display_name: None, password_hash: String::new() };
        anyhow::Ok(engine.create_user(new).await?.user.user_id)
    };
    stream::iter(0..count).map(make).buffered(AT_ONCE).try_collect().await
}

async fn group(engine: &Engine, users: &[UserId]) -> anyhow::Result<ConversationId> {
    let owner = caller(users[0]);
    let create = CreateGroup {
        name: format!("group of {}", users.len()),
        member_ids: Vec::new(),
        client_message_id: format!("large-{}", users.len()),
        kind: None,
    };
    let conversation_id = engine.create_group(owner, create).await?.conversation_id;
    for some in users[1..].chunks(limits::MEMBERS_PER_REQUEST) {
        engine.add_members(owner, AddMembers { conversation_id, user_ids: some.to_vec() }).await?;
    }
    Ok(conversation_id)
}

/// Members who are connected; what they hear is taken and thrown away.
async fn listen(
    engine: &Engine,
    users: &[UserId],
    groups: impl Iterator<Item = &ConversationId>,
) -> anyhow::Result<JoinSet<()>> {
    let groups: Vec<ConversationId> = groups.copied().collect();
    let mut listeners = JoinSet::new();
    for (number, user) in users.iter().take(ONLINE).enumerate() {
        let connection = engine.attach(caller(*user), 0);
        if number < OPEN {
            for group in &groups {
                connection.open(*group).await?;
            }
        }
        listeners.spawn(take_all(connection));
    }
    Ok(listeners)
}

async fn take_all(connection: Connection) {
    let mut taken = Vec::new();
    loop {
        connection.ready().await;
        connection.take(&mut taken);
        taken.clear();
    }
}

/// Times of direct messages, from asking to the answer, in microseconds: how long senders think and for how long it goes on.
async fn direct(
    engine: &Engine,
    users: &[UserId],
    (think, measure): (Duration, Duration),
) -> anyhow::Result<Histogram<u64>> {
    let mut senders = JoinSet::new();
    for pair in users.chunks(2).take(SENDERS) {
        let (engine, from, to) = (engine.clone(), pair[0], *pair.last().unwrap_or(&pair[0]));
        senders.spawn(async move {
            let (mut times, began) = (histogram(), Instant::now());
            while began.elapsed() < measure {
                tokio::time::sleep(think).await;
                times.saturating_record(send(&engine, from, ConversationId::direct(from, to)).await?);
            }
            anyhow::Ok(times)
        });
    }
    gather(senders).await
}

async fn gather(mut senders: JoinSet<anyhow::Result<Histogram<u64>>>) -> anyhow::Result<Histogram<u64>> {
    let mut all = histogram();
    while let Some(ended) = senders.join_next().await {
        all.add(ended??)?;
    }
    Ok(all)
}

async fn send(engine: &Engine, user: UserId, to: ConversationId) -> anyhow::Result<u64> {
    let began = Instant::now();
    let key = format!("{:032x}", rand::random::<u128>());
    let message = SendMessage::text(to, key, "x".repeat(TEXT_BYTES));
    engine.send_message(caller(user), message).await?.await?;
    Ok(began.elapsed().as_micros() as u64)
}

fn caller(user: UserId) -> Caller {
    Caller { user, session: SessionId(1) }
}

fn p99(times: &Histogram<u64>) -> Duration {
    Duration::from_micros(times.value_at_quantile(0.99))
}

/// This process's resident memory.
fn resident() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
    let kib: u64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
    Ok(kib * 1_024)
}
