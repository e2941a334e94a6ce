//! A list of networks as a setting: addresses, or addresses with the number of bits that count.
//! A mistake in it is refused at start; an empty list holds nobody.

use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

/// Networks, such as `10.0.0.0/8, 192.0.2.7, ::1`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<(IpAddr, u8)>);

impl Networks {
    /// Whether an address is in one of them.
    pub fn hold(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|(network, bits)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                same(u128::from(network.to_bits()), u128::from(address.to_bits()), 32 - bits)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                same(network.to_bits(), address.to_bits(), 128 - bits)
            }
            _ => false,
        })
    }
}

/// Whether two numbers are equal but for their low bits.
fn same(one: u128, other: u128, low_bits: u8) -> bool {
    (one ^ other).checked_shr(u32::from(low_bits)).unwrap_or(0) == 0
}

impl FromStr for Networks {
    type Err = String;

    fn from_str(text: &str) -> Result<Networks, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let network = |part: &str| {
            let bad = || format!("{part:?} is not an address or a network such as 10.0.0.0/8");
            let (address, bits) =
                part.split_once('/').map_or((part, None), |(address, bits)| (address, Some(bits)));
            let address: IpAddr = address.parse().map_err(|_| bad())?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| bad()))?;
            if bits > most { Err(bad()) } else { Ok((address, bits)) }
        };
        parts.map(network).collect::<Result<_, String>>().map(Networks)
    }
}

impl<'de> Deserialize<'de> for Networks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Networks, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(list: &str, address: &str) -> bool {
        list.parse::<Networks>().unwrap().hold(address.parse().unwrap())
    }

    #[test]
    fn an_address_is_in_a_network_by_its_high_bits() {
        assert!(holds("10.0.0.0/8, ::1", "10.255.0.1") && holds("10.0.0.0/8, ::1", "::1"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1") && !holds("10.0.0.0/8", "::a00:1"));
        assert!(holds("192.0.2.7", "::ffff:192.0.2.7") && !holds("192.0.2.7", "192.0.2.8"));
        assert!(holds("0.0.0.0/0", "192.0.2.8") && holds("2001:db8::/32", "2001:db8:1::1"));
        assert!(!holds("", "127.0.0.1"));
    }

    #[test]
    fn mistakes_are_refused() {
        for bad in ["10.0.0.0/33", "everywhere", "10.0.0/8", "::/129", "10.0.0.1/x"] {
            assert!(bad.parse::<Networks>().is_err(), "{bad}");
        }
    }
}
