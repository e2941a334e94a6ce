//! A bot that answers every text message with the same text. It keeps its place and its unsent answers in a folder, so
//! it may be stopped and started at any time.
//!
//! `PARLANCE_PASSWORD=… cargo run -p parlance-sdk --example echo_bot -- http://127.0.0.1:8080 echo ./echo-bot`

use std::path::PathBuf;

use anyhow::Context;
use parlance_proto::{Body, LogIn};
use parlance_sdk::{Client, Options, QueuePlace, Update};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: echo_bot <server> <username> <folder>";
    let url = arguments.next().context(usage)?;
    let username = arguments.next().context(usage)?;
    let folder = PathBuf::from(arguments.next().context(usage)?);
    let password = std::env::var("PARLANCE_PASSWORD").context("set PARLANCE_PASSWORD")?;

    std::fs::create_dir_all(&folder)?;
    let log_in = LogIn { username, password, device_name: Some("echo bot".to_owned()), new_password: None };
    let me = Client::log_in(&url, log_in).await?;
    let options = Options {
        state_file: Some(folder.join("place.json")),
        queue: QueuePlace::File(folder.join("queue")),
        ..Options::default()
    };
    let client = Client::connect(&url, &me.token, options).await?;
    let mut updates = client.updates()?;
    loop {
        let update = tokio::select! {
            update = updates.next() => update,
            _ = tokio::signal::ctrl_c() => break,
        };
        let Some(update) = update else { break };
        let Update::Entry { conversation_id, entry } = update else { continue };
        if let Body::Text { text } = &entry.body
            && entry.sender != me.user.user_id
        {
            client.queue(conversation_id, text).await?;
        }
    }
    client.close().await?;
    Ok(())
}
