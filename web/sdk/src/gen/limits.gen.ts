// Generated from crates/proto. Do not edit.

export const TEXT_MAX_CHARS = 8000;
export const GROUP_NAME_MAX_CHARS = 100;
export const USERNAME_MIN_CHARS = 3;
export const USERNAME_MAX_CHARS = 32;
export const PASSWORD_MIN_CHARS = 10;
export const PASSWORD_MAX_CHARS = 128;
export const DISPLAY_NAME_MAX_CHARS = 64;
export const STATUS_TEXT_MAX_CHARS = 140;
export const MEMBERS_PER_REQUEST = 100;
export const PAGE_MAX = 200;
export const HEARTBEAT_MS = 25000;
export const LONG_POLL_MAX_MS = 30000;
