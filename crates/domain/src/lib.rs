//! What may happen in a conversation, and what it leaves: pure decisions over folded state.
//!
//! `decide` turns a command into the bodies of entries or a rejection; `Conversation::apply` folds an entry. No
//! input or output, no clock, no chance: the same state and command always give the same answer.

mod attachments;
mod clocks;
mod conversation;
mod decide;
mod file_refusal;
mod limits;
mod message_refusal;
mod notable;
mod people;
mod personal;
mod rejection;
mod retry;
mod text;
mod view;

pub use attachments::{FileLimits, FilesHeld, check_attachments, check_upload, file_name, pack_name};
pub use clocks::{Clocks, waits};
pub use conversation::rights::{default_settings, withheld};
pub use conversation::{Announcement, Banned, Change, Conversation, Membership, Restraint, changes};
pub use decide::{
    Beside, Command, Decision, Draft, Entrance, Rewrite, Rules, Scene, Sweep, Swept, Target, TargetLikes,
    decide, sweep,
};
pub use file_refusal::FileRefusal;
pub use limits::{
    changed_settings, check_client_message_id, check_display_name, check_draft, check_emoji_name, check_keep,
    check_note, check_send_at, check_settings, check_status_text, check_text, check_time_to_live,
    custom_emoji, normal_email, normal_emoji, normal_like, normal_phone, normal_username, reset_settings,
};
pub use message_refusal::MessageRefusal;
pub use notable::Notable;
pub use people::{Deed, Marks, Progress, Reached, Side, Standing, Tie, farthest, mend, standings, welcome};
pub use personal::{
    check_background, check_folders, check_muted_until, check_pins, check_quiet_hours, holds,
};
pub use rejection::Rejection;
pub use retry::{RetryVerdict, judge_retry};
pub use text::{Styled, check_spans, check_url, compose, previewed_link};
pub use view::{HiddenRange, OwnView};
