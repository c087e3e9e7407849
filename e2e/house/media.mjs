// What a browser really receives: frames and sound, counted by the browser itself.

import { eventually } from "./server.mjs";

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
  return eventually(`${who} sees and hears the other side`, async () => {
    const now = await received(page);
    const seen = now.frames > before.frames + 10 && now.width > 0;
    return seen && now.packets > before.packets + 20 && now.energy > before.energy && now;
  }, within);
}

/** How many peer connections the page ever made. */
export const peers = (page) => page.evaluate(() => globalThis.peers.length);
