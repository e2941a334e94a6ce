//! Styled texts: what Markdown becomes, which spans are taken, and that no text breaks it.
//!
//! Whatever is composed passes the check for what clients give.

use parlance_domain::{Styled, check_spans, check_url, compose};
use parlance_proto::{Format, Style, TextSpan, UserId};
use proptest::prelude::*;

fn markdown(text: &str) -> Styled {
    compose(text.to_owned(), Some(Format::Markdown), None, true).unwrap_or_default()
}

fn span(from: u32, to: u32, style: Style) -> TextSpan {
    TextSpan { from, to, style }
}

fn link(url: &str, suspicious: bool) -> Style {
    Style::Link { url: url.to_owned(), suspicious }
}

#[test]
fn markdown_becomes_a_text_with_spans() {
    let user_id = UserId(7);
    let language = Some("rust".to_owned());
    for (source, text, spans) in [
        ("**b** and *i*", "b and i", vec![span(0, 1, Style::Bold), span(6, 7, Style::Italic)]),
        ("**b _i_**", "b i", vec![span(0, 3, Style::Bold), span(2, 3, Style::Italic)]),
        ("~~s~~ ||x||", "s x", vec![span(0, 1, Style::Strike), span(2, 3, Style::Spoiler)]),
        ("`**c**`", "**c**", vec![span(0, 5, Style::Code)]),
        ("> q\n> r\nt", "q\nr\nt", vec![span(0, 3, Style::Quote)]),
        ("```rust\na\nb\n```\nt", "a\nb\nt", vec![span(0, 3, Style::CodeBlock { language })]),
        ("[d](https://a.example/x)", "d", vec![span(0, 1, link("https://a.example/x", false))]),
        (&format!("hi [@Al]({user_id})"), "hi @Al", vec![span(3, 6, Style::Mention { user_id })]),
        ("@all hi", "@all hi", vec![span(0, 4, Style::MentionAll)]),
        ("2 * 3 * 4 and a_b_c \\*x\\*", "2 * 3 * 4 and a_b_c *x*", vec![]),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))", vec![]),
        ("ü **é**", "ü é", vec![span(2, 3, Style::Bold)]),
    ] {
        assert_eq!(markdown(source), Styled { text: text.to_owned(), spans }, "{source}");
    }
}

#[test]
fn links_are_found_and_misleading_ones_flagged() {
    let plain = |text: &str| compose(text.to_owned(), None, None, false).unwrap().spans;
    let url = "https://a.example/b?c=d";
    assert_eq!(plain(&format!("é {url}, ok")), [span(2, 25, link(url, false))]);
    assert_eq!(plain("al@a.example"), [span(0, 12, link("mailto:al@a.example", false))]);
    assert_eq!(plain("javascript:alert(1) file:///etc/passwd"), []);
    let flagged = |text: &str, url: &str| {
        let spans = vec![span(0, text.chars().count() as u32, link(url, false))];
        let styled = compose(text.to_owned(), None, Some(spans), false).unwrap();
        styled.spans[0].style == link(url, true)
    };
    assert!(flagged("bank.example", "https://evil.example/"));
    assert!(flagged("https://bank.example/x", "https://bank.example@evil.example/"));
    assert!(flagged("docs\u{202e}txt", "https://evil.example/"));
    assert!(!flagged("bank.example", "https://www.bank.example/x"));
    assert!(!flagged("click here", "https://bank.example/x"));
}

#[test]
fn only_good_addresses_are_links() {
    for url in ["https://a.example", "HTTP://a.example/x", "mailto:a@b.example"] {
        assert!(check_url(url, true).is_ok(), "{url}");
    }
    for url in [
        "javascript:x",
        "data:text/html,x",
        "https://",
        "https:///x",
        "https://a b",
        "http://a\u{202e}b",
        "//a",
        "",
    ] {
        assert!(check_url(url, true).is_err(), "{url}");
    }
    assert!(check_url("mailto:a@b.example", false).is_err());
    assert!(check_url(&format!("https://a.example/{}", "x".repeat(2_030)), true).is_ok());
    assert!(check_url(&format!("https://a.example/{}", "x".repeat(2_031)), true).is_err());
}

#[test]
fn spans_that_do_not_fit_are_refused() {
    let bold = |from, to| span(from, to, Style::Bold);
    let taken = |spans: &[TextSpan]| check_spans("0123456789", spans).is_ok();
    assert!(taken(&[bold(0, 10), bold(0, 5), bold(2, 3), bold(5, 10)]));
    for bad in [
        vec![bold(0, 11)],
        vec![bold(3, 3)],
        vec![bold(4, 3)],
        vec![bold(5, 6), bold(0, 1)],
        vec![bold(0, 5), bold(0, 10)],
        vec![bold(0, 5), bold(3, 8)],
        vec![span(0, 5, Style::Code), bold(1, 2)],
        vec![span(0, 5, link("javascript:x", false))],
        vec![span(0, 5, Style::CodeBlock { language: Some("a b".to_owned()) })],
        vec![bold(0, 1); 201],
    ] {
        assert!(!taken(&bad), "{bad:?}");
    }
    assert!(taken(&vec![bold(0, 1); 200]));
}

/// Texts made of what means something here.
fn signs() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "~~",
        "||",
        "`",
        "```",
        "\n",
        "> ",
        "[",
        "](",
        ")",
        "\\",
        "@all",
        " ",
        "a",
        "é",
        "👍",
        "https://a.example",
        "u_01h5n0k3v9w2x",
        "a@b.example",
        "\u{202e}",
        "javascript:",
    ]);
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_composed_is_valid(text in prop_oneof![signs(), any::<String>()], markdown in any::<bool>()) {
        let format = if markdown { Format::Markdown } else { Format::Plain };
        if let Ok(styled) = compose(text, Some(format), None, true) {
            prop_assert!(check_spans(&styled.text, &styled.spans).is_ok(), "{styled:?}");
        }
    }

    #[test]
    fn no_spans_break_it(text in signs(), places in prop::collection::vec((0..40_u32, 0..40_u32), 0..6)) {
        let spans = places.into_iter().map(|(from, to)| span(from, to, Style::Bold)).collect();
        if let Ok(styled) = compose(text, None, Some(spans), false) {
            prop_assert!(check_spans(&styled.text, &styled.spans).is_ok(), "{styled:?}");
        }
    }
}
