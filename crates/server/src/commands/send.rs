//! `parlance send`: sends one message as a client, and ends well only once the server has said that it is durable.
//! It knows nothing of the server's inside: everything goes through the SDK.

use std::io::Read as _;

use anyhow::{Context as _, ensure};
use clap::Args;
use parlance_proto::{Accepted, SendMessage};
use parlance_sdk::{Backoff, CallError, Http, Outcome};

use super::caller::Caller;
use super::say::say;
use crate::signin::token;

/// How often a send without a certain outcome is repeated.
const TRIES: u32 = 8;

/// The flags of `send`.
#[derive(Args)]
pub struct Send {
    #[command(flatten)]
    caller: Caller,
    /// A username, a user's id (u_…) or a conversation's id (g_…, d_…)
    to: String,
    /// The text; standard input if there is none
    text: Vec<String>,
    /// The retry key: the same key and text send one message, however often
    #[arg(long, value_name = "ID")]
    client_message_id: Option<String>,
}

impl Send {
    /// Sends a message.
    pub async fn run(self) -> anyhow::Result<()> {
        let text = if self.text.is_empty() { from_stdin()? } else { self.text.join(" ") };
        ensure!(!text.is_empty(), "there is nothing to send");
        let signed = self.caller.sign_in().await?;
        let conversation_id = signed.conversation(&self.to).await?;
        let client_message_id = self.client_message_id.unwrap_or_else(token::retry_key);
        let message = SendMessage::text(conversation_id, client_message_id, text);
        let accepted = send(&signed.http, message).await;
        signed.leave().await?;
        say(format_args!("{conversation_id} {}", accepted?.index));
        Ok(())
    }
}

/// Repeats with the same key until the outcome is certain.
async fn send(http: &Http, message: SendMessage) -> Result<Accepted, CallError> {
    let backoff = Backoff { first_ms: 200, most_ms: 5_000 };
    let mut attempt = 0;
    loop {
        match http.call(message.clone()).await {
            Err(error) if error.outcome() != Outcome::Refused && attempt + 1 < TRIES => {
                tokio::time::sleep(backoff.pause(attempt, error.retry_after_ms(), 0.5)).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

fn from_stdin() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).context("reading the text from standard input")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
