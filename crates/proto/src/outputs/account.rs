//! Users as they are shown.
//!
//! Nothing secret stands in a profile.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{Announcement, FileId, SessionId, UserId};

outputs! {
    /// A user as others see them.
    User {
        /// The id.
        user_id: UserId,
        /// The unique name.
        username: String,
        /// What to show.
        display_name: String,
        /// A line about the user.
        status_text: String,
        /// The user's photo, if there is one and one may see it: `GET /api/v1/users/{user_id}/photo/{file_id}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<FileId>,
        /// Whether the user is disabled on this server and reads nothing.
        #[serde(default)]
        disabled: bool,
    }

    /// Oneself.
    Me {
        /// The profile.
        user: User,
        /// Whether one administers this server.
        admin: bool,
        /// This device's session.
        session_id: SessionId,
        /// What the administrators tell every user.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        announcement: Option<Announcement>,
        /// One's telephone number, which nobody else sees.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<String>,
        /// Whether it was proved to be one's own. This server cannot prove it yet: always false.
        #[serde(default)]
        phone_verified: bool,
        /// One's e-mail address, which nobody else sees.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<String>,
        /// Whether it was proved to be one's own. This server cannot prove it yet: always false.
        #[serde(default)]
        email_verified: bool,
    }

    /// Several users.
    Users {
        /// In no promised order.
        users: Vec<User>,
    }
}
