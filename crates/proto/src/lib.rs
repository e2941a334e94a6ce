//! What client and server say to each other: ids, entries, operations, frames, error codes, limits.
//!
//! One table (`operations`) names every operation; the doors, the OpenAPI file, the TypeScript types and the
//! documentation are made from it. This crate does no input or output and knows neither clock nor chance.

mod administration;
pub mod codec;
mod content;
mod error;
mod event;
pub mod frame;
mod ids;
mod inputs;
pub mod limits;
mod media;
mod operations;
mod outputs;
mod rich;
mod settings;

pub use administration::{RegistrationMode, ReportAction, ReportReason, ReportState};
pub use codec::DecodeError;
pub use content::{
    Body, ConversationKind, Details, DisappearAfter, Disappearing, Entry, FanOut, GoneReason, Likes, Role,
};
pub use error::{ErrorCode, Problem};
pub use event::{EndReason, Event, Hello, Topic};
pub use frame::{ClientFrame, Encoding, ServerFrame};
pub use ids::{
    ConversationId, FileId, GroupId, HoldId, IdError, InviteId, ReportId, SessionId, StickerPackId, UserId,
};
pub use inputs::*;
pub use media::{Attachment, AttachmentKind, ListedKind, NewAttachment, PictureSize, StickerOf};
pub use operations::{
    Access, Input, Method, OPERATIONS, Op, Operation, OperationVisitor, Request, Response, visit_operations,
};
pub use outputs::*;
pub use rich::{
    Button, Card, Cards, Content, Format, Location, Origin, PagePreview, Poll, PreviewPicture, Style, Tally,
    TextSpan,
};
pub use settings::{
    HistoryPolicy, Joining, ListFilter, NotifyLevel, QuietHours, Settings, SettingsChange, Who,
};
