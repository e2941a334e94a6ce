//! What a page says of itself: title, description, site, picture, from its head.
//!
//! Whatever comes in, what comes out is a line of text without anything invisible, cut to its length.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};
use parlance_proto::limits;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Never empty.
    pub title: String,
    /// Empty if there is none.
    pub description: String,
    /// Empty if there is none.
    pub site: String,
    /// The address of a picture, as it is written.
    pub picture: Option<String>,
}

/// What each thing is called, the best name first.
const TITLES: [&str; 2] = ["og:title", "twitter:title"];
const DESCRIPTIONS: [&str; 3] = ["og:description", "twitter:description", "description"];
const SITES: [&str; 2] = ["og:site_name", "application-name"];
const PICTURES: [&str; 4] = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image"];

/// Where a character set may be named, in bytes from the beginning.
const LOOK: usize = 1_024;

/// Reads a page; none if it has no title, or is written in a character set that is not known.
pub fn read(bytes: &[u8], content_type: &str) -> Option<Page> {
    let head = Head::read(&text(bytes, content_type)?);
    let title = line(head.first(&TITLES).unwrap_or(&head.title), limits::PREVIEW_TITLE_CHARS);
    let said = |names: &[&str], most| line(head.first(names).unwrap_or_default(), most);
    (!title.is_empty()).then(|| Page {
        title,
        description: said(&DESCRIPTIONS, limits::PREVIEW_DESCRIPTION_CHARS),
        site: said(&SITES, limits::PREVIEW_SITE_CHARS),
        picture: head.first(&PICTURES).map(str::to_owned),
    })
}

/// What stands in a page's head.
#[derive(Default)]
struct Head {
    title: String,
    /// What is said under which name, each the first time.
    said: Vec<(String, String)>,
}

impl Head {
    fn read(text: &str) -> Head {
        let mut emitter = DefaultEmitter::default();
        // What stands in a script or a style is no page.
        emitter.naively_switch_states(true);
        let mut head = Head::default();
        let mut in_title = false;
        for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
            match token {
                Token::StartTag(tag) => match tag.name.as_slice() {
                    b"title" => in_title = head.title.is_empty(),
                    b"meta" => head.note(&tag),
                    b"body" => break,
                    _ => {}
                },
                Token::String(said) if in_title => head.title.push_str(&String::from_utf8_lossy(&said)),
                Token::EndTag(tag) => match tag.name.as_slice() {
                    b"title" => in_title = false,
                    b"head" => break,
                    _ => {}
                },
                _ => {}
            }
        }
        head
    }

    fn note(&mut self, tag: &StartTag<()>) {
        let attribute = |name: &[u8]| {
            let value = tag.attributes.get(&HtmlString(name.to_vec()))?;
            Some(String::from_utf8_lossy(&value.value).into_owned())
        };
        let Some(name) = attribute(b"property").or_else(|| attribute(b"name")) else { return };
        let known = TITLES.iter().chain(&DESCRIPTIONS).chain(&SITES).chain(&PICTURES);
        let Some(name) = known.into_iter().find(|known| name.trim().eq_ignore_ascii_case(known)) else {
            return;
        };
        let first = self.said.iter().all(|(other, _)| other != name);
        if let Some(content) = attribute(b"content").filter(|content| first && !content.trim().is_empty()) {
            self.said.push(((*name).to_owned(), content));
        }
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        let said = |name: &&str| self.said.iter().find(|(other, _)| other == name);
        names.iter().find_map(said).map(|(_, content)| content.as_str())
    }
}

/// The text of a page in UTF-8, ASCII or Latin-1; none for others, whose letters would come out wrong.
fn text(bytes: &[u8], content_type: &str) -> Option<String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => return Some(text.to_owned()),
        // It was cut within a letter.
        Err(error) if error.error_len().is_none() => {
            return String::from_utf8(bytes[..error.valid_up_to()].to_vec()).ok();
        }
        Err(_) => {}
    }
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOK)]).to_ascii_lowercase();
    let named = [content_type, &beginning].into_iter().find_map(|text| text.split_once("charset="));
    let name = named.map_or("", |(_, name)| name.trim_start_matches(['"', '\'']));
    let latin =
        ["iso-8859-1", "iso-8859-15", "windows-1252", "latin1"].iter().any(|known| name.starts_with(known));
    latin.then(|| bytes.iter().copied().map(char::from).collect())
}

/// One line without anything invisible, cut to so many characters.
fn line(text: &str, most: usize) -> String {
    let seen = |letter: &char| {
        let hidden = matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}');
        !hidden && (letter.is_whitespace() || !letter.is_control())
    };
    let seen: String = text.chars().filter(seen).collect();
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Option<Page> {
        read(html.as_bytes(), "text/html")
    }

    #[test]
    fn the_head_says_what_a_page_is_about() {
        let html = r#"<!doctype html><html><head><title>Plain &amp; simple</title>
            <meta property="og:title" content="A &lt;b&gt;good&lt;/b&gt; one"><meta name='description' content=second>
            <META PROPERTY="og:description" CONTENT="first
            and last"><meta property=og:site_name content="The Site">
            <meta property="og:image" content="/one.png"><meta property="og:image" content="/two.png"></head>
            <body><meta property="og:title" content="no"></body>"#;
        let expected = Page {
            title: "A <b>good</b> one".to_owned(),
            description: "first and last".to_owned(),
            site: "The Site".to_owned(),
            picture: Some("/one.png".to_owned()),
        };
        assert_eq!(page(html), Some(expected));
        assert_eq!(page("<title>Plain &amp; simple</title>").unwrap().title, "Plain & simple");
        assert_eq!(page("<p>nothing</p>"), None);
        assert_eq!(page("<title> \u{200b} </title>"), None);
    }

    #[test]
    fn what_stands_in_scripts_and_comments_is_no_page() {
        let html = r#"<script>var x = "<title>no</title>"</script><!-- <title>no</title> -->
            <style><meta property="og:title" content="no"></style><title>yes</title><title>no</title>"#;
        assert_eq!(page(html).unwrap().title, "yes");
    }

    #[test]
    fn lines_are_cut_and_hold_nothing_invisible() {
        let title = |text: &str| page(&format!("<title>{text}</title>")).unwrap().title;
        assert_eq!(title("gnp.\u{202e}exe\u{0007} \n  x"), "gnp.exe x");
        assert_eq!(title(&"é".repeat(200)), "é".repeat(200));
        assert_eq!(title(&"é".repeat(201)), format!("{}…", "é".repeat(199)));
    }

    #[test]
    fn letters_come_out_right_or_not_at_all() {
        let latin = b"<title>Gr\xfc\xdfe</title>";
        assert_eq!(read(latin, "text/html; charset=iso-8859-1").unwrap().title, "Grüße");
        assert_eq!(read(latin, "text/html; charset=gbk"), None);
        assert_eq!(read(latin, "text/html"), None);
        let named = b"<meta charset=\"windows-1252\"><title>Gr\xfc\xdfe</title>";
        assert_eq!(read(named, "text/html").unwrap().title, "Grüße");
        let cut = &"<title>Grüße</title>é".as_bytes()[..23];
        assert_eq!(read(cut, "text/html").unwrap().title, "Grüße");
    }

    #[test]
    fn nonsense_is_read_without_harm() {
        for nonsense in
            ["<", "<meta", "<meta property", "<title", "<!--", "\0<\0title>", "<title>&#xd800;&#99999999;x"]
        {
            _ = page(nonsense);
            _ = page(&nonsense.repeat(10_000));
        }
    }
}
