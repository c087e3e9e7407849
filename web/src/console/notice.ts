// What the officer is told without being asked: a quiet note, or an alarm that stays.
export type Tone = "info" | "good" | "warn" | "danger";

const STAY_MS = 6000;
const FIELDS = "input, textarea, select";

/** Notes never lie on the field that is being typed in: they go to the other end of the window. */
function clear(): void {
  const notes = document.getElementById("toasts");
  const field = document.activeElement;
  if (!notes) return;
  notes.classList.remove("toasts--up");
  if (!field?.matches(FIELDS) || !notes.childElementCount) return;
  const [one, other] = [notes.getBoundingClientRect(), field.getBoundingClientRect()];
  const beside = one.right < other.left || one.left > other.right;
  const apart = one.bottom < other.top || one.top > other.bottom;
  if (!beside && !apart) notes.classList.add("toasts--up");
}

addEventListener("focusin", clear);
addEventListener("scroll", clear, { capture: true, passive: true });

/** A note in the corner, read out politely, gone after a while. */
export function toast(text: string, tone: Tone = "info"): void {
  const note = document.createElement("p");
  note.className = `toast toast--${tone}`;
  note.textContent = text;
  document.getElementById("toasts")?.append(note);
  clear();
  setTimeout(() => note.remove(), STAY_MS);
}

/** A red bar over the page, read out at once; an empty text takes it away. */
export function alarm(text: string): void {
  const bar = document.getElementById("alarm");
  if (bar && bar.textContent !== text) bar.textContent = text;
}
