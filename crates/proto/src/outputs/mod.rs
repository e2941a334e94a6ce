//! What the server answers, one type an operation where the shape differs.
//!
//! An absent optional field is left out, never null. Fields are only ever added: an older client skips what
//! is new.

macro_rules! outputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
        #[ts(optional_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind),* }
    )* };
}

mod account;
mod administration;
mod conversation;
mod file;
mod group;
mod message;
mod people;
mod personal;
mod rtm;
mod session;
mod sticker;

pub use account::*;
pub use administration::*;
pub use conversation::*;
pub use file::*;
pub use group::*;
pub use message::*;
pub use people::*;
pub use personal::*;
pub use rtm::*;
pub use session::*;
pub use sticker::*;

/// Whether a number says nothing.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks this way
fn is_zero(number: &u64) -> bool {
    *number == 0
}
