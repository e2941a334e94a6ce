//! What a message may be, apart from any conversation: texts, places, contacts, cards, polls.
//!
//! Whatever passes can be shown as it stands; no address in it leads anywhere but to the web.

use std::collections::BTreeSet;

use parlance_proto::{Body, Button, Card, Cards, Location, Poll, limits};

use crate::{MessageRefusal, Rejection, check_url};

/// Most characters of a label or a title.
const TITLE_MAX_CHARS: usize = 200;
/// Most characters of a card's text.
const CARD_TEXT_MAX_CHARS: usize = 2_000;
/// Most characters of a button or a suggested reply.
const BUTTON_MAX_CHARS: usize = 80;
/// A quarter and a half of a circle, in ten millionths of a degree.
const QUARTER_E7: i32 = 900_000_000;
const HALF_E7: i32 = 1_800_000_000;

/// Refuses what cannot be sent as a message.
pub(crate) fn check_content(body: &Body) -> Result<(), Rejection> {
    match body {
        Body::Location(place) if !is_location(place) => Err(MessageRefusal::BadLocation.into()),
        Body::Cards(cards) if !are_cards(cards) => Err(MessageRefusal::BadCards.into()),
        Body::Poll(poll) if !is_poll(poll) => Err(MessageRefusal::BadPoll.into()),
        // Whether a text may be empty depends on what goes with it.
        Body::Text { .. } | Body::Location(_) | Body::Contact { .. } | Body::Cards(_) | Body::Poll(_) => {
            Ok(())
        }
        _ => Err(Rejection::NotAMessage),
    }
}

fn is_text(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most
}

fn is_location(place: &Location) -> bool {
    (-QUARTER_E7..=QUARTER_E7).contains(&place.latitude_e7)
        && (-HALF_E7..=HALF_E7).contains(&place.longitude_e7)
        && place.label.as_ref().is_none_or(|label| is_text(label, TITLE_MAX_CHARS))
}

fn is_poll(poll: &Poll) -> bool {
    let different: BTreeSet<&str> = poll.options.iter().map(|option| option.trim()).collect();
    is_text(&poll.question, limits::POLL_QUESTION_MAX_CHARS)
        && limits::POLL_OPTIONS.contains(&poll.options.len())
        && poll.options.iter().all(|option| is_text(option, limits::POLL_OPTION_MAX_CHARS))
        && different.len() == poll.options.len()
}

fn are_cards(cards: &Cards) -> bool {
    (1..=limits::CARDS_MAX).contains(&cards.cards.len())
        && cards.cards.iter().all(is_card)
        && bytes(cards) <= limits::RICH_MAX_BYTES
        && cards.replies.len() <= limits::CARDS_MAX
        && cards.replies.iter().all(|reply| is_text(reply, BUTTON_MAX_CHARS))
}

fn bytes(cards: &Cards) -> usize {
    let button = |button: &Button| match button {
        Button::Reply { text } => text.len(),
        Button::Link { text, url } => text.len() + url.len(),
    };
    let card = |card: &Card| {
        let picture = card.picture_url.as_ref().map_or(0, String::len);
        card.title.len() + card.text.len() + picture + card.buttons.iter().map(button).sum::<usize>()
    };
    cards.cards.iter().map(card).sum::<usize>() + cards.replies.iter().map(String::len).sum::<usize>()
}

fn is_card(card: &Card) -> bool {
    let picture = card.picture_url.as_ref();
    is_text(&card.title, TITLE_MAX_CHARS)
        && card.text.chars().count() <= CARD_TEXT_MAX_CHARS
        && picture.is_none_or(|url| url.starts_with("https://") && check_url(url, false).is_ok())
        && card.buttons.len() <= limits::BUTTONS_MAX
        && card.buttons.iter().all(is_button)
}

fn is_button(button: &Button) -> bool {
    match button {
        Button::Reply { text } => is_text(text, BUTTON_MAX_CHARS),
        Button::Link { text, url } => is_text(text, BUTTON_MAX_CHARS) && check_url(url, false).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(change: impl FnOnce(&mut Cards)) -> Body {
        let link = Button::Link { text: "Open".to_owned(), url: "https://a.example".to_owned() };
        let reply = Button::Reply { text: "Yes".to_owned() };
        let card = Card {
            title: "Title".to_owned(),
            text: String::new(),
            picture_url: Some("https://a.example/p.png".to_owned()),
            buttons: vec![reply, link],
        };
        let mut cards = Cards { cards: vec![card], replies: vec!["No".to_owned()] };
        change(&mut cards);
        Body::Cards(cards)
    }

    #[test]
    fn cards_are_taken_up_to_their_limits() {
        let ten = |cards: &mut Cards| cards.cards = vec![cards.cards[0].clone(); 10];
        assert!(check_content(&cards(|_| {})).is_ok());
        assert!(check_content(&cards(ten)).is_ok());
        assert!(check_content(&cards(|all| all.cards[0].title = "é".repeat(200))).is_ok());
        for body in [
            cards(|all| all.cards.clear()),
            cards(|all| all.cards = vec![all.cards[0].clone(); 11]),
            cards(|all| all.cards[0].title = " ".to_owned()),
            cards(|all| all.cards[0].title = "é".repeat(201)),
            cards(|all| all.cards[0].text = "é".repeat(2_001)),
            cards(|all| all.cards[0].picture_url = Some("http://a.example/p.png".to_owned())),
            cards(|all| all.cards[0].buttons = vec![Button::Reply { text: "x".to_owned() }; 7]),
            cards(|all| all.cards[0].buttons[0] = Button::Reply { text: String::new() }),
            cards(|all| {
                all.cards[0].buttons[0] =
                    Button::Link { text: "x".to_owned(), url: "javascript:x".to_owned() };
            }),
            cards(|all| all.replies = vec!["x".to_owned(); 11]),
        ] {
            assert_eq!(check_content(&body), Err(MessageRefusal::BadCards.into()), "{body:?}");
        }
    }

    #[test]
    fn polls_have_a_question_and_a_few_different_options() {
        let poll = |question: String, options: &[String]| {
            let (multiple, anonymous, closes_ms) = (false, false, None);
            let poll = Poll { question, options: options.to_vec(), multiple, anonymous, closes_ms };
            check_content(&Body::Poll(poll)).is_ok()
        };
        let options = |count: usize| (0..count).map(|option| format!("{option}")).collect::<Vec<_>>();
        assert!(poll("é".repeat(300), &options(2)) && poll("?".to_owned(), &options(12)));
        assert!(poll("?".to_owned(), &["é".repeat(100), "b".to_owned()]));
        assert!(!poll("é".repeat(301), &options(2)) && !poll(" ".to_owned(), &options(2)));
        assert!(!poll("?".to_owned(), &options(1)) && !poll("?".to_owned(), &options(13)));
        assert!(!poll("?".to_owned(), &["é".repeat(101), "b".to_owned()]));
        assert!(!poll("?".to_owned(), &["a".to_owned(), " a".to_owned()]), "the same twice");
        assert!(!poll("?".to_owned(), &["a".to_owned(), " ".to_owned()]));
    }

    #[test]
    fn places_are_on_earth() {
        let place = |latitude_e7, longitude_e7, label: Option<&str>| {
            let label = label.map(str::to_owned);
            check_content(&Body::Location(Location { latitude_e7, longitude_e7, label })).is_ok()
        };
        assert!(place(900_000_000, -1_800_000_000, Some("Pole")));
        assert!(!place(900_000_001, 0, None) && !place(0, 1_800_000_001, None) && !place(0, 0, Some(" ")));
    }
}
