//! What operations about one's own settings carry.
//!
//! Nobody else is told any of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, Folder, NotifyLevel, QuietHours};

inputs! {
    /// One's own settings of a conversation; what is not given stays.
    Personalize {
        /// Which conversation.
        conversation_id: ConversationId,
        /// Muted until then, milliseconds since 1970; 0 ends it, 9007199254740991 is for ever.
        muted_until_ms: Option<i64>,
        /// Whether it is put away in the archive. It stays there when something new arrives.
        archived: Option<bool>,
        /// What to show behind the messages: the `file_id` of an own upload that is a picture, or a name or colour that
        /// one's clients understand, at most 200 characters; empty for none.
        background: Option<String>,
        /// Which messages of it notify; null goes back to the general setting.
        #[serde(default, deserialize_with = "super::given", skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<NotifyLevel>)]
        #[allow(clippy::option_option)] // not given, the general setting, or one of its own
        notify: Option<Option<NotifyLevel>>,
    }

    /// The conversations at the top of one's list.
    ArrangePins {
        /// All of them, in order from the top; at most 100.
        conversation_ids: Vec<ConversationId>,
    }

    /// One's folders.
    ListFolders {}

    /// All of one's folders, in order.
    ArrangeFolders {
        /// The version that this change was made from: `version` of the last answer, 0 before the first.
        version: u64,
        /// At most 20.
        folders: Vec<Folder>,
    }

    /// One's settings of notifications.
    GetNotifications {}

    /// Changes to one's settings of notifications; what is not given stays.
    UpdateNotifications {
        /// For direct conversations that have no setting of their own.
        direct: Option<NotifyLevel>,
        /// For groups and channels that have no setting of their own.
        groups: Option<NotifyLevel>,
        /// Whether a notification may show who wrote what.
        preview: Option<bool>,
        /// Whether a notification makes a sound.
        sound: Option<bool>,
        /// When to be silent; the same minute at both ends for never.
        quiet_hours: Option<QuietHours>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClientFrame, Encoding, Request};

    #[test]
    fn null_is_told_from_nothing_in_both_encodings() {
        for (notify, expected) in [
            ("", None),
            (r#","notify":null"#, Some(None)),
            (r#","notify":"all""#, Some(Some(NotifyLevel::All))),
        ] {
            let text = format!(
                r#"{{"id":1,"op":"conversation.personalize","in":{{"conversation_id":"g_01h5n0k3vaaaa"{notify}}}}}"#
            );
            let frame = ClientFrame::decode(Encoding::Json, text.as_bytes()).unwrap();
            let again = ClientFrame::decode(Encoding::Msgpack, &frame.encode(Encoding::Msgpack)).unwrap();
            for frame in [frame, again] {
                let Request::Personalize(input) = frame.request else { panic!("another operation") };
                assert_eq!(input.notify, expected, "{text}");
            }
        }
    }
}
