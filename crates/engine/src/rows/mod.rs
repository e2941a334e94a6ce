//! What stands in the rows: a version byte and a protobuf message, apart from the wire's shapes. Fields are only
//! ever added; a fixture of every version is read in the tests.

use bytes::{BufMut, Bytes, BytesMut};
use parlance_proto::{FanOut, Role};
use prost::Message;

use crate::Error;

mod account;
mod administration;
mod conversation;
mod group;
mod log;
mod message;
mod people;
mod personal;
mod rich;
mod user;

pub(crate) use account::*;
pub(crate) use administration::*;
pub(crate) use conversation::*;
pub(crate) use group::*;
pub(crate) use log::*;
pub(crate) use message::*;
pub(crate) use people::*;
pub(crate) use personal::*;
pub(crate) use rich::*;
pub(crate) use user::*;

/// The version of every row written now.
const VERSION: u8 = 1;

/// A row's bytes.
pub(crate) fn encode(row: &impl Message) -> Bytes {
    let mut bytes = BytesMut::with_capacity(1 + row.encoded_len());
    bytes.put_u8(VERSION);
    row.encode(&mut bytes).expect("BytesMut grows");
    bytes.freeze()
}

/// A row from its bytes.
pub(crate) fn decode<R: Message + Default>(bytes: &[u8]) -> Result<R, Error> {
    match bytes.split_first() {
        Some((&VERSION, message)) => {
            R::decode(message).map_err(|error| Error::corrupt(format!("a row cannot be read: {error}")))
        }
        Some((version, _)) => Err(Error::corrupt(format!("a row of the unknown version {version}"))),
        None => Err(Error::corrupt("an empty row")),
    }
}

pub(crate) fn role_number(role: Role) -> u32 {
    match role {
        Role::Member => 0,
        Role::Admin => 1,
        Role::Owner => 2,
    }
}

pub(crate) fn role(number: u32) -> Result<Role, Error> {
    match number {
        0 => Ok(Role::Member),
        1 => Ok(Role::Admin),
        2 => Ok(Role::Owner),
        _ => Err(Error::corrupt(format!("an unknown role {number}"))),
    }
}

pub(crate) fn fan_out_number(fan_out: FanOut) -> u32 {
    match fan_out {
        FanOut::Write => 0,
        FanOut::Read => 1,
    }
}

pub(crate) fn fan_out(number: u32) -> Result<FanOut, Error> {
    match number {
        0 => Ok(FanOut::Write),
        1 => Ok(FanOut::Read),
        _ => Err(Error::corrupt(format!("an unknown fan-out {number}"))),
    }
}

#[cfg(test)]
mod tests;
