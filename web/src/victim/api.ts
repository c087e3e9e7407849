// What her page asks of our own host. Never logs, never keeps; a failure is `undefined`.

export interface State {
  state: "unknown" | "other_device" | "open" | "finished";
  code?: string;
  you?: string;
  identity?: string;
  language?: string;
  safety?: "unasked" | "asked_again" | "not_safe" | "not_alone" | "safe";
  ready?: boolean;
  admitted?: boolean;
  answered?: boolean;
  officer_there?: boolean;
  recorded?: boolean;
  before_you?: number | null;
  waiting_seconds?: number | null;
  texts?: number;
  /** Which text she has before her to read, if one is. */
  reading?: string | null;
  /** Whether anything may be written, or a place shared, in this call. */
  chat?: boolean;
  place?: boolean;
}

export interface Text {
  by: string;
  mine: boolean;
  at: number;
  text: string;
}

/** What became of a press. */
export interface Done {
  done?: boolean;
}

/** Asks; `undefined` when nothing usable came back (no network, a fault). */
export async function ask<T>(path: string, body?: unknown): Promise<T | undefined> {
  try {
    const answer = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout?.(15_000),
    });
    // 403: not hers (any more). 409: the rules say no, `{"done": false}`.
    const known = answer.ok || answer.status === 403 || answer.status === 409;
    return known ? ((await answer.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

export const state = (): Promise<State | undefined> => ask<State>("/j/state");

/** Waits. */
export const pause = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));
