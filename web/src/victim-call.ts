// The victim's call. A skeleton: the call logic is written with the call's pages.
// livekit-client is a part of its own, fetched only when the call begins.
export async function media(): Promise<typeof import("livekit-client")> {
  return import("livekit-client");
}
if (document.querySelector("[data-call]")) void media();
