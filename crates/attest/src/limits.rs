//! What is read of a certificate or a package before it is believed, and why no more.

/// Bytes of a certificate: ten thousand names of streams and their proofs are four million.
pub const CERTIFICATE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Names of streams in one certificate: a day of a whole force's recordings, ten times over.
pub const STREAMS_MAX: usize = 100_000;
/// Events in one certificate: the epoch's end in parts, and its clearing away.
pub const CERTIFICATE_EVENTS_MAX: usize = 1_000;
/// Events in the extract of one package: a long case has some hundreds.
pub const EXTRACT_EVENTS_MAX: usize = 20_000;
/// Hashes in one proof: the tree of all the records there could ever be is no deeper.
pub const PROOF_MAX: usize = 64;
/// Members of a package: the films, stills and papers of one case.
pub const MEMBERS_MAX: usize = 5_000;
/// Bytes of one member: a call of six hours at five megabits a second is 13 GiB.
pub const MEMBER_BYTES_MAX: u64 = 16 << 30;
/// Bytes of all members together: what a laptop can be handed on one disk.
pub const PACKAGE_BYTES_MAX: u64 = 128 << 30;
/// Bytes of a member that is read as JSON, and so held in memory.
pub const JSON_BYTES_MAX: u64 = 64 << 20;
/// Bytes of a member's name: what the oldest form of the archive holds without extensions.
pub const NAME_BYTES_MAX: usize = 99;
/// Bytes of the note that signs a manifest.
pub const NOTE_BYTES_MAX: u64 = 256 * 1024;
/// How hard a passphrase is to try: 2^17, which takes 128 MiB and a good part of a second.
//= OWASP, Password Storage Cheat Sheet: scrypt with N = 2^17, r = 8
pub const PASSPHRASE_WORK: u8 = 17;
/// The hardest that is accepted: a package must not be able to take a machine's memory.
pub const PASSPHRASE_WORK_MAX: u8 = 18;
/// Characters of a passphrase at least: six words, or sixteen random letters, are more.
pub const PASSPHRASE_MIN: usize = 12;
