//! The settings that can change while the server runs: the settings file's, and over them what administrators changed.
//!
//! What was changed is the engine's to keep; a restart with another file changes only what no administrator touched.

use std::sync::Arc;

use parlance_domain::changed_settings;
use parlance_engine::Engine;
use parlance_proto::{RegistrationMode, ServerSettings, limits};

use crate::config::Config;

/// The settings as they are now.
#[derive(Clone)]
pub struct Running {
    engine: Engine,
    /// The settings file's.
    base: Arc<ServerSettings>,
}

impl Running {
    /// The settings of a server with this file.
    pub fn new(engine: Engine, config: &Config) -> Running {
        let keep_s = config.limits.keep_messages_days.saturating_mul(86_400);
        let base = ServerSettings {
            registration: config.registration_mode(),
            members_invite: config.members_invite,
            link_previews: config.link_previews,
            sends_per_second: config.limits.sends_per_second,
            sends_burst: config.limits.sends_burst,
            conversation_sends_per_second: config.limits.conversation_sends_per_second,
            conversation_sends_burst: config.limits.conversation_sends_burst,
            new_conversations_per_hour: config.limits.new_conversations_per_hour,
            group_max_members: limits::GROUP_MAX_MEMBERS as u32,
            keep_direct_s: keep_s,
            keep_group_s: keep_s,
            keep_channel_s: keep_s,
            changed: Vec::new(),
            announcement: None,
        };
        Running { engine, base: Arc::new(base) }
    }

    /// All of them.
    pub fn current(&self) -> ServerSettings {
        let (settings, base) = (self.engine.settings(), &self.base);
        let over = &settings.changed;
        let or = |value: Option<u32>, base: u32| value.unwrap_or(base);
        ServerSettings {
            registration: self.registration(),
            members_invite: self.members_invite(),
            link_previews: self.link_previews(),
            sends_per_second: or(over.sends_per_second, base.sends_per_second),
            sends_burst: or(over.sends_burst, base.sends_burst),
            conversation_sends_per_second: or(
                over.conversation_sends_per_second,
                base.conversation_sends_per_second,
            ),
            conversation_sends_burst: or(over.conversation_sends_burst, base.conversation_sends_burst),
            new_conversations_per_hour: or(over.new_conversations_per_hour, base.new_conversations_per_hour),
            group_max_members: or(over.group_max_members, base.group_max_members),
            keep_direct_s: or(over.keep_direct_s, base.keep_direct_s),
            keep_group_s: or(over.keep_group_s, base.keep_group_s),
            keep_channel_s: or(over.keep_channel_s, base.keep_channel_s),
            changed: changed_settings(over).into_iter().map(str::to_owned).collect(),
            announcement: settings.announcement.clone(),
        }
    }

    /// Who may register.
    pub fn registration(&self) -> RegistrationMode {
        self.engine.settings().changed.registration.unwrap_or(self.base.registration)
    }

    /// Whether every user may invite.
    pub fn members_invite(&self) -> bool {
        self.engine.settings().changed.members_invite.unwrap_or(self.base.members_invite)
    }

    /// Whether cards are made of links.
    pub fn link_previews(&self) -> bool {
        self.engine.settings().changed.link_previews.unwrap_or(self.base.link_previews)
    }
}
