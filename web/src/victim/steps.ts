// One step of the page at a time, without a new address: the history keeps a single entry.
export const one = <T extends Element = HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error("a part of the page is missing");
  return found;
};

export const word = (name: string): string => one("[data-words]").dataset[name] ?? "";

let shown = "wait";
export const current = (): string => shown;

/** Shows a step and moves the reader to its heading. */
export function show(name: string): void {
  if (name === shown) return;
  shown = name;
  for (const step of document.querySelectorAll<HTMLElement>("[data-step]")) {
    step.hidden = step.dataset.step !== name;
  }
  document.body.classList.toggle("on-stage", name === "call");
  const heading = document.getElementById(`step-${name}`);
  if (name !== "call") scrollTo(0, 0);
  heading?.focus({ preventScroll: true });
}

/** Answers every press of a control by its name. */
export function onPress(does: Record<string, (button: HTMLButtonElement) => void>): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLButtonElement>("[data-do]");
    const act = button && does[button.dataset.do ?? ""];
    if (button && act) act(button);
  });
}

/** A button that is on or off, and says which. */
export function press(name: string, on: boolean): void {
  const button = one<HTMLButtonElement>(`[data-do="${name}"]`);
  button.setAttribute("aria-pressed", String(on));
  const label = button.querySelector("span") ?? button;
  label.textContent = (on ? button.dataset.on : button.dataset.off) ?? label.textContent;
}
