//! What a webhook may reach: hosts on a list, over https, at addresses that are on the public
//! internet or in a network the force has named. Never here: a request.

use crate::limits;
use reqwest::Url;
use serde::{Deserialize, Deserializer};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The allow-list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// `host` for port 443, `host:port` for another. Exact: no pattern, no subdomain.
    pub hosts: Vec<String>,
    /// Private networks of the force's own in which those hosts may be, e.g. `10.20.0.0/16`.
    /// Nothing else that is not public is ever reached.
    #[serde(default)]
    pub networks: Vec<Network>,
    /// For tests and demonstrations: this machine too, and by http.
    #[serde(default)]
    pub loopback: bool,
}

/// Not on the list, or not in a form that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this address may not be reached")]
pub struct OutOfReach;

impl Reach {
    pub(super) fn within_limits(&self) -> bool {
        self.hosts.len().max(self.networks.len()) <= limits::WEBHOOK_HOSTS_MAX
    }

    /// Whether a URL's scheme, host and port are allowed, and its literal address if it has one.
    pub fn allows_url(&self, url: &Url) -> Result<(), OutOfReach> {
        let host = url.host_str().ok_or(OutOfReach)?;
        let port = url.port_or_known_default().ok_or(OutOfReach)?;
        let local = self.loopback && crate::words::is_loopback(host);
        let scheme = url.scheme() == "https" || (url.scheme() == "http" && local);
        let nobody = url.username().is_empty() && url.password().is_none();
        let listed = self.hosts.iter().any(|entry| {
            let entry = entry.to_ascii_lowercase();
            entry == format!("{host}:{port}") || (port == 443 && entry == host)
        });
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let address = bare.parse().map_or(true, |ip| self.allows_ip(ip));
        if scheme && nobody && listed && address { Ok(()) } else { Err(OutOfReach) }
    }

    /// Whether an address may be connected to.
    pub fn allows_ip(&self, ip: IpAddr) -> bool {
        let named = || self.networks.iter().any(|network| network.contains(ip));
        is_public(ip) || (ip.is_loopback() && self.loopback) || (is_private(ip) && named())
    }
}

/// An address and how many of its leading bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    ip: IpAddr,
    bits: u32,
}

impl Network {
    const fn of(ip: IpAddr, bits: u32) -> Self {
        Self { ip, bits }
    }

    /// Whether `ip` is in it. A mapped address is not unwrapped: it is simply not in it.
    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.ip, ip) {
            (IpAddr::V4(network), IpAddr::V4(ip)) => {
                let differ = network.to_bits() ^ ip.to_bits();
                differ.checked_shr(32 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(network), IpAddr::V6(ip)) => {
                let differ = network.to_bits() ^ ip.to_bits();
                differ.checked_shr(128 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

impl std::str::FromStr for Network {
    type Err = OutOfReach;

    fn from_str(text: &str) -> Result<Self, OutOfReach> {
        let (ip, bits) = text.split_once('/').ok_or(OutOfReach)?;
        let ip: IpAddr = ip.parse().map_err(|_| OutOfReach)?;
        let bits: u32 = bits.parse().map_err(|_| OutOfReach)?;
        let most = if ip.is_ipv4() { 32 } else { 128 };
        if bits == 0 || bits > most { Err(OutOfReach) } else { Ok(Self { ip, bits }) }
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8, bits: u32) -> Network {
    Network::of(IpAddr::V4(Ipv4Addr::new(a, b, c, d)), bits)
}

const fn v6(a: u16, b: u16, c: u16, bits: u32) -> Network {
    Network::of(IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)), bits)
}

/// What a force may name as its own.
//= RFC 1918, section 3: private address space
//= RFC 4193, section 3: unique local addresses
const PRIVATE: &[Network] =
    &[v4(10, 0, 0, 0, 8), v4(172, 16, 0, 0, 12), v4(192, 168, 0, 0, 16), v6(0xfc00, 0, 0, 7)];

/// What is not the public internet.
//= IANA IPv4 Special-Purpose Address Registry, table 1: blocks that are not global
const SPECIAL_V4: &[Network] = &[
    v4(0, 0, 0, 0, 8),
    v4(10, 0, 0, 0, 8),
    v4(100, 64, 0, 0, 10),
    v4(127, 0, 0, 0, 8),
    v4(169, 254, 0, 0, 16),
    v4(172, 16, 0, 0, 12),
    v4(192, 0, 0, 0, 24),
    v4(192, 0, 2, 0, 24),
    v4(192, 31, 196, 0, 24),
    v4(192, 52, 193, 0, 24),
    v4(192, 88, 99, 0, 24),
    v4(192, 168, 0, 0, 16),
    v4(192, 175, 48, 0, 24),
    v4(198, 18, 0, 0, 15),
    v4(198, 51, 100, 0, 24),
    v4(203, 0, 113, 0, 24),
    v4(224, 0, 0, 0, 4),
    v4(240, 0, 0, 0, 4),
];

/// The only IPv6 that is public, and what is special inside it: Teredo and its neighbours,
/// documentation, 6to4 (which carries any IPv4 inside), AS112. Mapped addresses, NAT64 and
/// unique local ones lie outside it.
//= IANA IPv6 Special-Purpose Address Registry, table 1: blocks that are not global
const GLOBAL_V6: Network = v6(0x2000, 0, 0, 3);
const SPECIAL_V6: &[Network] = &[
    v6(0x2001, 0, 0, 23),
    v6(0x2001, 0xdb8, 0, 32),
    v6(0x2002, 0, 0, 16),
    v6(0x2620, 0x4f, 0x8000, 48),
    v6(0x3fff, 0, 0, 20),
];

fn is_public(ip: IpAddr) -> bool {
    let inside = |list: &[Network]| list.iter().any(|network| network.contains(ip));
    match ip {
        IpAddr::V4(_) => !inside(SPECIAL_V4),
        IpAddr::V6(_) => GLOBAL_V6.contains(ip) && !inside(SPECIAL_V6),
    }
}

fn is_private(ip: IpAddr) -> bool {
    PRIVATE.iter().any(|network| network.contains(ip))
}

/// Looks a name up. `None` when that failed.
#[async_trait::async_trait]
pub trait Resolve: Send + Sync {
    /// Every address of `host`, with `port`.
    async fn resolve(&self, host: &str, port: u16) -> Option<Vec<SocketAddr>>;
}

/// The machine's own way.
#[derive(Clone, Copy, Debug)]
pub struct SystemResolver;

#[async_trait::async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, host: &str, port: u16) -> Option<Vec<SocketAddr>> {
        tokio::net::lookup_host((host, port)).await.ok().map(Iterator::collect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reach(hosts: &[&str]) -> Reach {
        Reach { hosts: hosts.iter().map(ToString::to_string).collect(), ..Reach::default() }
    }

    fn allows(reach: &Reach, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| reach.allows_url(&url).is_ok())
    }

    #[test]
    fn only_https_to_a_listed_host_and_port() {
        let reach = reach(&["hook.example.org", "other.example.org:8443", "8.8.8.8"]);
        for url in [
            "https://hook.example.org/a?b",
            "https://HOOK.example.org:443/",
            "https://other.example.org:8443/",
            "https://8.8.8.8/",
        ] {
            assert!(allows(&reach, url), "{url}");
        }
        for url in [
            "http://hook.example.org/",
            "ftp://hook.example.org/",
            "file:///etc/passwd",
            "https://hook.example.org:22/",
            "https://other.example.org/",
            "https://hook.example.org./",
            "https://hook.example.org.evil.test/",
            "https://a.hook.example.org/",
            "https://hook.example.org@evil.test/",
            "https://user@hook.example.org/",
            "https://:pw@hook.example.org/",
            "https://evil.test/#hook.example.org",
            "https://evil.test\\@hook.example.org/",
            "https://hook.example.org%2eevil.test/",
            "https://hооk.example.org/",
            "https://localhost/",
            "https://1.1.1.1/",
        ] {
            assert!(!allows(&reach, url), "{url}");
        }
    }

    /// Every way of writing an inside address that URL parsers are known to accept.
    const SPELLINGS: &str = "\
        127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 \
        127.000.000.1 0 0.0.0.0 0x0 10.0.0.1 0xa.0.0.1 012.0.0.1 167772161 172.16.0.1 \
        172.31.255.255 192.168.1.1 192.168.257 3232235777 169.254.169.254 0xa9fea9fe \
        2852039166 0251.0376.0251.0376 169.254.43518 100.64.0.1 100.127.255.254 192.0.0.192 \
        192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 \
        239.255.255.255 240.0.0.1 255.255.255.255 １２７.0.0.1 127。0。0。1 ①②⑦.0.0.1 [::1] [::] \
        [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:8.8.8.8] [::127.0.0.1] \
        [::ffff:0:127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::a00:1] \
        [64:ff9b::8.8.8.8] [2002:7f00:1::] [2002:a00:1::1] [2002:808:808::1] [2001::1] \
        [2001:0:4136:e378:8000:63bf:3fff:fdd2] [2001:10::1] [2001:20::1] [2001:2::1] \
        [2001:db8::1] [3fff::1] [100::1] [5f00::1] [fc00::1] [fd12:3456::1] [fd00:ec2::254] \
        [fe80::1] [fec0::1] [ff02::1] [2620:4f:8000::1] [4000::1]";

    /// Listed as if the administrator had been talked into it.
    #[test]
    fn an_inside_address_is_refused_in_every_spelling_even_when_listed() {
        for spelling in SPELLINGS.split_whitespace() {
            let url = format!("https://{spelling}/");
            // One that the parser refuses outright is as good.
            let Ok(parsed) = Url::parse(&url) else {
                continue;
            };
            let host = parsed.host_str().unwrap();
            assert!(!allows(&reach(&[spelling, host]), &url), "{url} is {host}");
            assert!(parsed.domain().is_none(), "{url} must not be looked up as a name");
        }
    }

    #[test]
    fn public_addresses_are_allowed() {
        for ip in ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "198.20.0.1", "223.255.255.1"]
        {
            assert!(Reach::default().allows_ip(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888", "2001:200::1"] {
            assert!(Reach::default().allows_ip(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn a_force_may_name_a_private_network_and_nothing_else() {
        let networks = |text: &str| vec![text.parse::<Network>().unwrap()];
        let own = Reach { networks: networks("10.20.0.0/16"), ..Reach::default() };
        assert!(own.allows_ip("10.20.3.4".parse().unwrap()));
        for ip in ["10.21.0.1", "192.168.0.1", "127.0.0.1", "::ffff:10.20.3.4", "::ffff:a14:304"] {
            assert!(!own.allows_ip(ip.parse().unwrap()), "{ip}");
        }
        let metadata = Reach { networks: networks("169.254.0.0/16"), ..Reach::default() };
        assert!(!metadata.allows_ip("169.254.169.254".parse().unwrap()));
        let everything = Reach { networks: networks("0.0.0.0/1"), ..Reach::default() };
        assert!(!everything.allows_ip("127.0.0.1".parse().unwrap()));
        for text in ["10.0.0.0", "10.0.0.0/0", "10.0.0.0/33", "x/8", "::/129", "10.0.0.0/-1"] {
            assert_eq!(text.parse::<Network>(), Err(OutOfReach), "{text}");
        }
        assert!("fd00::1/128".parse::<Network>().unwrap().contains("fd00::1".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn no_ipv6_that_wraps_an_ipv4_is_public(v4 in any::<u32>(), tail in any::<u64>()) {
            let wrapped = u128::from(v4);
            let mapped = 0xffff_0000_0000 | wrapped;
            let nat64 = (0x64_ff9b_u128 << 96) | wrapped;
            let local_nat64 = (0x64_ff9b_0001_u128 << 80) | wrapped;
            let six_to_four = (0x2002_u128 << 112) | (wrapped << 80) | u128::from(tail);
            let teredo = (0x2001_0000_u128 << 96) | (wrapped << 64) | u128::from(tail);
            for bits in [wrapped, mapped, nat64, local_nat64, six_to_four, teredo] {
                let ip = IpAddr::V6(Ipv6Addr::from_bits(bits));
                prop_assert!(!is_public(ip), "{}", ip);
            }
        }

        #[test]
        fn the_standard_library_calls_nothing_public_private(v4 in any::<u32>()) {
            let ip = Ipv4Addr::from_bits(v4);
            let inside = ip.is_private() || ip.is_loopback() || ip.is_link_local()
                || ip.is_broadcast() || ip.is_documentation() || ip.is_multicast()
                || ip.is_unspecified();
            prop_assert!(!(inside && is_public(IpAddr::V4(ip))), "{}", ip);
        }

        #[test]
        fn no_text_at_all_makes_the_parsers_panic(text in ".*", host in "[0-9a-fx.:\\[\\]]{1,30}") {
            let _ = text.parse::<Network>();
            let listed = reach(&[&host]);
            if allows(&listed, &format!("https://{host}/")) {
                let url = Url::parse(&format!("https://{host}/")).unwrap();
                let bare = url.host_str().unwrap().trim_matches(['[', ']']).to_owned();
                prop_assert!(bare.parse::<IpAddr>().map_or(true, is_public));
            }
        }
    }
}
