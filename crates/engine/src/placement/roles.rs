//! The roles of a node: what it does of all that has to be done. Nothing rests on any of them being on at one node; each must
//! be on somewhere.

/// What a node does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    /// It has clients.
    pub gateway: bool,
    /// It owns conversations: it comes first in its share of the shards.
    pub owner: bool,
    /// It does what is due.
    pub worker: bool,
}

/// Bits of roles between nodes. The last says that the others mean something: older nodes have all roles and say nothing.
const GATEWAY: u32 = 1;
const OWNER: u32 = 2;
const WORKER: u32 = 4;
const SAID: u32 = 8;

impl Roles {
    /// Everything: what a node that is alone does.
    pub const ALL: Roles = Roles { gateway: true, owner: true, worker: true };
    /// Nothing.
    pub const NONE: Roles = Roles { gateway: false, owner: false, worker: false };

    /// The roles as a number for other nodes.
    pub(crate) fn bits(self) -> u32 {
        let bit = |is_on, bit| if is_on { bit } else { 0 };
        SAID | bit(self.gateway, GATEWAY) | bit(self.owner, OWNER) | bit(self.worker, WORKER)
    }

    /// The roles that another node told.
    pub(crate) fn of_bits(bits: u32) -> Roles {
        if bits & SAID == 0 {
            return Roles::ALL;
        }
        let has = |bit| bits & bit != 0;
        Roles { gateway: has(GATEWAY), owner: has(OWNER), worker: has(WORKER) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_arrive_as_they_were_told_and_who_tells_none_has_all() {
        for bits in 0..8 {
            let roles = Roles { gateway: bits & 1 != 0, owner: bits & 2 != 0, worker: bits & 4 != 0 };
            assert_eq!(Roles::of_bits(roles.bits()), roles);
        }
        assert_eq!(Roles::of_bits(0), Roles::ALL);
    }
}
