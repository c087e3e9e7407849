//! Passwords, kept as argon2id hashes with their parameters: `argon2id$m$t$p$salt$hash`.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use subtle::ConstantTimeEq;

/// Memory in KiB, passes and lanes.
//= OWASP Password Storage, Argon2id: 19 MiB of memory, 2 iterations, 1 degree of parallelism
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// The longest, so that hashing cannot be made to last.
pub(crate) const LENGTH_MAX: usize = 200;

/// Hashes a password. Takes tens of milliseconds: call it where blocking is allowed.
pub fn hash(password: &str, salt: [u8; 16]) -> String {
    let (memory, passes, lanes) = COST;
    let hash = derive(password, &salt, COST).expect("the constant parameters are valid");
    format!("argon2id${memory}${passes}${lanes}${}${}", BASE64.encode(salt), BASE64.encode(hash))
}

/// Whether the password is the one behind the hash. Constant time in the hash.
pub(crate) fn holds(password: &str, stored: &str) -> bool {
    check(password, stored).unwrap_or(false)
}

fn check(password: &str, stored: &str) -> Option<bool> {
    let mut parts = stored.split('$');
    if parts.next() != Some("argon2id") || password.len() > LENGTH_MAX {
        return None;
    }
    let mut number = || parts.next()?.parse::<u32>().ok();
    let cost = (number()?, number()?, number()?);
    let salt = BASE64.decode(parts.next()?).ok()?;
    let known = BASE64.decode(parts.next()?).ok()?;
    let derived = derive(password, &salt, cost)?;
    Some(derived.ct_eq(&known).into())
}

fn derive(password: &str, salt: &[u8], (m, t, p): (u32, u32, u32)) -> Option<[u8; 32]> {
    let params = Params::new(m, t, p, Some(32)).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut out = [0; 32];
    argon2.hash_password_into(password.as_bytes(), salt, &mut out).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_holds() {
        let stored = hash("correct horse battery", [1; 16]);
        assert!(holds("correct horse battery", &stored));
        assert!(!holds("correct horse batterz", &stored));
        assert!(!holds("correct horse battery", "argon2id$x"));
        assert!(!stored.contains("horse"));
    }
}
