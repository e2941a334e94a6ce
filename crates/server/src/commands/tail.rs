//! `parlance tail`: prints a user's conversations as they happen, as text or as one JSON object a line.
//! Every entry is printed once and in order, across reconnects; it ends with Ctrl-C or with the session.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use anyhow::bail;
use clap::Args;
use parlance_proto::{Body, ConversationId, GetUser, UserId};
use parlance_sdk::{Client, Options, Start, Status, Update};

use super::caller::{Caller, Signed};
use super::say::say;

/// The flags of `tail`.
#[derive(Args)]
pub struct Tail {
    #[command(flatten)]
    caller: Caller,
    /// Only these: usernames, users' ids or conversations' ids; everything if there are none
    only: Vec<String>,
    /// Begin with everything one may read instead of with what happens now
    #[arg(long)]
    from_start: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

impl Tail {
    /// Prints messages as they come.
    pub async fn run(self) -> anyhow::Result<()> {
        let signed = self.caller.sign_in().await?;
        let mut only = Vec::new();
        for name in &self.only {
            only.push(signed.conversation(name).await?);
        }
        let start = if self.from_start { Start::Beginning } else { Start::Now };
        let options = Options { start, ..Options::default() };
        let client = Client::connect(&signed.server, &signed.token, options).await?;
        let mut printer = Printer { json: self.json, names: HashMap::new() };
        let ended = tokio::select! {
            ended = follow(&client, &signed, &only, &mut printer) => ended,
            _ = tokio::signal::ctrl_c() => Ok(()),
        };
        client.close().await?;
        signed.leave().await?;
        ended
    }
}

async fn follow(
    client: &Client,
    signed: &Signed,
    only: &[ConversationId],
    printer: &mut Printer,
) -> anyhow::Result<()> {
    let mut updates = client.updates()?;
    while let Some(update) = updates.next().await {
        if let Update::Entry { conversation_id, entry } = update
            && (only.is_empty() || only.contains(&conversation_id))
        {
            printer.print(signed, conversation_id, &entry).await?;
        }
    }
    match &*client.status().borrow() {
        Status::Ended(problem) => bail!("{}", problem.detail),
        _ => Ok(()),
    }
}

struct Printer {
    json: bool,
    /// Usernames already asked for.
    names: HashMap<UserId, String>,
}

impl Printer {
    async fn print(
        &mut self,
        signed: &Signed,
        conversation_id: ConversationId,
        entry: &parlance_proto::Entry,
    ) -> anyhow::Result<()> {
        if self.json {
            say(serde_json::json!({ "conversation_id": conversation_id, "entry": entry }));
            return Ok(());
        }
        let what = match &entry.body {
            Body::Text { text } => text.clone(),
            other => serde_json::to_string(other)?,
        };
        let (time, name) = (time_of_day(entry.time_ms), self.name(signed, entry.sender).await);
        say(format_args!("{time} {conversation_id} {} {name}: {what}", entry.index));
        Ok(())
    }
}

impl Printer {
    /// A user's name; the id if the name cannot be had now.
    async fn name(&mut self, signed: &Signed, user_id: UserId) -> &str {
        match self.names.entry(user_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let user = signed.http.call(GetUser { user_id }).await;
                unknown.insert(user.map_or_else(|_| user_id.to_string(), |user| user.username))
            }
        }
    }
}

/// Hours, minutes and seconds, UTC.
fn time_of_day(time_ms: i64) -> String {
    let seconds = time_ms.div_euclid(1_000).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_time_of_day_is_read_from_milliseconds() {
        assert_eq!(super::time_of_day(0), "00:00:00");
        assert_eq!(super::time_of_day(86_400_000 + 3_723_999), "01:02:03");
        assert_eq!(super::time_of_day(-1), "23:59:59");
    }
}
