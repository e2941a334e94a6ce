//! What all members share beside messages: name, settings, the announcement, names within the group.
//!
//! What only the owner may do, only the owner may give to others.

use parlance_proto::{Body, FileId, HistoryPolicy, SettingsChange, UserId, Who, limits};

use crate::conversation::rights::check_who;
use crate::limits::check_group_name;
use crate::{Conversation, FileRefusal, Rejection, Rules};

/// Another name and other settings.
pub(super) fn update(
    conversation: &Conversation,
    actor: UserId,
    name: Option<&str>,
    changes: &SettingsChange,
    rules: &Rules,
) -> Result<Vec<Body>, Rejection> {
    let mut bodies = match name {
        Some(name) => rename(conversation, actor, name)?,
        None => Vec::new(),
    };
    check_values(changes)?;
    check_kept(changes, rules)?;
    let changes = changes.beyond(&conversation.settings);
    if !changes.is_empty() {
        may_change(conversation, actor, &changes)?;
        bodies.push(Body::SettingsChanged { changes: Box::new(changes) });
    }
    Ok(bodies)
}

pub(super) fn rename(conversation: &Conversation, actor: UserId, name: &str) -> Result<Vec<Body>, Rejection> {
    check_who(conversation, actor, conversation.settings.who_edits_info)?;
    check_group_name(name)?;
    let name = name.trim();
    if conversation.name == name {
        return Ok(Vec::new());
    }
    Ok(vec![Body::Renamed { name: name.to_owned() }])
}

fn may_change(conversation: &Conversation, actor: UserId, changes: &SettingsChange) -> Result<(), Rejection> {
    let settings = &conversation.settings;
    let info = SettingsChange {
        description: changes.description.clone(),
        photo: changes.photo.clone(),
        ..SettingsChange::default()
    };
    if !info.is_empty() {
        check_who(conversation, actor, settings.who_edits_info)?;
    }
    if info != *changes {
        check_who(conversation, actor, Who::Admins)?;
    }
    if changes.keep_s.is_some() {
        check_who(conversation, actor, Who::Owner)?;
    }
    let rights = [
        (changes.who_adds, settings.who_adds),
        (changes.who_posts, settings.who_posts),
        (changes.who_mentions_all, settings.who_mentions_all),
        (changes.who_edits_info, settings.who_edits_info),
        (changes.who_pins, settings.who_pins),
    ];
    for (to, from) in rights {
        if to.is_some_and(|to| to == Who::Owner || from == Who::Owner) {
            check_who(conversation, actor, Who::Owner)?;
        }
    }
    Ok(())
}

/// A group keeps messages for a shorter time than the server, never for a longer one.
fn check_kept(changes: &SettingsChange, rules: &Rules) -> Result<(), Rejection> {
    let Some(keep_s) = changes.keep_s.filter(|keep_s| *keep_s > 0) else { return Ok(()) };
    if rules.keep_ms.is_some_and(|keep_ms| u64::from(keep_s) * 1_000 > keep_ms) {
        return Err(Rejection::BadGroupSetting(
            "keep_s is above what this server keeps; choose less, or 0 for that",
        ));
    }
    if limits::KEEP_S.contains(&keep_s) {
        return Ok(());
    }
    Err(Rejection::BadGroupSetting("keep_s is 5 to 315360000, 10 years; 0 is for as long as the server"))
}

fn check_values(changes: &SettingsChange) -> Result<(), Rejection> {
    let too_long = |text: &str| text.chars().count() > limits::DESCRIPTION_MAX_CHARS;
    if changes.description.as_deref().is_some_and(too_long) {
        return Err(Rejection::BadGroupSetting("a description has at most 500 characters"));
    }
    let is_no_file = |photo: &str| !photo.is_empty() && photo.parse::<FileId>().is_err();
    if changes.photo.as_deref().is_some_and(is_no_file) {
        return Err(FileRefusal::BadPhoto.into());
    }
    if changes.slow_mode_s.is_some_and(|wait_s| wait_s > limits::SLOW_MODE_MAX_S) {
        return Err(Rejection::BadGroupSetting("slow_mode_s is at most 86400, a day; 0 is none"));
    }
    let window = -1..=limits::RECALL_WINDOW_MAX_S;
    if changes.recall_window_s.is_some_and(|window_s| !window.contains(&window_s)) {
        return Err(Rejection::BadGroupSetting(
            "recall_window_s is -1, as the server has it, to 2592000, 30 days",
        ));
    }
    if let Some(HistoryPolicy::LastN { count }) = changes.history
        && !(1..=limits::HISTORY_LAST_MAX).contains(&count)
    {
        return Err(Rejection::BadGroupSetting("last_n shows 1 to 10000 messages; none shows none"));
    }
    Ok(())
}

/// An announcement for all, in place of the one before.
pub(super) fn announce(
    conversation: &Conversation,
    actor: UserId,
    text: &str,
) -> Result<Vec<Body>, Rejection> {
    check_who(conversation, actor, Who::Admins)?;
    let text = text.trim();
    let chars = text.chars().count();
    if chars > limits::GROUP_ANNOUNCEMENT_MAX_CHARS {
        return Err(Rejection::AnnouncementTooLong(chars));
    }
    let current = conversation.announcement.as_ref().map_or("", |announcement| announcement.text.as_str());
    if current == text {
        return Ok(Vec::new());
    }
    Ok(vec![Body::Announced { text: text.to_owned() }])
}

/// Another name within the group: one's own, or none for somebody else.
pub(super) fn set_alias(
    conversation: &Conversation,
    actor: UserId,
    user: UserId,
    alias: &str,
) -> Result<Vec<Body>, Rejection> {
    let alias = alias.trim();
    if user != actor {
        check_who(conversation, actor, Who::Admins)?;
        if !alias.is_empty() {
            return Err(Rejection::NotYourAlias);
        }
    }
    conversation.member(user).ok_or(Rejection::NoMember)?;
    if alias.chars().count() > limits::ALIAS_MAX_CHARS {
        return Err(Rejection::BadAlias);
    }
    if conversation.aliases.get(&user).map_or("", String::as_str) == alias {
        return Ok(Vec::new());
    }
    Ok(vec![Body::AliasChanged { member: user, alias: alias.to_owned() }])
}
