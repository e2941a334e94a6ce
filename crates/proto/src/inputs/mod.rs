//! What requests carry, one type an operation. Unknown fields are refused, so that nobody believes to have set
//! what the server stamps itself (sender, time, index).

macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
        #[serde(deny_unknown_fields)]
        #[ts(optional_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind),* }
    )* };
}

/// Reads a field whose `null` says something: none if it is not there, and then it needs `serde(default)`.
#[allow(clippy::option_option)] // not there, null, or a value
fn given<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    serde::Deserialize::deserialize(from).map(Some)
}

mod account;
mod administration;
mod conversation;
mod file;
mod group;
mod marks;
mod message;
mod people;
mod personal;
mod rtm;
mod session;

pub use account::*;
pub use administration::*;
pub use conversation::*;
pub use file::*;
pub use group::*;
pub use marks::*;
pub use message::*;
pub use people::*;
pub use personal::*;
pub use rtm::*;
pub use session::*;
