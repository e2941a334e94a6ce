//! The engine's settings. Every default works; units are in the names.
//!
//! No promise rests on those that move work in time: any values give the same answers. A node that is not alone must say so.

use parlance_domain::Rules;

use crate::Roles;

/// Settings of the engine.
#[derive(Clone, Debug)]
pub struct Options {
    /// No other node works on the same store. One of several looks at the store before it answers from memory.
    pub alone: bool,
    /// What this node does. One that is alone must do everything.
    pub roles: Roles,
    /// Inboxes are written this often; messages in between share a row.
    pub flush_ms: u64,
    /// An owner without work checkpoints and removes its mark after this long.
    pub tidy_ms: u64,
    /// An owner without work retires after this long.
    pub idle_ms: u64,
    /// What is due at a time is looked for this often.
    pub timer_tick_ms: u64,
    /// How long stopping may wait for inboxes.
    pub stop_patience_ms: u64,
    /// A file that nobody needs any more is looked at again after this long; sends under way end meanwhile.
    pub file_grace_ms: i64,
    /// What the rules of conversations take from the server's settings.
    pub rules: Rules,
    /// A fault put in on purpose.
    #[cfg(feature = "planted")]
    pub planted: Option<Planted>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            alone: true,
            roles: Roles::ALL,
            flush_ms: 500,
            tidy_ms: 2_000,
            idle_ms: 60_000,
            timer_tick_ms: 500,
            stop_patience_ms: 5_000,
            file_grace_ms: 60_000,
            rules: Rules::default(),
            #[cfg(feature = "planted")]
            planted: None,
        }
    }
}

/// Faults that the harnesses must catch.
#[cfg(feature = "planted")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// Retry keys do not become rows, so that a repeat after a checkpoint is a second message.
    RetryKeyLost,
    /// The answer is given before the guard was checked.
    IndexBeforeGuard,
    /// The dirty mark goes although inboxes have not caught up.
    MarkRemovedEarly,
    /// One member is left out when inboxes are written.
    InboxEntrySkipped,
    /// A recall is told, but the message keeps its content.
    RecallForgotten,
    /// A read index is set to whatever is asked.
    CursorBack,
    /// A block is written down, but what is running goes on as if there were none.
    BlockForgotten,
    /// A vote in place of another does not take that one out of the count.
    VoteCountedTwice,
    /// A node goes on with what it remembers of a conversation after it slept, and writes over whatever came meanwhile.
    StaleOwner,
    /// What is cached of a conversation is shown without a look at what other nodes wrote.
    StaleRead,
    /// A dirty mark of another node goes although inboxes have not caught up.
    ForeignMarkRemoved,
    /// After a commit of unknown outcome the log is read once, and what comes through later is not looked for.
    DoubtForgotten,
    /// A repeat of what another node committed is answered, but that node alone tells the inboxes.
    RepeatUnnoted,
    /// What is due to disappear is shown to nobody, but stays in its row.
    ExpiryForgotten,
    /// What another node was asked and did not answer is done here without its retry key.
    ForwardKeyLost,
    /// Of several sends in one message to another node each is answered what became of another.
    AnswersMixedUp,
}
