// What a browser really receives: frames and sound, counted by the browser itself.

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "./server.mjs";

const run = promisify(execFile);

/** Keeps every peer connection of a page where a journey can count on it. */
export function countPeers() {
  const Real = RTCPeerConnection;
  globalThis.peers = [];
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...all) {
      super(...all);
      globalThis.peers.push(this);
    }
  };
}

/** Frames decoded, their width, and sound received, over the connections that live. */
export function received(page) {
  return page.evaluate(async () => {
    const sum = { frames: 0, width: 0, packets: 0, energy: 0 };
    for (const peer of globalThis.peers) {
      if (peer.connectionState !== "connected") continue;
      for (const one of (await peer.getStats()).values()) {
        if (one.type !== "inbound-rtp") continue;
        sum.frames += one.framesDecoded ?? 0;
        sum.width = Math.max(sum.width, one.frameWidth ?? 0);
        if (one.kind !== "audio") continue;
        sum.packets += one.packetsReceived;
        sum.energy += one.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  });
}

/** Waits until picture and sound go on from where they are now. */
export async function flows(page, who, within) {
  const before = await received(page);
  let now = before;
  const what = () => `${who} sees and hears the other side: ${JSON.stringify([before, now])}`;
  return eventually(what, async () => {
    now = await received(page);
    const seen = now.frames > before.frames + 10 && now.width > 0;
    return seen && now.packets > before.packets + 20 && now.energy > before.energy && now;
  }, within);
}

/** What comes in now, track by track: how far each picture and each voice is. */
function tracks(page) {
  return page.evaluate(async () => {
    const found = {};
    for (const peer of globalThis.peers) {
      if (peer.connectionState !== "connected") continue;
      for (const one of (await peer.getStats()).values()) {
        if (one.type !== "inbound-rtp") continue;
        const { framesDecoded = 0, packetsReceived = 0 } = one;
        const video = one.kind === "video";
        found[one.id] = { kind: one.kind, at: video ? framesDecoded : packetsReceived };
      }
    }
    return found;
  });
}

/** Waits until the pictures and the voices of so many others go on from where they are now. */
export async function meets(page, who, others, within) {
  const before = await tracks(page);
  let now = before;
  const what = () => `${who} sees and hears ${others}: ${JSON.stringify([before, now])}`;
  return eventually(what, async () => {
    now = await tracks(page);
    const going = (kind) =>
      Object.entries(now).filter(
        ([id, one]) => one.kind === kind && one.at > (before[id]?.at ?? 0) + 5,
      ).length;
    return going("video") >= others && going("audio") >= others;
  }, within);
}

/** Waits until a picture on the page itself moves: decoded is not yet shown. */
export function moves(page, selector) {
  const drawn = () =>
    page.locator(selector).evaluate((video) => {
      const { totalVideoFrames } = video.getVideoPlaybackQuality();
      const { videoWidth, paused, readyState, srcObject } = video;
      const tracks = srcObject?.getTracks().map(({ kind, readyState, muted }) => `${kind} ${readyState} ${muted}`);
      return { frames: totalVideoFrames, videoWidth, paused, readyState, tracks };
    });
  let first;
  let now;
  return eventually(() => `${selector} moves: ${JSON.stringify([first, now])}`, async () => {
    now = await drawn();
    first ??= now;
    return now.videoWidth > 0 && !now.paused && now.frames > first.frames + 5;
  });
}

/** How many peer connections the page ever made. */
export const peers = (page) => page.evaluate(() => globalThis.peers.length);

/** Waits for the first picture of the other side; says when it was there. */
export async function firstPicture(page, who) {
  await eventually(`${who} sees the other side`, async () => (await received(page)).frames > 0);
  return Date.now();
}

/** Writes a recording down and says of each stream what it is and from when to when it runs. */
export async function probe(server, name, bytes) {
  const file = join(server.data, name);
  writeFileSync(file, bytes);
  const asked = ["-v", "error", "-show_entries", "stream=index,codec_type", "-of", "json"];
  const { streams } = JSON.parse((await run("ffprobe", [...asked, file])).stdout);
  for (const stream of streams) {
    const packets = ["-v", "error", "-select_streams", String(stream.index)];
    packets.push("-show_entries", "packet=pts_time", "-of", "csv=p=0", file);
    const { stdout } = await run("ffprobe", packets, { maxBuffer: 1 << 26 });
    const times = stdout.split("\n").map(parseFloat).filter((time) => !Number.isNaN(time));
    Object.assign(stream, { from: Math.min(...times), until: Math.max(...times) });
    stream.seconds = stream.until - stream.from;
  }
  return { file, streams, of: (kind) => streams.filter((one) => one.codec_type === kind) };
}

/** Decodes a whole stream: how many frames it shows, or how loud it gets in dB. */
export async function decode({ file }, stream) {
  const sound = stream.codec_type === "audio";
  const filter = sound ? ["-af", "volumedetect"] : [];
  const map = ["-map", `0:${stream.index}`, ...filter, "-f", "null", "-"];
  const { stderr } = await run("ffmpeg", ["-nostdin", "-i", file, ...map], { maxBuffer: 1 << 26 });
  if (sound) return Number(/max_volume: (\S+) dB/.exec(stderr)?.[1] ?? -91);
  return Number([...stderr.matchAll(/frame=\s*(\d+)/g)].at(-1)?.[1] ?? 0);
}
