//! The limits that every figure is compared with, measured in the same run on the same cores: the disk's own append and
//! sync, a bare WebSocket echo, a bare broadcast. They do nothing else, so a server cannot be faster.

mod bare;
mod disk;

use std::net::SocketAddr;

use bytes::Bytes;
use parlance_proto::{ClientFrame, ConversationId, Encoding, SendMessage, UserId};

use super::fan_out::{FanOut, Source};
use super::plan::{Plan, TEXT_BYTES};
use super::report::Report;
use super::sends::{Lane, Load, run};
use super::wire::Wire;
pub use bare::{FILE, serve_bare};
pub use disk::disk;

/// A frame of the size of a real send.
fn frame() -> Bytes {
    let send = SendMessage::text(
        ConversationId::direct(UserId(1), UserId(2)),
        "d16-99-100000".to_owned(),
        "x".repeat(TEXT_BYTES),
    );
    ClientFrame { id: 100_000, request: send.into() }.encode(Encoding::Msgpack).into()
}

/// Round trips a second of the bare echo at every depth.
pub async fn echo(address: SocketAddr, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    for depth in plan.depths {
        let mut lanes = Vec::new();
        for number in 0..plan.connections {
            let wire = Wire::bare(address, bare::ECHO).await?;
            lanes.push(Lane { wire, number, load: Load::Frame(frame()), depth: *depth });
        }
        let (rate, _) = run(lanes, plan.measure).await?;
        report.rate(&format!("echo_depth_{depth}"), rate);
    }
    Ok(())
}

/// Deliveries a second of the bare broadcast at every window.
pub async fn broadcast(address: SocketAddr, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let mut receivers = Vec::new();
    for _ in 0..plan.receivers {
        receivers.push(Wire::bare(address, bare::RECEIVE).await?);
    }
    let sender = Wire::bare(address, bare::SEND).await?;
    let fan_out = FanOut { sender, receivers, source: Source::Frame(frame()) };
    let rates = fan_out.run(plan.windows, plan.measure).await?;
    for (window, rate) in plan.windows.iter().zip(rates) {
        report.rate(&format!("broadcast_deliveries_window_{window}"), rate);
    }
    Ok(())
}
