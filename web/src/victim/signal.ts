// The silent signal: the name of the page or its clock, three times. Nothing on the screen
// changes, nothing is announced, nothing is logged; it is sent until our host has it.
import { ask, pause } from "./api";

const WITHIN_MS = 3000;
let taps: number[] = [];
let where: GeolocationCoordinates | undefined;

/** Keeps a place she has shared anyway, so that the signal can say it without asking. */
export function remember(place: GeolocationCoordinates): void {
  where = place;
}

export function place(at: GeolocationCoordinates): Record<string, number> {
  return { latitude: at.latitude, longitude: at.longitude, accuracy_metres: at.accuracy };
}

async function send(): Promise<void> {
  const body = where ? { location: place(where) } : {};
  for (let wait = 500; wait < 120_000; wait *= 2) {
    if (await ask("/j/danger", body)) return;
    await pause(wait);
  }
}

export function listen(): void {
  for (const mark of document.querySelectorAll("[data-mark]")) {
    mark.addEventListener("click", () => {
      const now = performance.now();
      taps = [...taps.filter((then) => now - then < WITHIN_MS), now];
      if (taps.length < 3) return;
      taps = [];
      void send();
    });
  }
}
