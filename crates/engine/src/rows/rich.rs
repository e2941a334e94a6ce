//! Rows of what messages carry beyond plain text: spans, places, cards, polls.
//!
//! They stand in the row of their entry and are rewritten with it.

use parlance_proto::{Button, Card, Cards, Location, Poll, Style, TextSpan, UserId};
use prost::Message;

use crate::Error;

/// A styled part of a text.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct SpanRow {
    #[prost(uint32, tag = "1")]
    pub from: u32,
    #[prost(uint32, tag = "2")]
    pub to: u32,
    /// 1 bold, 2 italic, 3 strike, 4 code, 5 code block, 6 quote, 7 spoiler, 8 link, 9 mention, 10 mention of all.
    #[prost(uint32, tag = "3")]
    pub style: u32,
    /// The address, or the language.
    #[prost(string, tag = "4")]
    pub text: String,
    #[prost(fixed64, tag = "5")]
    pub user: u64,
    #[prost(bool, tag = "6")]
    pub suspicious: bool,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct LocationRow {
    #[prost(sint32, tag = "1")]
    pub latitude_e7: i32,
    #[prost(sint32, tag = "2")]
    pub longitude_e7: i32,
    #[prost(string, tag = "3")]
    pub label: String,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct CardsRow {
    #[prost(message, repeated, tag = "1")]
    pub cards: Vec<CardRow>,
    #[prost(string, repeated, tag = "2")]
    pub replies: Vec<String>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct CardRow {
    #[prost(string, tag = "1")]
    pub title: String,
    #[prost(string, tag = "2")]
    pub text: String,
    #[prost(string, tag = "3")]
    pub picture_url: String,
    #[prost(message, repeated, tag = "4")]
    pub buttons: Vec<ButtonRow>,
}

/// A button; one without an address sends its text.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ButtonRow {
    #[prost(string, tag = "1")]
    pub text: String,
    #[prost(string, tag = "2")]
    pub url: String,
}

/// A poll; 0 stands for no time.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PollRow {
    #[prost(string, tag = "1")]
    pub question: String,
    #[prost(string, repeated, tag = "2")]
    pub options: Vec<String>,
    #[prost(bool, tag = "3")]
    pub multiple: bool,
    #[prost(bool, tag = "4")]
    pub anonymous: bool,
    #[prost(sint64, tag = "5")]
    pub closes_ms: i64,
}

pub(super) fn poll_row(poll: &Poll) -> PollRow {
    PollRow {
        question: poll.question.clone(),
        options: poll.options.clone(),
        multiple: poll.multiple,
        anonymous: poll.anonymous,
        closes_ms: poll.closes_ms.unwrap_or_default(),
    }
}

pub(super) fn poll(row: PollRow) -> Poll {
    Poll {
        question: row.question,
        options: row.options,
        multiple: row.multiple,
        anonymous: row.anonymous,
        closes_ms: Some(row.closes_ms).filter(|time_ms| *time_ms != 0),
    }
}

pub(super) fn span_row(span: &TextSpan) -> SpanRow {
    let row = SpanRow { from: span.from, to: span.to, ..SpanRow::default() };
    let styled = |style| SpanRow { style, ..row.clone() };
    match &span.style {
        Style::Bold => styled(1),
        Style::Italic => styled(2),
        Style::Strike => styled(3),
        Style::Code => styled(4),
        Style::CodeBlock { language } => SpanRow { text: language.clone().unwrap_or_default(), ..styled(5) },
        Style::Quote => styled(6),
        Style::Spoiler => styled(7),
        Style::Link { url, suspicious } => {
            SpanRow { text: url.clone(), suspicious: *suspicious, ..styled(8) }
        }
        Style::Mention { user_id } => SpanRow { user: user_id.0, ..styled(9) },
        Style::MentionAll => styled(10),
    }
}

pub(super) fn span(row: &SpanRow) -> Result<TextSpan, Error> {
    let text = || row.text.clone();
    let style = match row.style {
        1 => Style::Bold,
        2 => Style::Italic,
        3 => Style::Strike,
        4 => Style::Code,
        5 => Style::CodeBlock { language: Some(text()).filter(|name| !name.is_empty()) },
        6 => Style::Quote,
        7 => Style::Spoiler,
        8 => Style::Link { url: text(), suspicious: row.suspicious },
        9 => Style::Mention { user_id: UserId(row.user) },
        10 => Style::MentionAll,
        style => return Err(Error::corrupt(format!("an unknown style {style}"))),
    };
    Ok(TextSpan { from: row.from, to: row.to, style })
}

pub(super) fn location_row(place: &Location) -> LocationRow {
    LocationRow {
        latitude_e7: place.latitude_e7,
        longitude_e7: place.longitude_e7,
        label: place.label.clone().unwrap_or_default(),
    }
}

pub(super) fn location(row: LocationRow) -> Location {
    Location {
        latitude_e7: row.latitude_e7,
        longitude_e7: row.longitude_e7,
        label: Some(row.label).filter(|label| !label.is_empty()),
    }
}

pub(super) fn cards_row(cards: &Cards) -> CardsRow {
    let button = |button: &Button| match button {
        Button::Reply { text } => ButtonRow { text: text.clone(), url: String::new() },
        Button::Link { text, url } => ButtonRow { text: text.clone(), url: url.clone() },
    };
    let card = |card: &Card| CardRow {
        title: card.title.clone(),
        text: card.text.clone(),
        picture_url: card.picture_url.clone().unwrap_or_default(),
        buttons: card.buttons.iter().map(button).collect(),
    };
    CardsRow { cards: cards.cards.iter().map(card).collect(), replies: cards.replies.clone() }
}

pub(super) fn cards(row: CardsRow) -> Cards {
    let button = |row: ButtonRow| match row.url.as_str() {
        "" => Button::Reply { text: row.text },
        _ => Button::Link { text: row.text, url: row.url },
    };
    let card = |row: CardRow| Card {
        title: row.title,
        text: row.text,
        picture_url: Some(row.picture_url).filter(|url| !url.is_empty()),
        buttons: row.buttons.into_iter().map(button).collect(),
    };
    Cards { cards: row.cards.into_iter().map(card).collect(), replies: row.replies }
}
