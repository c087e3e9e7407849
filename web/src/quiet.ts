// A console is read too: nothing of a call stands in it. The library's own switch remembers
// itself in the browser's storage, where it would tell of the call; this one does not.
import type * as LiveKit from "livekit-client";

export function quiet(kit: Pick<typeof LiveKit, "getLogger" | "LoggerNames" | "LogLevel">): void {
  for (const name of Object.values(kit.LoggerNames)) {
    kit.getLogger(name).setDefaultLevel(kit.LogLevel.silent);
  }
}
