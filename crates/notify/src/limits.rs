//! Every number of this crate, with its reason. Nothing here is a setting.

use std::time::Duration;

/// Characters of a telephone number as typed: E.164 has 15 digits, the rest is punctuation.
pub const PHONE_CHARS_MAX: usize = 40;
/// Characters of an e-mail address: RFC 5321 allows a path of 256 with its two brackets.
pub const EMAIL_CHARS_MAX: usize = 254;
/// Characters of a reference: the outbox id is 32; Notify and Message-ID both take 64.
pub const REFERENCE_CHARS_MAX: usize = 64;

/// Septets of one text in the GSM alphabet, and of each part of a longer one.
pub const GSM_SINGLE: usize = 160;
pub const GSM_PART: usize = 153;
/// UTF-16 units of one text outside that alphabet, and of each part of a longer one.
pub const UCS2_SINGLE: usize = 70;
pub const UCS2_PART: usize = 67;
/// Parts of a text in any language. Three is what Urdu needs for a link and a sentence; parts
/// arrive out of order and each is one more buzz of her phone.
pub const SMS_PARTS_MAX: usize = 3;
/// Characters of a link after the origin: a path, an id of 32 and a secret of 22 to 43.
pub const LINK_TAIL_CHARS_MAX: usize = 64;
/// Characters of a time of day as a placeholder's value: `12:30 pm`.
pub const TIME_CHARS_MAX: usize = 8;
/// Digits of a number of minutes: a link never lives longer than 999.
pub const MINUTES_DIGITS_MAX: usize = 3;
/// Characters of an e-mail subject or sender's name: more is cut on a lock screen anyway.
pub const SUBJECT_CHARS_MAX: usize = 60;
/// Bytes of one file of templates; ours are under 2 KB.
pub const SHEET_BYTES_MAX: usize = 64 * 1024;
/// Templates in one language: a force has a dozen, and each is linted at every start.
pub const SHEET_TEMPLATES_MAX: usize = 100;
/// Words a force may add to the block-list: its own name, towns, teams.
pub const BLOCKED_EXTRA_MAX: usize = 500;

/// Requests a minute to GOV.UK Notify, rolling, per key.
//= GOV.UK Notify documentation, rate limits: 3,000 in 60 seconds, then 429
pub const NOTIFY_PER_MINUTE: usize = 3_000;
/// Same texts, and any texts, to one number in an hour before the networks block it.
//= GOV.UK Notify documentation, phone network limits: more than 20 the same, or 100 any, an hour
pub const SAME_TEXT_PER_HOUR: usize = 20;
pub const ANY_TEXT_PER_HOUR: usize = 100;
/// Numbers remembered by the guard: an hour at the full budget cannot name more.
pub const GUARDED_NUMBERS_MAX: usize = 200_000;
/// How long the networks go on trying to deliver a text, so how late a link can arrive.
//= GOV.UK Notify documentation, message status: delivery is tried for up to 72 hours
pub const DELIVERY_TRIED_FOR: Duration = Duration::from_secs(72 * 3_600);
/// Bytes of a receipt's body: a real one is under 600.
pub const RECEIPT_BYTES_MAX: usize = 16 * 1024;
/// Bytes of a provider's answer that are read; Notify's longest carries the text once.
pub const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Shortest bearer token accepted for callbacks: Notify's own minimum is 10 characters.
pub const BEARER_CHARS_MIN: usize = 16;
/// Longest bearer token looked at.
pub const BEARER_CHARS_MAX: usize = 512;

/// To open a connection: a link is worth having for seconds, and the engine tries again.
pub const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// For a whole exchange with a provider, beyond which its answer no longer helps.
pub const EXCHANGE_WITHIN: Duration = Duration::from_secs(15);
/// For a whole SMTP session: a greylisting server greets slowly.
pub const SMTP_WITHIN: Duration = Duration::from_secs(30);
/// For a name to be looked up before a webhook is sent.
pub const LOOKUP_WITHIN: Duration = Duration::from_secs(5);

/// When to come back after a server's own fault: long enough for a restart behind a balancer.
pub const AFTER_SERVER_FAULT: Duration = Duration::from_secs(10);
/// When to come back after 429: the window of the rate limit.
pub const AFTER_RATE_LIMIT: Duration = Duration::from_secs(60);
/// When to come back after the limit of the day: an hour finds midnight or a raised limit.
pub const AFTER_DAY_LIMIT: Duration = Duration::from_secs(3_600);
/// When to come back after a mail server said "not now": greylisting forgets in minutes.
pub const AFTER_GREYLISTING: Duration = Duration::from_secs(60);
/// The most a provider can ask us to wait; beyond it a broken header would silence us.
pub const AFTER_MAX: Duration = Duration::from_secs(3_600);

/// Messages kept for one on-screen phone: what fits on a demonstration's screen.
pub const SCREEN_MESSAGES_MAX: usize = 20;
/// On-screen phones kept: a rehearsal's callers, the oldest dropped first.
pub const SCREEN_PHONES_MAX: usize = 500;
/// Messages a slow watcher may fall behind before it is told that it missed some.
pub const SCREEN_BACKLOG: usize = 256;

/// Bytes of a webhook's body.
//= Standard Webhooks, payload size: keep under 20 kB
pub const WEBHOOK_BYTES_MAX: usize = 20 * 1024;
/// How far a webhook's timestamp may be from now, either way.
//= Standard Webhooks, verifying timestamp: a tolerance against replay; five minutes is theirs
pub const WEBHOOK_TOLERANCE: Duration = Duration::from_secs(300);
/// Bytes of a webhook's secret.
//= Standard Webhooks, signature scheme: between 24 and 64 bytes
pub const WEBHOOK_SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// Secrets valid at once: the present one and the one being retired.
pub const WEBHOOK_SECRETS_MAX: usize = 2;
/// Signatures looked at in one header, for the same reason, with room for other schemes.
pub const WEBHOOK_SIGNATURES_MAX: usize = 8;
/// Hosts on the allow-list: a force has one command-and-control system and its partners' few.
pub const WEBHOOK_HOSTS_MAX: usize = 32;
/// Ids in one body: the incident, the call, the invitation, and room to grow.
pub const WEBHOOK_IDS_MAX: usize = 16;
/// Addresses of one host that are tried.
pub const WEBHOOK_ADDRESSES_MAX: usize = 8;
