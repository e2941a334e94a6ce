//! Deeds about a group's settings, order and ways in, and what their entries say.
//!
//! One arm a verb; a verb that is not here is a failure of the scenario.

use parlance_domain::{Command, Entrance};
use parlance_proto::{Body, Entry, HistoryPolicy, Joining, SettingsChange, Who};

use super::stage::People;
use super::words::text;

/// Reads what comes after the actor.
pub fn group_deed(people: &mut People, words: &[&str]) -> Result<Command, String> {
    let number = |word: &str| word.parse::<u64>().map_err(|_| format!("{word} is no number"));
    Ok(match words {
        ["creates", "channel", name, "with", others @ ..] => {
            Command::Create { name: text(name)?, members: people.ids(others), channel: true }
        }
        ["sets", what, value @ ..] => {
            Command::Update { name: None, changes: Box::new(setting(what, value)?) }
        }
        ["announces", said] => Command::Announce(text(said)?),
        ["calls", whom, name] => Command::SetAlias(people.id(whom), text(name)?),
        ["mutes", whom, "until", second] => Command::Mute(people.id(whom), number(second)? as i64 * 1_000),
        ["lets", whom, "speak"] => Command::Mute(people.id(whom), 0),
        ["bans", whom] => Command::Ban(people.id(whom)),
        ["unbans", whom] => Command::Unban(people.id(whom)),
        ["dissolves", "it"] => Command::Dissolve,
        ["joins", "by", link] => Command::Join(Entrance { link: number(link)?, max_uses: None, made_at: 0 }),
        ["joins", "by", link, "made", "at", index] => {
            Command::Join(Entrance { link: number(link)?, max_uses: None, made_at: number(index)? })
        }
        ["joins", "by", link, "of", uses] => {
            let max_uses = Some(number(uses)? as u32);
            Command::Join(Entrance { link: number(link)?, max_uses, made_at: 0 })
        }
        ["admits", whom, "asked", "at", index] => {
            Command::Admit { user: people.id(whom), asked_at: number(index)? }
        }
        _ => return Err("nobody can do that".to_owned()),
    })
}

fn setting(what: &str, value: &[&str]) -> Result<SettingsChange, String> {
    let wrong = || format!("{what} has no such value");
    let mut change = SettingsChange::default();
    let who = |word: &str| match word {
        "owner" => Ok(Some(Who::Owner)),
        "admins" => Ok(Some(Who::Admins)),
        "members" => Ok(Some(Who::Members)),
        _ => Err(wrong()),
    };
    match (what, value) {
        ("who_adds", [word]) => change.who_adds = who(word)?,
        ("who_mentions_all", [word]) => change.who_mentions_all = who(word)?,
        ("who_posts", [word]) => change.who_posts = who(word)?,
        ("who_edits_info", [word]) => change.who_edits_info = who(word)?,
        ("description", [word]) => change.description = Some(text(word)?),
        ("photo", [word]) => change.photo = Some(text(word)?),
        ("slow_mode_s", [word]) => change.slow_mode_s = Some(word.parse().map_err(|_| wrong())?),
        ("recall_window_s", [word]) => change.recall_window_s = Some(word.parse().map_err(|_| wrong())?),
        ("members_hidden", [word]) => change.members_hidden = Some(word.parse().map_err(|_| wrong())?),
        ("joining", [word]) => {
            change.joining = Some(match *word {
                "closed" => Joining::Closed,
                "link" => Joining::Link,
                "request" => Joining::Request,
                "link_with_approval" => Joining::LinkWithApproval,
                _ => return Err(wrong()),
            });
        }
        ("history", words) => {
            change.history = Some(match words {
                ["all"] => HistoryPolicy::All,
                ["since_joined"] => HistoryPolicy::SinceJoined,
                ["since_invited"] => HistoryPolicy::SinceInvited,
                ["last", count] => HistoryPolicy::LastN { count: count.parse().map_err(|_| wrong())? },
                ["none"] => HistoryPolicy::None,
                _ => return Err(wrong()),
            });
        }
        _ => return Err(format!("{what} is no setting")),
    }
    Ok(change)
}

/// Such an entry in words.
pub fn group_entry(people: &People, entry: &Entry) -> String {
    match &entry.body {
        Body::SettingsChanged { .. } => "settings".to_owned(),
        Body::Announced { text } => format!("announced \"{text}\""),
        Body::AliasChanged { member, alias } => format!("{} goes by \"{alias}\"", people.name(*member)),
        Body::MemberMuted { member, until_ms } => {
            format!("muted {} until {}", people.name(*member), until_ms / 1_000)
        }
        Body::MemberBanned { member } => format!("banned {}", people.name(*member)),
        Body::MemberUnbanned { member } => format!("unbanned {}", people.name(*member)),
        Body::Dissolved {} => "dissolved".to_owned(),
        Body::MemberJoined { link_id, uses, .. } => format!("joined by {link_id}, use {uses}"),
        other => format!("{other:?}"),
    }
}
