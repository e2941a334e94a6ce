//! What notifies a user, and when not.
//!
//! These are wishes for every device; a conversation's own setting outweighs them.

use parlance_domain::check_quiet_hours;
use parlance_proto::{GetNotifications, Notifications, NotifyLevel, QuietHours, Topic, UpdateNotifications};

use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// The caller's settings of notifications.
    pub async fn get_notifications(
        &self,
        caller: Caller,
        _: GetNotifications,
    ) -> Result<Notifications, Error> {
        Ok(of(&self.own_row(caller.user, keys::NOTIFICATIONS).await?))
    }

    /// Changes the caller's settings of notifications.
    pub async fn update_notifications(
        &self,
        caller: Caller,
        input: UpdateNotifications,
    ) -> Result<Notifications, Error> {
        input.quiet_hours.map_or(Ok(()), check_quiet_hours)?;
        let change = |before: rows::NotificationsRow| {
            let after = changed(&before, &input);
            Ok((after != before).then_some(after))
        };
        self.change_own_row(caller.user, keys::NOTIFICATIONS, Topic::Notifications, change).await?;
        self.get_notifications(caller, GetNotifications {}).await
    }
}

fn changed(before: &rows::NotificationsRow, input: &UpdateNotifications) -> rows::NotificationsRow {
    let quiet_hours = match input.quiet_hours {
        None => before.quiet_hours.clone(),
        Some(hours) if hours.from_minute == hours.to_minute => None,
        Some(QuietHours { from_minute, to_minute, utc_offset_minutes }) => {
            Some(rows::QuietHoursRow { from_minute, to_minute, utc_offset_minutes })
        }
    };
    rows::NotificationsRow {
        direct: input.direct.map_or(before.direct, rows::notify_number),
        groups: input.groups.map_or(before.groups, rows::notify_number),
        preview_off: input.preview.map_or(before.preview_off, |preview| !preview),
        sound_off: input.sound.map_or(before.sound_off, |sound| !sound),
        quiet_hours,
    }
}

fn of(row: &rows::NotificationsRow) -> Notifications {
    Notifications {
        direct: rows::notify(row.direct).unwrap_or(NotifyLevel::All),
        groups: rows::notify(row.groups).unwrap_or(NotifyLevel::All),
        preview: !row.preview_off,
        sound: !row.sound_off,
        quiet_hours: row.quiet_hours.as_ref().map(|hours| QuietHours {
            from_minute: hours.from_minute,
            to_minute: hours.to_minute,
            utc_offset_minutes: hours.utc_offset_minutes,
        }),
    }
}
