//! Memory of idle connections: a fresh server, its resident memory before and after so many devices have connected.
//! A server of its own, so that memory freed by earlier measurements does not hide what connections cost.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::people::People;
use super::plan::Plan;
use super::process::{Process, raise_files};
use super::report::Report;
use super::wire::Wire;

/// Accounts that the connections share.
const PEOPLE: usize = 20;
/// Connections made at once.
const AT_ONCE: usize = 32;
/// Bytes of the load client's own buffers.
const BUFFER_BYTES: usize = 512;
/// Files that this process needs besides.
const OTHER_FILES: u64 = 200;
/// Time for the last connections to be set up.
const SETTLE: Duration = Duration::from_secs(3);

/// Measures on a server of its own.
pub async fn connections(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let first = Process::server(folder.path()).await?;
    let few = Plan { connections: PEOPLE, receivers: 0, ..plan.clone() };
    let people = People::settle(first.address(), &few).await?;
    first.stop().await?;
    let server = Process::server(folder.path()).await?;
    let wanted = plan.idle_connections.min(raise_files().saturating_sub(OTHER_FILES) as usize);
    // The first connections set up what all share.
    let few = connect(&people, server.address(), PEOPLE).await?;
    let before = server.settled_bytes().await?;
    let many = connect(&people, server.address(), wanted).await?;
    tokio::time::sleep(SETTLE).await;
    let after = server.resident_bytes()?;
    report.count("idle_connections", many.len() as u64);
    report.bytes("idle_connections_server_bytes_before", before);
    report.bytes("idle_connections_server_bytes_after", after);
    report.bytes("idle_connection_bytes", after.saturating_sub(before) / many.len().max(1) as u64);
    drop(few);
    Ok(())
}

async fn connect(people: &People, address: SocketAddr, count: usize) -> anyhow::Result<Vec<Wire>> {
    let one = |number: usize| async move {
        Wire::signed_in_with(address, &people.person(number).token, BUFFER_BYTES).await
    };
    stream::iter(0..count).map(one).buffer_unordered(AT_ONCE).try_collect().await
}
