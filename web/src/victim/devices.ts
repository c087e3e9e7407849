// Camera and microphone: asking for them, and which help fits this phone when they are denied.
export type Trouble = "ios" | "android" | "samsung" | "firefox" | "desktop" | "none" | "busy";

export interface Media {
  mic?: MediaStreamTrack;
  camera?: MediaStreamTrack;
}

const agent = navigator.userAgent;
const apple = /iPhone|iPad|iPod/.test(agent) || (/Mac/.test(agent) && navigator.maxTouchPoints > 1);

/** Browsers inside other apps, which pass no camera on or claim one that they then refuse. */
export function insideAnotherApp(): boolean {
  const known = /FBAN|FBAV|FB_IAB|Instagram|Snapchat|Line\/|MicroMessenger|BytedanceWebview/;
  return !navigator.mediaDevices?.getUserMedia || known.test(agent);
}

/** Which help fits a refusal. */
export function trouble(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  if (apple) return "ios";
  if (/SamsungBrowser/.test(agent)) return "samsung";
  if (/Firefox|FxiOS/.test(agent)) return "firefox";
  return /Android/.test(agent) ? "android" : "desktop";
}

const sound: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};
const picture: MediaTrackConstraints = {
  facingMode: "user",
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 24, max: 30 },
};

/** Asks the browser. A phone without a usable camera still gives its microphone. */
export async function open(withCamera: boolean): Promise<Media> {
  const ask = (video: MediaTrackConstraints | false) =>
    navigator.mediaDevices.getUserMedia({ audio: sound, video });
  let stream: MediaStream;
  try {
    stream = await ask(withCamera ? picture : false);
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    const noCamera = ["NotFoundError", "NotReadableError", "OverconstrainedError"].includes(name);
    if (!withCamera || !noCamera) throw error;
    stream = await ask(false);
  }
  return { mic: stream.getAudioTracks()[0], camera: stream.getVideoTracks()[0] };
}

/** Whether both were allowed before, so that nobody needs to be asked again. */
export async function allowed(): Promise<boolean> {
  try {
    const name = "microphone" as PermissionName;
    return (await navigator.permissions.query({ name })).state === "granted";
  } catch {
    return false;
  }
}
