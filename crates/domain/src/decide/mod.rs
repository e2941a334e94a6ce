//! The rules: from a command to the entries it leaves, or to a rejection.
//!
//! A refusal leaves nothing behind. It sees committed state only, and the state it leaves has exactly one
//! owner.

mod disappearing;
mod edit;
mod joining;
mod likes;
mod membership;
mod mentions;
mod messages;
mod people;
mod polls;
mod settings;
mod sweep;

pub use sweep::{Sweep, Swept, sweep};

use parlance_proto::{
    Body, ConversationKind, Details, Disappearing, Entry, PagePreview, Role, SettingsChange, UserId,
};

use crate::{Conversation, Rejection, Styled};
pub use joining::Entrance;
pub(crate) use mentions::mentions_all;

/// An hour.
const HOUR_MS: i64 = 3_600 * 1_000;

/// What somebody wants to happen in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // nearly every command is the largest one
pub enum Command {
    /// Write a message.
    Send(Draft),
    /// Withdraw one of the own messages.
    Recall(u64),
    /// Give one of the own messages another text.
    Edit {
        /// Which.
        target: u64,
        /// What it says from now on.
        styled: Styled,
    },
    /// Like a message with an emoji.
    Like(u64, String),
    /// Take a like back.
    Unlike(u64, String),
    /// Pin a message for all.
    Pin(u64),
    /// Take a pin away.
    Unpin(u64),
    /// Vote in a poll, in place of the vote before; an empty one takes it back.
    Vote(u64, Vec<u32>),
    /// Close a poll.
    ClosePoll(u64),
    /// By the server: give a message a card of what it links.
    Preview(u64, Box<PagePreview>),
    /// Make the group, with these first members.
    Create {
        /// The group's name.
        name: String,
        /// Who is in it beside the maker.
        members: Vec<UserId>,
        /// Whether it is a channel.
        channel: bool,
    },
    /// Bring people in.
    AddMembers(Vec<UserId>),
    /// Remove a member.
    RemoveMember(UserId),
    /// Leave.
    Leave,
    /// Give a role.
    SetRole(UserId, Role),
    /// Hand the group over.
    TransferOwnership(UserId),
    /// Give the group another name.
    Rename(String),
    /// Have messages disappear from now on, or no longer.
    SetDisappearing(Option<Disappearing>),
    /// By the server: do what time has brought. Its owner decides it by `sweep`, over many messages at once.
    Sweep(Sweep),
    /// Give the group another name and other settings.
    Update {
        /// The name, if it shall be another.
        name: Option<String>,
        /// The settings that shall be others.
        changes: Box<SettingsChange>,
    },
    /// Put up an announcement; an empty one takes it down.
    Announce(String),
    /// Give a member another name within the group; an empty one takes it away.
    SetAlias(UserId, String),
    /// Let a member not write until then.
    Mute(UserId, i64),
    /// Put somebody out for good.
    Ban(UserId),
    /// Let somebody in again.
    Unban(UserId),
    /// End the group.
    Dissolve,
    /// Come in by a link.
    Join(Entrance),
    /// Let somebody in who asked.
    Admit {
        /// Who.
        user: UserId,
        /// The log's last index when the one asked.
        asked_at: u64,
    },
}

impl Command {
    /// A plain text message.
    pub fn text(text: impl Into<String>) -> Command {
        Command::Send(Draft { body: Body::Text { text: text.into() }, details: Details::default() })
    }

    /// The message that the command is about, if it is about one: its `Target` must be in the scene.
    pub fn target(&self) -> Option<u64> {
        match self {
            Command::Recall(target)
            | Command::Edit { target, .. }
            | Command::Like(target, _)
            | Command::Unlike(target, _)
            | Command::Pin(target)
            | Command::Unpin(target)
            | Command::Vote(target, _)
            | Command::ClosePoll(target)
            | Command::Preview(target, _) => Some(*target),
            Command::Send(_)
            | Command::Create { .. }
            | Command::AddMembers(_)
            | Command::RemoveMember(_)
            | Command::Leave
            | Command::SetRole(..)
            | Command::TransferOwnership(_)
            | Command::Rename(_)
            | Command::SetDisappearing(_)
            | Command::Sweep(_)
            | Command::Update { .. }
            | Command::Announce(_)
            | Command::SetAlias(..)
            | Command::Mute(..)
            | Command::Ban(_)
            | Command::Unban(_)
            | Command::Dissolve
            | Command::Join(_)
            | Command::Admit { .. } => None,
        }
    }

    /// Whether it may bring people in: `last_from` must be in the scene if the group shows them the last messages.
    pub fn brings_in(&self) -> bool {
        matches!(self, Command::AddMembers(_) | Command::Join(_) | Command::Admit { .. })
    }
}

/// A message to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub body: Body,
    /// What it carries beside that.
    pub details: Details,
}

/// A message that a command is about, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The message.
    pub entry: Entry,
    /// Its likes, if the command is about them.
    pub likes: TargetLikes,
    /// What the actor has chosen so far, if the command votes.
    pub ballot: Vec<u32>,
}

/// What a decision about likes sees of those there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetLikes {
    /// What the actor likes it with.
    pub own: Vec<String>,
    /// Every emoji on it.
    pub kinds: Vec<String>,
}

/// Settings of the server that rules depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long after sending a message may be recalled, in milliseconds.
    pub recall_window_ms: i64,
    /// How long after sending a message may be edited, in milliseconds.
    pub edit_window_ms: i64,
    /// For how long a message sent now is kept, in milliseconds; none for ever.
    pub keep_ms: Option<u64>,
    /// Most members of a group on this server; none for what any group can have.
    pub group_max_members: Option<u32>,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            recall_window_ms: 24 * HOUR_MS,
            edit_window_ms: 48 * HOUR_MS,
            keep_ms: None,
            group_max_members: None,
        }
    }
}

/// What a decision sees.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The committed state.
    pub conversation: &'a Conversation,
    /// Who acts.
    pub actor: UserId,
    /// The server's time, milliseconds since 1970; never before the last entry's.
    pub now_ms: i64,
    /// The server's settings.
    pub rules: &'a Rules,
    /// The message that `Command::target` names; none if there is no such message.
    pub target: Option<&'a Target>,
    /// The first of the last messages that the group shows to newcomers, if the command brings people in.
    pub last_from: Option<u64>,
}

/// What a decision leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The bodies of the entries to write, in order; none if things already are as the command wants them.
    pub bodies: Vec<Body>,
    /// What the first of them carries beside its body.
    pub details: Option<Box<Details>>,
    /// What stands in the target's place from now on, if that changes.
    pub rewrite: Option<Rewrite>,
    /// What is kept beside the log, together with the first of them.
    pub beside: Vec<Beside>,
    /// Whether the entries are the server's, so that they do not tell who acted.
    pub anonymous: bool,
}

/// Something kept beside the log; it comes with the entry or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The target as it was and as it is from now on, for the audit. Goes with the message.
    Version,
    /// The actor's like of the target with this emoji.
    Like(String),
    /// No longer the actor's like with this emoji.
    Unlike(String),
    /// The actor's ballot in the target from now on; an empty one is none.
    Ballot(Vec<u32>),
    /// The message mentions these; the target does, if the command has one.
    Mention(Vec<UserId>),
    /// The target no longer mentions these.
    Unmention(Vec<UserId>),
}

/// A message's new content, in the place it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// What it says.
    pub body: Body,
    /// What it carries beside that.
    pub details: Option<Box<Details>>,
}

impl From<Vec<Body>> for Decision {
    fn from(bodies: Vec<Body>) -> Decision {
        Decision { bodies, ..Decision::default() }
    }
}

/// Decides `command` by the scene's actor.
pub fn decide(scene: Scene<'_>, command: &Command) -> Result<Decision, Rejection> {
    let Scene { conversation, actor, .. } = scene;
    if let Command::Create { name, members, channel } = command {
        return membership::create(conversation, actor, name, members, *channel).map(Decision::from);
    }
    if let Command::Join(entrance) = command {
        let bodies = joining::join(scene, entrance)?;
        return Ok(membership::with_fan_out(conversation, bodies).into());
    }
    if let Command::Preview(_, card) = command {
        return edit::preview(scene, card);
    }
    let role = conversation.member(actor).ok_or(Rejection::NoConversation)?.role;
    match command {
        Command::Send(draft) => return messages::send(scene, draft),
        Command::Recall(_) => return messages::recall(scene),
        Command::Edit { styled, .. } => return edit::edit(scene, styled),
        Command::SetDisappearing(wanted) => {
            return disappearing::set(conversation, role, *wanted).map(Decision::from);
        }
        Command::Like(_, emoji) => return likes::like(scene, emoji),
        Command::Unlike(_, emoji) => return likes::unlike(scene, emoji),
        Command::Pin(_) => return likes::pin(scene),
        Command::Unpin(_) => return likes::unpin(scene),
        Command::Vote(_, options) => return polls::vote(scene, options),
        Command::ClosePoll(_) => return polls::close(scene),
        _ => {}
    }
    if conversation.kind() == ConversationKind::Direct {
        return Err(Rejection::DirectConversation);
    }
    let bodies = of_group(scene, role, command)?;
    Ok(membership::with_fan_out(conversation, bodies).into())
}

/// Decides what only groups have.
fn of_group(scene: Scene<'_>, role: Role, command: &Command) -> Result<Vec<Body>, Rejection> {
    let Scene { conversation, actor, .. } = scene;
    match command {
        // Decided above: what is about messages, and the making of a group.
        Command::Send(_)
        | Command::Recall(_)
        | Command::Edit { .. }
        | Command::Like(..)
        | Command::Unlike(..)
        | Command::Pin(_)
        | Command::Unpin(_)
        | Command::Vote(..)
        | Command::ClosePoll(_)
        | Command::Preview(..)
        | Command::SetDisappearing(_)
        | Command::Sweep(_)
        | Command::Create { .. }
        | Command::Join(_) => Ok(Vec::new()),
        Command::AddMembers(users) => joining::add_members(scene, users),
        Command::Admit { user, asked_at } => joining::admit(scene, *user, *asked_at),
        Command::RemoveMember(user) => membership::remove_member(conversation, role, *user),
        Command::Leave => {
            Ok(vec![Body::MemberLeft { new_owner: membership::successor(conversation, actor) }])
        }
        Command::SetRole(user, to) => membership::set_role(conversation, role, *user, *to),
        Command::TransferOwnership(user) => membership::transfer(conversation, actor, role, *user),
        Command::Rename(name) => settings::rename(conversation, actor, name),
        Command::Update { name, changes } => {
            settings::update(conversation, actor, name.as_deref(), changes, scene.rules)
        }
        Command::Announce(text) => settings::announce(conversation, actor, text),
        Command::SetAlias(user, alias) => settings::set_alias(conversation, actor, *user, alias),
        Command::Mute(user, until_ms) => people::mute(conversation, actor, *user, *until_ms),
        Command::Ban(user) => people::ban(conversation, actor, *user),
        Command::Unban(user) => people::unban(conversation, actor, *user),
        Command::Dissolve => people::dissolve(conversation, actor),
    }
}

fn needs_admin(role: Role) -> Result<(), Rejection> {
    if role >= Role::Admin { Ok(()) } else { Err(Rejection::NeedsAdmin) }
}

fn needs_owner(role: Role) -> Result<(), Rejection> {
    if role == Role::Owner { Ok(()) } else { Err(Rejection::NeedsOwner) }
}
