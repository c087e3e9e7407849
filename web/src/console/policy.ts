// The one door through which text from our own host becomes part of the page.
// `Trusted Types` is enforced: anything else that tries is stopped by the browser.
type Policy = { createHTML(text: string): string };
type Factory = { createPolicy(name: string, rules: Policy): Policy };

const factory = (window as unknown as { trustedTypes?: Factory }).trustedTypes;
const own: Policy = { createHTML: (text) => text };
const policy = factory ? factory.createPolicy("sightline", own) : own;

/** Asks our own host for a fragment, with a form if there is one. Elsewhere is refused before it is asked. */
export async function fragment(
  address: string,
  body?: URLSearchParams,
): Promise<string | undefined> {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return undefined;
  const headers = { "hx-request": "true" };
  const method = body ? "POST" : "GET";
  const answer = await fetch(url, { method, headers, body, credentials: "same-origin" });
  const elsewhere = answer.headers.get("hx-redirect");
  if (elsewhere) location.assign(new URL(elsewhere, location.origin));
  return answer.ok ? answer.text() : undefined;
}

/** Puts a fragment's content into an element. Scripts in it never run. */
export function put(into: HTMLElement, text: string): void {
  into.innerHTML = policy.createHTML(text);
  into.dispatchEvent(new CustomEvent("sightline:put", { bubbles: true }));
}

/** The element with this id in a fragment, or the fragment itself when it holds none. */
export function pick(text: string, id: string): string {
  const parsed = new DOMParser().parseFromString(policy.createHTML(text), "text/html");
  return parsed.getElementById(id)?.innerHTML ?? text;
}
