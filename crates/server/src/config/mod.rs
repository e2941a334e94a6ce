//! Settings: one typed struct per concern, from a TOML file, then `PARLANCE_…` of the environment, then flags.
//!
//! Every setting has a working default; a key that does not exist is refused by name. The example file is made from
//! the same table, so that it cannot be out of date.

mod example;
mod load;
mod networks;
mod roles;
mod settings;

pub use example::example;
pub use load::{ConfigError, Source};
pub use networks::Networks;
pub use roles::Roles;
pub use settings::{Bus, Config, Limits, Log, LogFormat, Media, Metrics, Registration, Store, Tls};

/// A group of settings as the example file shows it.
struct Section {
    /// Its key in the file; empty for the settings outside of any section.
    name: &'static str,
    /// What it is about, a line each.
    about: &'static [&'static str],
    /// Its settings, in order.
    fields: &'static [Field],
}

/// One setting as the example file shows it.
struct Field {
    /// Its key.
    name: &'static str,
    /// What it does, a line each.
    docs: &'static [&'static str],
    /// Its default, as TOML.
    default: &'static str,
}

impl Field {
    /// The key in dotted form.
    fn key(&self, section: &Section) -> String {
        if section.name.is_empty() { self.name.to_owned() } else { format!("{}.{}", section.name, self.name) }
    }

    /// The variable of the environment that sets it.
    fn variable(&self, section: &Section) -> String {
        format!("PARLANCE_{}", self.key(section).replace('.', "_").to_uppercase())
    }
}
