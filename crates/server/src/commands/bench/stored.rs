//! Reading from a store that is not small: one user with thousands of conversations and a million messages in them; a
//! page of history, a page of the list, and the start of a server that holds all that.

use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use parlance_proto::{ConversationId, Conversations, CreateGroup, GetHistory, ListConversations};
use rand::RngExt as _;
use tokio::task::JoinSet;

use super::people::People;
use super::plan::{Plan, TEXT_BYTES};
use super::process::Process;
use super::report::{Report, histogram};
use super::wire::{Kind, Wire, kind};

/// Rows on a page.
const PAGE: u32 = 50;
/// Connections that make groups at once.
const MAKERS: usize = 8;
/// Messages in flight on each connection while filling.
const DEPTH: u64 = 48;
/// Time for what follows a message to be written, before reading is measured.
const SETTLE: Duration = Duration::from_secs(2);

/// Fills the store and measures reading from it.
pub async fn fill_and_read(people: &People, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let groups = make_groups(people, plan).await?;
    let each = plan.stored_messages / groups.len() as u64;
    let began = Instant::now();
    fill(people, &groups, each, plan.connections).await?;
    let stored = each * groups.len() as u64;
    report.count("stored_conversations", groups.len() as u64);
    report.count("stored_messages", stored);
    report.rate("fill_rate", stored as f64 / began.elapsed().as_secs_f64());
    tokio::time::sleep(SETTLE).await;
    let mut reader = people.connect(0).await?;
    read_history(&mut reader, &groups, each, plan, report).await?;
    read_list(&mut reader, &groups, plan, report).await
}

/// Groups of the first person with one other each.
async fn make_groups(people: &People, plan: &Plan) -> anyhow::Result<Vec<(ConversationId, usize)>> {
    let mut makers = JoinSet::new();
    for maker in 0..MAKERS {
        let mut wire = people.connect(0).await?;
        let numbers: Vec<usize> = (maker..plan.conversations).step_by(MAKERS).collect();
        let other = |number: usize| 1 + number % (plan.connections - 1);
        let wanted: Vec<_> =
            numbers.into_iter().map(|n| (n, other(n), people.person(other(n)).user_id)).collect();
        makers.spawn(async move {
            let mut made = Vec::new();
            for (number, other, user_id) in wanted {
                let name = format!("conversation {number}");
                let create = CreateGroup {
                    name,
                    member_ids: vec![user_id],
                    client_message_id: format!("s{number}"),
                    kind: None,
                };
                made.push((wire.ask(create).await?.conversation_id, other));
            }
            anyhow::Ok(made)
        });
    }
    let mut groups = Vec::new();
    while let Some(made) = makers.join_next().await {
        groups.extend(made??);
    }
    Ok(groups)
}

/// Every other member writes to its groups.
async fn fill(
    people: &People,
    groups: &[(ConversationId, usize)],
    each: u64,
    connections: usize,
) -> anyhow::Result<()> {
    let mut writers = JoinSet::new();
    for number in 1..connections {
        let own: Vec<_> =
            groups.iter().filter(|(_, other)| *other == number).map(|(group, _)| *group).collect();
        writers.spawn(write(people.connect(number).await?, own, each));
    }
    while let Some(written) = writers.join_next().await {
        written??;
    }
    Ok(())
}

async fn write(mut wire: Wire, groups: Vec<ConversationId>, each: u64) -> anyhow::Result<()> {
    let total = each * groups.len() as u64;
    let (mut sent, mut answered) = (0, 0);
    let mut frames = Vec::new();
    while answered < total {
        while sent < total && sent - answered < DEPTH {
            // Round the groups, as real traffic goes, not one group after the other.
            let group = groups[(sent % groups.len() as u64) as usize];
            let frame = wire.encode_send(group, format!("w{sent}"), "x".repeat(TEXT_BYTES)).1;
            wire.feed(frame).await?;
            sent += 1;
        }
        wire.flush().await?;
        wire.take(&mut frames).await?;
        for frame in frames.drain(..) {
            match kind(&frame) {
                Kind::Answer(_) => answered += 1,
                Kind::Refusal => anyhow::bail!("a message was refused: are the server's rates off?"),
                Kind::Entry | Kind::Other => {}
            }
        }
    }
    Ok(())
}

async fn read_history(
    reader: &mut Wire,
    groups: &[(ConversationId, usize)],
    each: u64,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut times = histogram();
    for _ in 0..plan.pages {
        let conversation_id = groups[rand::rng().random_range(0..groups.len())].0;
        let before = Some(rand::rng().random_range(2..each.max(2) + 2));
        let input = GetHistory { conversation_id, after: None, before, limit: Some(PAGE) };
        let began = Instant::now();
        let page = reader.ask(input).await?;
        times.saturating_record(began.elapsed().as_micros() as u64);
        ensure!(!page.entries.is_empty(), "a page of history is empty");
    }
    report.times("history_page_50", &times);
    Ok(())
}

/// Reads the first page, which is what a screen shows, and walks the list, which must hold every conversation. The very
/// first answer is told apart: it may have to wait for what filling left to be written.
async fn read_list(
    reader: &mut Wire,
    groups: &[(ConversationId, usize)],
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    let (mut first, mut further) = (histogram(), histogram());
    let began = Instant::now();
    list_page(reader, None).await?;
    report.time("conversation_list_after_filling", began.elapsed());
    for _ in 0..plan.pages / 2 {
        let began = Instant::now();
        list_page(reader, None).await?;
        first.saturating_record(began.elapsed().as_micros() as u64);
    }
    let mut missing: HashSet<_> = groups.iter().map(|(group, _)| *group).collect();
    let mut page = list_page(reader, None).await?;
    loop {
        for summary in &page.conversations {
            missing.remove(&summary.conversation_id);
        }
        let Some(next) = page.next else { break };
        let began = Instant::now();
        page = list_page(reader, Some(next)).await?;
        further.saturating_record(began.elapsed().as_micros() as u64);
    }
    ensure!(missing.is_empty(), "the list lacks {} conversations", missing.len());
    report.times("conversation_list_50_first_page", &first);
    report.times("conversation_list_50_further_pages", &further);
    Ok(())
}

async fn list_page(reader: &mut Wire, after: Option<String>) -> anyhow::Result<Conversations> {
    reader.ask(ListConversations { after, limit: Some(PAGE), ..ListConversations::default() }).await
}

/// Stops the server and starts it again with what it holds.
pub async fn restart(server: Process, folder: &Path, report: &mut Report) -> anyhow::Result<Process> {
    let began = Instant::now();
    server.stop().await?;
    report.time("stop_time_full", began.elapsed());
    let server = Process::server(folder).await?;
    report.time("start_time_full", server.started_in);
    report.bytes("start_server_bytes_full", server.resident_bytes()?);
    report.bytes("idle_server_bytes_full", server.settled_bytes().await?);
    Ok(server)
}
