//! The few lines of SDP a room reads and rewrites. Text in, text out; `str0m` does the rest.
//! Nothing here may log what it reads: SDP holds addresses and credentials.

use media::Kind;
use std::collections::BTreeMap;

/// Which way media of a section flows, seen from whoever wrote the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `a=sendrecv`, also when nothing is said
    Both,
    /// `a=sendonly`
    Send,
    /// `a=recvonly`
    Receive,
    /// `a=inactive`
    None,
}

impl Direction {
    /// Whether the writer sends.
    pub const fn sends(self) -> bool {
        matches!(self, Self::Both | Self::Send)
    }

    /// Whether the writer receives.
    pub const fn receives(self) -> bool {
        matches!(self, Self::Both | Self::Receive)
    }
}

/// One audio or video section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// `a=mid`
    pub mid: String,
    /// Audio or video.
    pub kind: Kind,
    /// Which way it flows.
    pub direction: Direction,
    /// The track id of `a=msid`: what LiveKit calls the client's id.
    pub track: Option<String>,
    /// Port zero: the section is no more.
    pub rejected: bool,
}

/// What an answer says of one of our sending sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The publisher's sid.
    pub participant: String,
    /// The track's sid.
    pub track: String,
}

/// The audio and video sections of a description, in order. Anything else is passed over.
pub fn sections(sdp: &str) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let mut current: Option<Section> = None;
    for line in sdp.lines() {
        if let Some(rest) = line.strip_prefix("m=") {
            found.extend(current.take());
            current = opening(rest);
            continue;
        }
        let Some(section) = current.as_mut() else { continue };
        if let Some(mid) = line.strip_prefix("a=mid:") {
            section.mid = mid.trim().to_owned();
        } else if let Some(direction) = direction(line) {
            section.direction = direction;
        } else if let Some(msid) = line.strip_prefix("a=msid:") {
            section.track = msid.split_whitespace().nth(1).map(str::to_owned);
        }
    }
    found.extend(current);
    found.retain(|section| !section.mid.is_empty());
    found
}

fn opening(rest: &str) -> Option<Section> {
    let mut words = rest.split_whitespace();
    let kind = match words.next()? {
        "audio" => Kind::Audio,
        "video" => Kind::Video,
        _ => return None,
    };
    let rejected = words.next()? == "0";
    Some(Section { mid: String::new(), kind, direction: Direction::Both, track: None, rejected })
}

fn direction(line: &str) -> Option<Direction> {
    match line.trim_end() {
        "a=sendrecv" => Some(Direction::Both),
        "a=sendonly" => Some(Direction::Send),
        "a=recvonly" => Some(Direction::Receive),
        "a=inactive" => Some(Direction::None),
        _ => None,
    }
}

/// An offer without what a room never takes: simulcast layers (one layer a track keeps the
/// recording whole) and `video-orientation` (so that phones turn the picture themselves).
pub fn plain_offer(offer: &str) -> String {
    let mut plain = String::with_capacity(offer.len());
    for line in offer.lines() {
        let refused = line.starts_with("a=simulcast:")
            || line.starts_with("a=rid:")
            || (line.starts_with("a=extmap:") && line.contains("3gpp:video-orientation"));
        if !refused {
            plain.push_str(line.trim_end());
            plain.push_str("\r\n");
        }
    }
    plain
}

/// Rewrites our answer. A section in `sent` becomes `sendonly` and names its track; a section in
/// `idle` becomes `inactive`, so that the browser reports a track when it is used; the rest stays.
pub fn answer(sdp: &str, sent: &BTreeMap<String, Sent>, idle: &[String]) -> String {
    let mut out = String::with_capacity(sdp.len() + 256);
    let mut block: Vec<&str> = Vec::new();
    let mut in_media = false;
    for line in sdp.lines().map(str::trim_end) {
        if line.starts_with("m=") {
            flush(&mut out, &block, in_media, sent, idle);
            block.clear();
            in_media = true;
        }
        block.push(line);
    }
    flush(&mut out, &block, in_media, sent, idle);
    out
}

fn flush(
    out: &mut String,
    block: &[&str],
    in_media: bool,
    sent: &BTreeMap<String, Sent>,
    idle: &[String],
) {
    let mid = block.iter().find_map(|line| line.strip_prefix("a=mid:"));
    let bound = mid.filter(|_| in_media).and_then(|mid| sent.get(mid));
    let idle = in_media && mid.is_some_and(|mid| idle.iter().any(|one| one == mid));
    for line in block {
        let ours = line.starts_with("a=msid:") || line.starts_with("a=ssrc");
        match bound {
            Some(_) if line.starts_with("a=msid:") => continue,
            Some(_) if line.starts_with("a=ssrc:") && !line.contains("cname:") => continue,
            Some(sent) if direction(line).is_some() => {
                let Sent { participant, track } = sent;
                push(out, "a=sendonly");
                push(out, &format!("a=msid:{participant}|{track} {track}"));
            }
            None if idle && ours => continue,
            None if idle && direction(line).is_some() => push(out, "a=inactive"),
            _ => push(out, line),
        }
    }
}

fn push(out: &mut String, line: &str) {
    if !line.is_empty() {
        out.push_str(line);
        out.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\n\
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\na=recvonly\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\na=sendonly\r\na=msid:stream cam\r\n\
        a=simulcast:send q;h\r\na=rid:q send\r\na=extmap:13 urn:3gpp:video-orientation\r\n";

    #[test]
    fn sections_name_their_kind_direction_and_track() {
        let found = sections(OFFER);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].direction, Direction::Receive);
        assert_eq!(found[1].track.as_deref(), Some("cam"));
        assert!(found[1].direction.sends());
    }

    #[test]
    fn a_plain_offer_has_neither_layers_nor_orientation() {
        let plain = plain_offer(OFFER);
        assert!(!plain.contains("simulcast") && !plain.contains("a=rid"));
        assert!(!plain.contains("video-orientation"));
        assert_eq!(sections(&plain), sections(OFFER));
    }

    #[test]
    fn an_answer_names_the_track_of_a_used_section_and_silences_an_idle_one() {
        let raw = "v=0\r\ns=-\r\nm=audio 9 X 111\r\na=mid:1\r\na=msid:x y\r\na=sendonly\r\n\
            a=ssrc:1 cname:c\r\na=ssrc:1 msid:x y\r\n\
            m=video 9 X 96\r\na=mid:2\r\na=sendonly\r\na=ssrc:2 cname:c\r\n\
            m=video 9 X 96\r\na=mid:3\r\na=recvonly\r\n";
        let sent = BTreeMap::from([(
            "1".into(),
            Sent { participant: "PA_a".into(), track: "TR_b".into() },
        )]);
        let text = answer(raw, &sent, &["2".to_owned()]);
        assert!(text.contains("a=sendonly\r\na=msid:PA_a|TR_b TR_b\r\na=ssrc:1 cname:c\r\n"));
        assert!(!text.contains("msid:x y"));
        assert!(text.contains("a=mid:2\r\na=inactive\r\nm=video"));
        assert!(text.ends_with("a=mid:3\r\na=recvonly\r\n"));
    }

    proptest! {
        #[test]
        fn no_text_whatever_breaks_the_reader(text in "[am=:\\r\\n -~é]{0,400}") {
            let _ = sections(&text);
            let _ = answer(&plain_offer(&text), &BTreeMap::new(), &[]);
        }
    }
}
