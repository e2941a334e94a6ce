//! What messages carry beyond plain text: styled spans, places, contact cards, cards with buttons, polls, where from.
//!
//! Places in a text are counted in Unicode scalar values, so that every client counts alike.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{FileId, UserId};

/// A styled part of a text. Spans of a message are sorted and properly nested.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, TS)]
pub struct TextSpan {
    /// Its first character.
    pub from: u32,
    /// The character after its last.
    pub to: u32,
    /// What it is.
    pub style: Style,
}

/// What a part of a text is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Style {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Struck through.
    Strike,
    /// Code within a line.
    Code,
    /// Lines of code.
    CodeBlock {
        /// In which language: up to 32 letters, digits, `+`, `-`, `#`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        language: Option<String>,
    },
    /// Somebody else's words.
    Quote,
    /// Covered until one looks.
    Spoiler,
    /// A link.
    Link {
        /// http, https or mailto.
        url: String,
        /// The text looks like another address than the one it leads to: show that one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<_>", optional)]
        suspicious: bool,
    },
    /// A member is mentioned.
    Mention {
        /// Who.
        user_id: UserId,
    },
    /// Everybody is mentioned.
    MentionAll,
}

/// How a text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// As it stands.
    Plain,
    /// As a part of Markdown: `**bold**`, `*italic*`, `~~strike~~`, `||spoiler||`, code, quotes, links.
    Markdown,
}

/// Where a forwarded message comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct Origin {
    /// Who wrote it first.
    pub sender: UserId,
    /// When, milliseconds since 1970.
    pub time_ms: i64,
}

/// A place on Earth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Degrees north, times ten million.
    pub latitude_e7: i32,
    /// Degrees east, times ten million.
    pub longitude_e7: i32,
    /// What is there: up to 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub label: Option<String>,
}

/// Cards to read and to act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Cards {
    /// One, or up to 10 beside each other.
    pub cards: Vec<Card>,
    /// Answers that the reader may choose from: up to 10, of 1 to 80 characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub replies: Vec<String>,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// 1 to 200 characters.
    pub title: String,
    /// Up to 2,000 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub text: String,
    /// A picture's address, https. The server does not fetch it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub picture_url: Option<String>,
    /// Up to 6.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub buttons: Vec<Button>,
}

/// A button of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Button {
    /// Sends its text as an answer.
    Reply {
        /// 1 to 80 characters.
        text: String,
    },
    /// Opens an address.
    Link {
        /// 1 to 80 characters.
        text: String,
        /// http or https.
        url: String,
    },
}

/// A question that members answer by choosing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// 1 to 300 characters.
    pub question: String,
    /// 2 to 12, each of 1 to 100 characters, none twice.
    pub options: Vec<String>,
    /// Whether one may choose several.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub multiple: bool,
    /// Whether nobody is told who chose what, or who voted at all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub anonymous: bool,
    /// When it closes by itself, milliseconds since 1970: up to 365 days after it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub closes_ms: Option<i64>,
}

/// How a poll stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct Tally {
    /// Votes for each option, in the order of the options.
    pub counts: Vec<u64>,
    /// How many people voted.
    pub voters: u64,
    /// What one has chosen oneself, counted from 0, lowest first; empty without a vote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub mine: Vec<u32>,
}

/// What the page says of itself that a message's text links: a stranger's words, cut and without anything invisible. Made
/// by the server, if its administrators want it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct PagePreview {
    /// The link, as it stands in the text.
    pub url: String,
    /// One line: 1 to 200 characters.
    pub title: String,
    /// One line: up to 400 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub description: String,
    /// What the site calls itself: up to 80 characters. Show the link's host beside it, which cannot lie.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub site: String,
    /// A small picture of it. It is read as the message's files are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub picture: Option<PreviewPicture>,
}

/// The picture of a link's preview: made anew by the server, fits into 320 x 320.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct PreviewPicture {
    /// By which it is read.
    pub file_id: FileId,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Its ThumbHash in base64.
    pub placeholder: String,
}

/// What a message can be instead of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// A place.
    Location(Location),
    /// Somebody on this server.
    Contact {
        /// Who.
        user_id: UserId,
    },
    /// Cards.
    Cards(Cards),
    /// A poll.
    Poll(Poll),
}
