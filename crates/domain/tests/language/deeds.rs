//! From words to a command, and from what was decided back to words.
//!
//! One arm a verb; a verb that is not here is a failure of the scenario.

use parlance_domain::{Command, Draft, Styled};
use parlance_proto::{
    Attachment, AttachmentKind, Body, Details, DisappearAfter, Disappearing, Entry, FanOut, FileId,
    PagePreview, Poll, Role, StickerOf, StickerPackId, Style, TextSpan, UserId,
};

use super::groups::{group_deed, group_entry};
use super::stage::People;
use super::words::text;

/// A deed: who, what, and under which retry key.
pub struct Deed {
    pub actor: UserId,
    pub command: Command,
    pub key: Option<String>,
}

/// Reads a deed.
pub fn deed(people: &mut People, words: &[&str]) -> Result<Deed, String> {
    if let ["server", "previews", index, url] = words {
        let command = Command::Preview(number(index)?, Box::new(card(url)));
        return Ok(Deed { actor: UserId::SERVER, command, key: None });
    }
    let [actor, rest @ ..] = words else { return Err("an empty line".to_owned()) };
    let actor = people.id(actor);
    let mut key = None;
    let command = match rest {
        ["creates", name] => Command::Create { name: text(name)?, members: Vec::new(), channel: false },
        ["creates", name, "with", others @ ..] => {
            Command::Create { name: text(name)?, members: people.ids(others), channel: false }
        }
        ["says", said] => Command::text(text(said)?),
        ["says", said, "with", "key", given] => {
            key = Some((*given).to_owned());
            Command::text(text(said)?)
        }
        ["answers", index, said] => {
            let Command::Send(mut draft) = Command::text(text(said)?) else {
                return Err("no text".to_owned());
            };
            draft.details.reply_to = Some(index.parse().map_err(|_| "answers needs an index")?);
            Command::Send(draft)
        }
        ["lets", "messages", "stay"] => Command::SetDisappearing(None),
        ["lets", "messages", "disappear", ms, "ms", "after", after] => {
            let after = if *after == "reading" { DisappearAfter::Reading } else { DisappearAfter::Sending };
            Command::SetDisappearing(Some(Disappearing { after, ms: number(ms)? }))
        }
        ["adds", others @ ..] => Command::AddMembers(people.ids(others)),
        ["removes", whom] => Command::RemoveMember(people.id(whom)),
        ["recalls", index] => Command::Recall(index.parse().map_err(|_| "recalls needs an index")?),
        ["edits", index, said] => Command::Edit {
            target: index.parse().map_err(|_| "edits needs an index")?,
            styled: Styled::plain(text(said)?),
        },
        ["likes", index, "with", emoji] => Command::Like(number(index)?, (*emoji).to_owned()),
        ["unlikes", index, "with", emoji] => Command::Unlike(number(index)?, (*emoji).to_owned()),
        ["pins", index] => Command::Pin(number(index)?),
        ["unpins", index] => Command::Unpin(number(index)?),
        ["asks", question, "of", options @ ..] => asked(question, options)?,
        ["votes", "in", index, "for", options @ ..] => Command::Vote(
            number(index)?,
            options.iter().map(|option| Ok(number(option)? as u32)).collect::<Result<_, String>>()?,
        ),
        ["takes", "back", "the", "vote", "in", index] => Command::Vote(number(index)?, Vec::new()),
        ["closes", index] => Command::ClosePoll(number(index)?),
        ["mentions", whom @ ..] => {
            let style = |whom: &&str| match *whom {
                "all" => Style::MentionAll,
                whom => Style::Mention { user_id: people.id(whom) },
            };
            let spans = whom.iter().map(style).map(|style| TextSpan { from: 0, to: 2, style }).collect();
            let details = Details { spans, ..Details::default() };
            Command::Send(Draft { body: Body::Text { text: "hi".to_owned() }, details })
        }
        ["links", url] => link(url),
        ["edits", index, "to", "link", url] => Command::Edit { target: number(index)?, styled: linked(url) },
        ["attaches", count, kind, "to", said] => {
            let attachments = (0..number(count)?).map(|id| attachment(kind, id)).collect();
            let details = Details { attachments, ..Details::default() };
            Command::Send(Draft { body: Body::Text { text: text(said)? }, details })
        }
        ["leaves"] => Command::Leave,
        ["makes", whom, to] => Command::SetRole(people.id(whom), role(to)?),
        ["hands", "over", "to", whom] => Command::TransferOwnership(people.id(whom)),
        ["renames", "it", name] => Command::Rename(text(name)?),
        other => group_deed(people, other)?,
    };
    Ok(Deed { actor, command, key })
}

/// A poll: `several` lets one choose several options, `anonymously` hides who voted, `closing 5000` ends it then.
fn asked(question: &str, words: &[&str]) -> Result<Command, String> {
    let mut poll = Poll {
        question: text(question)?,
        options: Vec::new(),
        multiple: false,
        anonymous: false,
        closes_ms: None,
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "several" => poll.multiple = true,
            "anonymously" => poll.anonymous = true,
            "closing" => poll.closes_ms = Some(number(words.next().ok_or("closing when?")?)? as i64),
            option => poll.options.push(text(option)?),
        }
    }
    Ok(Command::Send(Draft { body: Body::Poll(poll), details: Details::default() }))
}

/// A message that is a link.
fn link(word: &str) -> Command {
    let Styled { text, spans } = linked(word);
    let details = Details { spans, ..Details::default() };
    Command::Send(Draft { body: Body::Text { text }, details })
}

/// A text that is a link; `||` before it covers it.
fn linked(word: &str) -> Styled {
    let url = word.trim_start_matches('|').to_owned();
    let to = url.len() as u32;
    let mut spans =
        vec![TextSpan { from: 0, to, style: Style::Link { url: url.clone(), suspicious: false } }];
    if word.starts_with("||") {
        spans.insert(0, TextSpan { from: 0, to, style: Style::Spoiler });
    }
    Styled { text: url, spans }
}

/// A card of a page.
fn card(url: &str) -> PagePreview {
    PagePreview {
        url: url.to_owned(),
        title: "A page".to_owned(),
        description: String::new(),
        site: String::new(),
        picture: None,
    }
}

/// An attachment of a kind that has what its kind needs.
fn attachment(kind: &str, id: u64) -> Attachment {
    let sticker = (kind == "stickers")
        .then(|| Box::new(StickerOf { pack_id: StickerPackId(1), emoji: "🐱".to_owned() }));
    let (kind, sides, duration_ms) = match kind {
        "pictures" | "stickers" => (AttachmentKind::Picture, Some(10), None),
        "videos" => (AttachmentKind::Video, Some(10), Some(1_000)),
        "mute-videos" => (AttachmentKind::Video, Some(10), None),
        _ => (AttachmentKind::File, None, None),
    };
    Attachment {
        file_id: FileId(u128::from(id)),
        kind,
        name: None,
        media_type: "application/octet-stream".to_owned(),
        size: 1,
        width: sides,
        height: sides,
        animated: false,
        duration_ms,
        waveform: Vec::new(),
        placeholder: None,
        poster: None,
        sticker,
    }
}

fn number(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("{word:?} is no index"))
}

fn role(word: &str) -> Result<Role, String> {
    [Role::Member, Role::Admin, Role::Owner]
        .into_iter()
        .find(|role| role_word(*role) == word)
        .ok_or_else(|| format!("{word} is no role"))
}

/// A role's word.
pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Admin => "admin",
        Role::Owner => "owner",
    }
}

/// A way of fan-out's word.
pub fn fan_out_word(fan_out: FanOut) -> &'static str {
    match fan_out {
        FanOut::Write => "write",
        FanOut::Read => "read",
    }
}

/// An entry in words, with its index.
pub fn entry_words(people: &People, entry: &Entry) -> String {
    let said = match &entry.body {
        Body::Created { name, members, .. } => format!("created \"{name}\" with {}", people.names(members)),
        Body::Text { .. } | Body::Location(_) | Body::Contact { .. } | Body::Cards(_) | Body::Poll(_) => {
            "message".to_owned()
        }
        Body::Voted { target } => format!("voted in {target} by {}", people.name(entry.sender)),
        Body::PollClosed { target } => format!("closed {target}"),
        Body::Previewed { target } => format!("previewed {target}"),
        Body::MembersAdded { members, .. } => format!("added {}", people.names(members)),
        Body::MemberRemoved { member } => format!("removed {}", people.name(*member)),
        Body::MemberLeft { new_owner: None } => "left, no new owner".to_owned(),
        Body::MemberLeft { new_owner: Some(owner) } => format!("left, new owner {}", people.name(*owner)),
        Body::RoleChanged { member, role } => format!("{} is {}", people.name(*member), role_word(*role)),
        Body::OwnerChanged { owner } => format!("handed over to {}", people.name(*owner)),
        Body::Renamed { name } => format!("renamed \"{name}\""),
        Body::DisappearingChanged { disappearing: None } => "messages stay".to_owned(),
        Body::DisappearingChanged { disappearing: Some(Disappearing { after, ms }) } => {
            format!("messages disappear {ms} ms after {after:?}").to_lowercase()
        }
        Body::Expired { targets } => format!("expired {targets:?}"),
        Body::ExpirySet { targets, upto, .. } => format!("clocks of {targets:?} started up to {upto}"),
        Body::Recalled { target } => format!("recalled {target}"),
        Body::Edited { target, .. } => format!("edited {target}"),
        Body::Liked { target, emoji } => format!("liked {target} with {emoji}"),
        Body::Unliked { target, emoji } => format!("unliked {target} with {emoji}"),
        Body::Pinned { target } => format!("pinned {target}"),
        Body::Unpinned { target } => format!("unpinned {target}"),
        Body::Gone { reason } => format!("gone {reason:?}"),
        Body::SettingsChanged { .. }
        | Body::Announced { .. }
        | Body::AliasChanged { .. }
        | Body::MemberMuted { .. }
        | Body::MemberBanned { .. }
        | Body::MemberUnbanned { .. }
        | Body::Dissolved {}
        | Body::Withheld {}
        | Body::MemberJoined { .. } => group_entry(people, entry),
        Body::FanOutChanged { fan_out } => format!("fan-out {}", fan_out_word(*fan_out)),
    };
    format!("{} {said}", entry.index)
}
