// The officer's call. A skeleton: the call logic is written with the call's pages.
export async function media(): Promise<typeof import("livekit-client")> {
  return import("livekit-client");
}
if (document.querySelector("[data-call]")) void media();
