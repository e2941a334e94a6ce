//! Links in messages, told to whoever makes cards of them, and the cards.
//!
//! What is told may be lost, and a message without a card is whole. A card is given by the conversation's owner, so one that
//! was made for a message recalled or changed meanwhile comes to nothing.

use std::sync::OnceLock;

use parlance_domain::{Command, Rewrite, previewed_link};
use parlance_proto::{ConversationId, Details, Entry, PagePreview, SessionId, UserId};
use tokio::sync::mpsc;

use crate::owner::Held;
use crate::{Caller, Engine, Error};

/// A message that links something from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Where.
    pub conversation: ConversationId,
    /// Which message.
    pub index: u64,
    /// Whose.
    pub sender: UserId,
    /// The link.
    pub url: String,
}

/// The way to whoever makes cards; nobody at first.
#[derive(Default)]
pub(crate) struct Links(OnceLock<mpsc::Sender<Linked>>);

impl Links {
    /// Tells of links in new entries and in a message that was changed.
    pub(crate) fn notice(
        &self,
        conversation: ConversationId,
        entries: &[Entry],
        rewritten: Option<(&Held, &Rewrite)>,
    ) {
        let Some(sender) = self.0.get() else { return };
        let new = entries.iter().map(|entry| (entry, entry.details.as_deref()));
        let changed = rewritten.map(|(held, to)| (&held.target.entry, to.details.as_deref()));
        for (entry, details) in new.chain(changed) {
            if let Some(url) = details.and_then(wanted) {
                let (index, author) = (entry.index, entry.sender);
                // Who cannot keep up makes fewer cards.
                _ = sender.try_send(Linked { conversation, index, sender: author, url: url.to_owned() });
            }
        }
    }
}

/// The link that a card is wanted of.
fn wanted(details: &Details) -> Option<&str> {
    if details.preview.is_some() { None } else { previewed_link(&details.spans) }
}

impl Engine {
    /// The links of messages from now on, as many as may wait. Only the first asker gets any.
    pub fn links(&self, room: usize) -> mpsc::Receiver<Linked> {
        let (sender, receiver) = mpsc::channel(room);
        // A second sender is dropped, which ends its receiver.
        _ = self.0.links.0.set(sender);
        receiver
    }

    /// Gives a message a card of what it links, unless it is gone, says something else by now, or has one.
    pub async fn set_preview(&self, linked: &Linked, preview: PagePreview) -> Result<(), Error> {
        let server = Caller { user: UserId::SERVER, session: SessionId(0) };
        let command = Command::Preview(linked.index, Box::new(preview));
        self.ask(server, linked.conversation, None, command).await?.await.map(|_| ())
    }
}
