//! The example file, made from the table of settings.
//! Every setting stands in it as a comment with its default.

use std::fmt::Write as _;

use super::settings::SECTIONS;

/// The text of `parlance.example.toml`.
pub fn example() -> String {
    let mut text = String::new();
    for section in SECTIONS {
        if !section.name.is_empty() {
            text.push('\n');
        }
        for line in section.about {
            _ = writeln!(text, "#{line}");
        }
        if !section.name.is_empty() {
            _ = writeln!(text, "[{}]", section.name);
        }
        for field in section.fields {
            text.push('\n');
            for line in field.docs {
                _ = writeln!(text, "#{line}");
            }
            _ = writeln!(text, "# Environment: {}", field.variable(section));
            _ = writeln!(text, "#{} = {}", field.name, field.default);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Source};

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/parlance.example.toml");

    #[test]
    fn the_example_file_is_what_the_table_says() {
        let kept = std::fs::read_to_string(FILE).unwrap_or_default();
        if kept != example() {
            std::fs::write(FILE, example()).unwrap();
            panic!("parlance.example.toml was out of date and is written anew: commit it");
        }
    }

    #[test]
    fn every_line_of_the_example_is_a_setting_with_its_default() {
        let settings: String = example()
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line))
            .filter(|line| !line.starts_with('#'))
            .fold(String::new(), |text, line| text + line + "\n");
        let config = Config::from_sources(Source { file: Some(settings), ..Source::default() }).unwrap();
        assert_eq!(config.listen, Config::default().listen);
        assert_eq!(config.limits.connections, Config::default().limits.connections);
    }
}
