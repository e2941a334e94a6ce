//! The roles of a node as a setting: a list, in the file's way or with commas between them.
//! A role that does not exist is refused at start, and so is a node without any.

use std::str::FromStr;

use parlance_engine::Roles as Doing;
use serde::{Deserialize, Deserializer, de};

/// What a node does, such as `gateway, owner, worker`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles(pub Doing);

/// How a list may be written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    List(Vec<String>),
}

impl FromStr for Roles {
    type Err = String;

    fn from_str(text: &str) -> Result<Roles, String> {
        let mut roles = Doing::NONE;
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match name {
                "gateway" => roles.gateway = true,
                "owner" => roles.owner = true,
                "worker" => roles.worker = true,
                _ => return Err(format!("{name:?} is no role; roles are gateway, owner and worker")),
            }
        }
        if roles == Doing::NONE {
            return Err("roles: a node needs one at least, of gateway, owner and worker".to_owned());
        }
        Ok(Roles(roles))
    }
}

impl<'de> Deserialize<'de> for Roles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Roles, D::Error> {
        let text = match Written::deserialize(deserializer)? {
            Written::Text(text) => text,
            Written::List(names) => names.join(","),
        };
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_a_list_and_mistakes_are_refused() {
        let roles = |text: &str| text.parse::<Roles>().map(|roles| roles.0);
        assert_eq!(roles("worker,gateway , owner"), Ok(Doing::ALL));
        assert_eq!(roles("owner"), Ok(Doing { owner: true, ..Doing::NONE }));
        assert!(roles("owner, leader").unwrap_err().contains("leader"));
        for nothing in ["", " , "] {
            assert!(roles(nothing).unwrap_err().contains("one at least"));
        }
    }
}
