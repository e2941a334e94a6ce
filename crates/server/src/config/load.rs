//! Joins the sources of settings: file, environment, flags, each over the one before.
//! A mistake is told with the name of the setting and what would be right.

use config::{File, FileFormat};
use parlance_engine::Roles;

use super::Config;
use super::settings::SECTIONS;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A setting that does not exist or whose value does not fit.
    #[error("the settings are not usable: {0}")]
    Setting(String),
    /// Two settings that do not go together.
    #[error("{0}")]
    Together(&'static str),
}

/// Where settings come from.
#[derive(Default)]
pub struct Source {
    /// The text of the file.
    pub file: Option<String>,
    /// Names and values of the environment; only `PARLANCE_…` are looked at.
    pub environment: Vec<(String, String)>,
    /// Dotted keys and values that flags gave.
    pub flags: Vec<(&'static str, String)>,
}

impl Config {
    /// Reads the settings from all their sources.
    pub fn from_sources(source: Source) -> Result<Config, ConfigError> {
        let told = |error: config::ConfigError| ConfigError::Setting(error.to_string());
        let mut builder = config::Config::builder();
        if let Some(text) = &source.file {
            builder = builder.add_source(File::from_str(text, FileFormat::Toml));
        }
        for (key, value) in from_environment(&source.environment) {
            builder = builder.set_override(key, value).map_err(told)?;
        }
        for (key, value) in source.flags {
            builder = builder.set_override(key, value).map_err(told)?;
        }
        let config: Config = builder.build().and_then(config::Config::try_deserialize).map_err(told)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        if self.tls.cert.as_os_str().is_empty() != self.tls.key.as_os_str().is_empty() {
            return Err(ConfigError::Together("tls.cert and tls.key go together: set both or none"));
        }
        let url = &self.public_url;
        let origin = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if !url.is_empty() && origin.is_none_or(|host| host.is_empty() || host.contains('/')) {
            return Err(ConfigError::Together(
                "public_url must be like https://chat.example.org, without a path",
            ));
        }
        if !self.bus.url.is_empty() && self.store.url.is_empty() {
            return Err(ConfigError::Together(crate::engines::bus::NEEDS_DATABASE));
        }
        if self.bus.url.is_empty() && self.roles.0 != Roles::ALL {
            return Err(ConfigError::Together(crate::engines::bus::NEEDS_OTHERS));
        }
        if self.limits.rate_factor == 0 || self.limits.loopback_factor == 0 {
            return Err(ConfigError::Together(
                "limits.rate_factor and limits.loopback_factor must be at least 1",
            ));
        }
        if self.limits.heartbeat_ms == 0 || self.limits.dead_after_ms < self.limits.heartbeat_ms {
            return Err(ConfigError::Together(
                "limits.heartbeat_ms must be at least 1, and limits.dead_after_ms not less than it",
            ));
        }
        Ok(())
    }
}

/// The settings among the variables of the environment.
fn from_environment(variables: &[(String, String)]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for section in SECTIONS {
        for field in section.fields {
            let name = field.variable(section);
            let set = variables.iter().find(|(variable, _)| *variable == name);
            found.extend(set.map(|(_, value)| (field.key(section), value.clone())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::RegistrationMode;

    fn file(text: &str) -> Source {
        Source { file: Some(text.to_owned()), ..Source::default() }
    }

    #[test]
    fn flags_are_stronger_than_the_environment_and_that_than_the_file() {
        let mut source = file("drain_seconds = 1\nlisten = \"127.0.0.1:1\"\n[limits]\nsends_burst = 1\n");
        source.environment = vec![
            ("PARLANCE_LISTEN".to_owned(), "127.0.0.1:2".to_owned()),
            ("PARLANCE_LIMITS_SENDS_BURST".to_owned(), "2".to_owned()),
            ("PARLANCE_LIMITS_RATES".to_owned(), "false".to_owned()),
            ("PARLANCE_URL".to_owned(), "for another program".to_owned()),
        ];
        source.flags = vec![("listen", "127.0.0.1:3".to_owned())];
        let config = Config::from_sources(source).unwrap();
        assert_eq!(config.drain_seconds, 1);
        assert_eq!(config.limits.sends_burst, 2);
        assert!(!config.limits.rates);
        assert_eq!(config.listen.port(), 3);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, named) in [
            ("lisen = \"127.0.0.1:1\"", "lisen"),
            ("[limits]\nsend = 1", "send"),
            ("listen = \"everywhere\"", "listen"),
            ("registration = \"maybe\"", "maybe"),
            ("[tls]\ncert = \"a.pem\"", "tls.key"),
            ("public_url = \"chat.example.org\"", "public_url"),
            ("[bus]\nurl = \"nats://127.0.0.1:4222\"", "store.url"),
            ("roles = \"gateway\"", "bus.url"),
            ("roles = [\"gateway\", \"leader\"]", "leader"),
            ("roles = []", "one at least"),
        ] {
            let error = Config::from_sources(file(text)).err().unwrap().to_string();
            assert!(error.contains(named), "{text}: {error}");
        }
    }

    #[test]
    fn roles_are_taken_from_file_and_environment_where_there_are_others() {
        let of_several = "[bus]\nurl = \"nats://a\"\n[store]\nurl = \"postgres://a/b\"\n";
        let mut source = file(&format!("roles = [\"gateway\", \"owner\"]\n{of_several}"));
        let roles = |source| Config::from_sources(source).unwrap().roles.0;
        assert_eq!(roles(file(of_several)), Roles::ALL);
        assert_eq!(
            roles(file(&format!("roles = [\"owner\"]\n{of_several}"))),
            Roles { owner: true, ..Roles::NONE }
        );
        source.environment = vec![("PARLANCE_ROLES".to_owned(), "worker, owner".to_owned())];
        assert_eq!(roles(source), Roles { gateway: false, ..Roles::ALL });
    }

    #[test]
    fn registration_follows_the_address_unless_told() {
        let mode = |text: &str| Config::from_sources(file(text)).unwrap().registration_mode();
        let open = |text: &str| mode(text) == RegistrationMode::Open;
        assert_eq!(mode("listen = \"0.0.0.0:80\""), RegistrationMode::Invite);
        assert!(open(""));
        assert!(!open("listen = \"0.0.0.0:80\""));
        assert!(!open("public_url = \"https://chat.example\""), "a proxy makes it public");
        assert!(open("listen = \"0.0.0.0:80\"\nregistration = \"open\""));
    }
}
