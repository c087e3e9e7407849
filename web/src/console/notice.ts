// What the officer is told without being asked: a quiet note, or an alarm that stays.
export type Tone = "info" | "good" | "warn" | "danger";

const STAY_MS = 6000;

/** A note in the corner, read out politely, gone after a while. */
export function toast(text: string, tone: Tone = "info"): void {
  const note = document.createElement("p");
  note.className = `toast toast--${tone}`;
  note.textContent = text;
  document.getElementById("toasts")?.append(note);
  setTimeout(() => note.remove(), STAY_MS);
}

/** A red bar over the page, read out at once; an empty text takes it away. */
export function alarm(text: string): void {
  const bar = document.getElementById("alarm");
  if (bar && bar.textContent !== text) bar.textContent = text;
}
