//! Who a message mentions: members only, and everybody by right.
//!
//! What is kept for the mentioned follows the message: an edit changes it, a recall takes it away.

use std::collections::BTreeSet;

use parlance_proto::{FanOut, Style, TextSpan, UserId, limits};

use super::{Beside, Scene};
use crate::{MessageRefusal, Rejection};

/// Refuses mentions of strangers, too many, and of everybody without the right to.
pub(super) fn check(scene: Scene<'_>, spans: &[TextSpan]) -> Result<(), Rejection> {
    let named: BTreeSet<UserId> = spans.iter().filter_map(named).collect();
    if named.len() > limits::MENTIONS_MAX {
        return Err(MessageRefusal::TooManyMentions(named.len()).into());
    }
    if named.iter().any(|user| scene.conversation.member(*user).is_none()) {
        return Err(MessageRefusal::MentionsStranger.into());
    }
    if mentions_all(spans) && !scene.conversation.may_mention_all(scene.actor) {
        return Err(MessageRefusal::MayNotMentionAll.into());
    }
    Ok(())
}

/// What is to be kept when a message's spans become others. In a large group everybody is told by the conversation, not
/// by a row each.
pub(super) fn changed(scene: Scene<'_>, before: &[TextSpan], after: &[TextSpan]) -> Vec<Beside> {
    let (before, after) = (mentioned(scene, before), mentioned(scene, after));
    let gone: Vec<UserId> = before.difference(&after).copied().collect();
    let new: Vec<UserId> = after.difference(&before).copied().collect();
    let mut beside = Vec::new();
    if !gone.is_empty() {
        beside.push(Beside::Unmention(gone));
    }
    if !new.is_empty() {
        beside.push(Beside::Mention(new));
    }
    beside
}

fn mentioned(scene: Scene<'_>, spans: &[TextSpan]) -> BTreeSet<UserId> {
    let mut mentioned: BTreeSet<UserId> = spans.iter().filter_map(named).collect();
    if mentions_all(spans) && scene.conversation.fan_out == FanOut::Write {
        mentioned.extend(scene.conversation.members.keys());
    }
    mentioned.remove(&scene.actor);
    mentioned
}

fn named(span: &TextSpan) -> Option<UserId> {
    match span.style {
        Style::Mention { user_id } => Some(user_id),
        _ => None,
    }
}

/// Whether a message mentions everybody.
pub(crate) fn mentions_all(spans: &[TextSpan]) -> bool {
    spans.iter().any(|span| span.style == Style::MentionAll)
}
