//! Everything before the first cluster. Its length depends on how many elements there are and
//! never on their values.

use super::cluster::millis;
use super::{Layout, Shape};
use crate::codec::{Codec, Kind};
use crate::ebml::Writer;
use crate::limits::AUDIO_CUE_MICROS;
use crate::vp8::Size;
use kernel::At;

const EBML: u32 = 0x1A45_DFA3;
const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114D_9B74;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const CUES: u32 = 0x1C53_BB6B;

const NAME: &str = "Sightline";
/// 2001-01-01T00:00:00Z, from which Matroska counts.
const MATROSKA_EPOCH: At = At::from_seconds(978_307_200);
/// What a decoder needs before sound is right.
//= RFC 7845, 4.6: at least 80 ms of preceding sound.
const SEEK_PRE_ROLL_NANOS: u64 = 80_000_000;
/// Shown until a key frame tells the size; a lane without any has no frames either.
const UNKNOWN_SIZE: Size = Size { width: 640, height: 480 };

pub(super) fn write(layout: &Layout) -> Vec<u8> {
    let mut file = Writer::default();
    file.master(EBML, |head| {
        for (id, value) in [(0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8)] {
            head.unsigned(id, value);
        }
        let webm = layout.media_type() != "video/x-matroska";
        head.text(0x4282, if webm { "webm" } else { "matroska" });
        head.unsigned(0x4287, 4);
        head.unsigned(0x4285, 2);
    });
    file.id(SEGMENT);
    let base = file.out.len() as u64 + 8;
    file.size8(layout.total.saturating_sub(base));
    let (info, tracks, cues) = (info(layout), tracks(layout), cues(layout, base));
    let seek_length = seek_head(0, 0, 0).out.len();
    let at_tracks = seek_length + info.out.len();
    let at_cues = at_tracks + tracks.out.len();
    let seek = seek_head(seek_length as u64, at_tracks as u64, at_cues as u64);
    for part in [seek, info, tracks, cues] {
        file.out.extend_from_slice(&part.out);
    }
    file.out
}

fn seek_head(info: u64, tracks: u64, cues: u64) -> Writer {
    let mut out = Writer::default();
    out.master(SEEK_HEAD, |head| {
        for (id, position) in [(INFO, info), (TRACKS, tracks), (CUES, cues)] {
            head.master(0x4DBB, |seek| {
                seek.binary(0x53AB, &id.to_be_bytes());
                seek.unsigned(0x53AC, position);
            });
        }
    });
    out
}

fn info(layout: &Layout) -> Writer {
    let mut out = Writer::default();
    let began = layout.origin.0.saturating_sub(MATROSKA_EPOCH.0).saturating_mul(1_000);
    out.master(INFO, |info| {
        info.unsigned(0x2A_D7B1, 1_000_000);
        info.float(0x4489, layout.duration().as_secs_f64() * 1_000.0);
        info.binary(0x4461, &began.to_be_bytes());
        info.text(0x4D80, NAME);
        info.text(0x5741, NAME);
    });
    out
}

fn tracks(layout: &Layout) -> Writer {
    let mut out = Writer::default();
    out.master(TRACKS, |tracks| {
        for (number, lane) in layout.lanes.iter().enumerate() {
            tracks.master(0xAE, |entry| track(entry, number as u64 + 1, lane));
        }
    });
    out
}

fn track(entry: &mut Writer, number: u64, lane: &Shape) {
    let kind = lane.codec.kind();
    entry.unsigned(0xD7, number);
    entry.unsigned(0x73C5, number);
    entry.unsigned(0x83, if kind == Kind::Video { 1 } else { 2 });
    entry.unsigned(0x9C, 0);
    entry.text(0x22_B59C, "und");
    entry.text(0x536E, &lane.label);
    entry.text(0x86, lane.codec.matroska_id());
    match kind {
        Kind::Video => {
            if let Some(setup) = &lane.setup {
                entry.binary(0x63A2, setup);
            }
            let size = lane.size.unwrap_or(UNKNOWN_SIZE);
            entry.master(0xE0, |video| {
                video.unsigned(0xB0, size.width.into());
                video.unsigned(0xBA, size.height.into());
            });
        }
        Kind::Audio => {
            entry.binary(0x63A2, &opus_head());
            entry.unsigned(0x56BB, SEEK_PRE_ROLL_NANOS);
            entry.master(0xE1, |audio| {
                audio.float(0xB5, f64::from(Codec::Opus.clock_rate()));
                audio.unsigned(0x9F, 2);
            });
        }
    }
}

/// Two channels as in every WebRTC offer; each packet says itself whether it is mono.
//= RFC 7845, 5.1: name, version 1, channels, pre-skip, input rate, gain, mapping family 0.
fn opus_head() -> [u8; 19] {
    let mut head = *b"OpusHead\x01\x02\0\0\0\0\0\0\0\0\0";
    head[12..16].copy_from_slice(&Codec::Opus.clock_rate().to_le_bytes());
    head
}

/// Seek points: every key frame of a picture's lane; every few seconds where there is only sound.
fn cues(layout: &Layout, base: u64) -> Writer {
    let video = |lane: &usize| layout.lanes[*lane].codec.kind() == Kind::Video;
    let mut lanes: Vec<usize> = (0..layout.lanes.len()).filter(video).collect();
    let spacing = if lanes.is_empty() { AUDIO_CUE_MICROS } else { 0 };
    if lanes.is_empty() {
        lanes.extend((!layout.lanes.is_empty()).then_some(0));
    }
    let mut out = Writer::default();
    out.master(CUES, |cues| {
        let mut last = At(i64::MIN);
        for cluster in &layout.clusters {
            for lane in &lanes {
                let Some(at) = cluster.key_of(*lane) else {
                    continue;
                };
                if at.0.saturating_sub(last.0) < spacing {
                    continue;
                }
                last = at;
                cues.master(0xBB, |point| {
                    point.unsigned(0xB3, millis(layout.origin, at));
                    point.master(0xB7, |place| {
                        place.unsigned(0xF7, *lane as u64 + 1);
                        place.unsigned(0xF1, cluster.offset.saturating_sub(base));
                    });
                });
            }
        }
    });
    out
}
