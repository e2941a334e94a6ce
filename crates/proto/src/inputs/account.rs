//! What operations about accounts and profiles carry.
//!
//! Passwords pass through here and are never logged.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::UserId;

inputs! {
    /// A new user.
    Register {
        /// 3 to 32 of `a-z`, `0-9`, `.`, `_`, `-`, starting with a letter; upper case is made lower.
        username: String,
        /// 10 to 128 characters of any kind, not a common password.
        password: String,
        /// What others see; the username if not given.
        display_name: Option<String>,
        /// What the device list shows for this device.
        device_name: Option<String>,
        /// The code of an invite, where one is needed.
        invite: Option<String>,
    }

    /// A new password; every other session ends.
    ChangePassword {
        /// The present password.
        password: String,
        /// The one from now on.
        new_password: String,
    }

    /// The profile of the signed-in user.
    GetMe {}

    /// Changes to one's profile; what is not given stays.
    UpdateProfile {
        /// What others see.
        display_name: Option<String>,
        /// A line about oneself; empty for none.
        status_text: Option<String>,
        /// One's photo: the `file_id` of an own upload that is a picture; empty for none.
        photo: Option<String>,
        /// One's telephone number with `+` and the country's code; empty for none. Nobody else sees it.
        phone: Option<String>,
        /// One's e-mail address; empty for none. Nobody else sees it.
        email: Option<String>,
    }

    /// One user by id.
    GetUser {
        /// Whom.
        user_id: UserId,
    }

    /// One user by one of these.
    FindUser {
        /// The exact username.
        username: Option<String>,
        /// The telephone number, of somebody who may be found by it.
        phone: Option<String>,
        /// The e-mail address, of somebody who may be found by it.
        email: Option<String>,
    }

    /// Several users by id.
    LookUpUsers {
        /// Up to 100 ids; unknown ones are left out of the answer.
        user_ids: Vec<UserId>,
    }
}

impl FindUser {
    /// By the username.
    pub fn named(username: impl Into<String>) -> FindUser {
        FindUser { username: Some(username.into()), phone: None, email: None }
    }
}
