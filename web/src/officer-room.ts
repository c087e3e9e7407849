// The media of the officer's call, on the stock livekit-client: in, back in after every drop,
// and out only when the call is finished. Knows pictures and sounds, nothing of the case.
import type * as LiveKit from "livekit-client";
import { post } from "./officer-forms";
import { quiet } from "./quiet";

/** What the page wants to hear. */
export interface Listener {
  /** Where the connection stands. */
  standing(now: "connecting" | "here" | "lost" | "finished" | "elsewhere"): void;
  /** Who is in the room, by identity and name, oneself included. */
  people(all: { identity: string; name: string }[]): void;
  /** Her picture came, went, or moved for the first time. */
  picture(shown: boolean): void;
  firstFrame(): void;
  /** How her connection, or one's own if it is worse, does. */
  quality(now: "good" | "fair" | "poor" | "lost" | ""): void;
  /** Camera or microphone cannot be used. */
  denied(): void;
}

interface Places {
  remote: HTMLElement;
  self: HTMLElement;
  others: HTMLElement;
}

const VICTIM = "victim";
const PAUSE_MIN_MS = 500;
const PAUSE_MAX_MS = 4000;
// The rate at which a face can be read and a voice is never starved; see reference/media.md.
const PICTURE = { width: 640, height: 360, frameRate: 20 };
const PICTURE_BITS = 700_000;
// The library's own tries are few and quick; whatever they cannot mend is entered anew, which
// also works when the server itself came back.
const RETRIES_MS = [0, 300, 700, 1000, 1000];

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

export class Media {
  private room?: LiveKit.Room;
  private kit?: typeof LiveKit;
  private staying = false;
  private over = false;
  private seen = false;
  private microphone = true;
  private camera = true;

  constructor(
    private readonly base: string,
    private readonly places: Places,
    private readonly listener: Listener,
  ) {}

  /** Enters, and stays: tries again until the server says that the call is finished. */
  async stay(): Promise<void> {
    if (this.staying || this.over) return;
    this.staying = true;
    for (let tries = 0; !this.over; tries++) {
      this.listener.standing(tries || this.room ? "lost" : "connecting");
      if (await this.enter().catch(() => false)) break;
      await pause(Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** Math.min(tries, 4)));
    }
    this.staying = false;
  }

  /** Leaves for good. */
  leave(): void {
    this.over = true;
    void this.room?.disconnect();
  }

  /** Turns microphone or camera off or on; answers whether it is on now. */
  async toggle(what: "microphone" | "camera"): Promise<boolean> {
    const on = what === "microphone" ? (this.microphone = !this.microphone) : (this.camera = !this.camera);
    const me = this.room?.localParticipant;
    if (what === "microphone") await me?.setMicrophoneEnabled(on).catch(() => this.listener.denied());
    else await me?.setCameraEnabled(on).catch(() => this.listener.denied());
    this.places.self.classList.toggle("stage__self--off", !this.camera);
    return on;
  }

  /** Whether media flows now. */
  get here(): boolean {
    return this.room?.state === "connected";
  }

  private async enter(): Promise<boolean> {
    const answer = await post(`${this.base}/room`);
    if (!answer) return false;
    if (answer.status === 409) {
      const said = (await answer.json()) as { finished?: boolean };
      if (said.finished) {
        this.over = true;
        this.listener.standing("finished");
        return true;
      }
    }
    if (!answer.ok) return false;
    const ticket = (await answer.json()) as { url: string; own: boolean; token: string };
    if (!this.kit) {
      this.kit = await import("livekit-client");
      quiet(this.kit);
    }
    const room = this.make(this.kit);
    await this.room?.disconnect().catch(() => undefined);
    this.room = room;
    const url = ticket.own ? location.origin : ticket.url;
    await room.connect(url, ticket.token, { autoSubscribe: true });
    this.listener.standing("here");
    this.people();
    await this.publish(room);
    return true;
  }

  /** Voice first: a picture without one helps nobody. */
  private async publish(room: LiveKit.Room): Promise<void> {
    try {
      await room.localParticipant.setMicrophoneEnabled(this.microphone);
      await room.localParticipant.setCameraEnabled(this.camera);
    } catch {
      this.listener.denied();
    }
    const own = room.localParticipant.getTrackPublication(this.track("Camera"))?.videoTrack;
    if (!own) return;
    this.places.self.querySelector("video")?.remove();
    const video = own.attach();
    video.muted = true;
    this.places.self.prepend(video);
    this.places.self.hidden = false;
  }

  private track(name: "Camera" | "Microphone"): LiveKit.Track.Source {
    if (!this.kit) throw new Error("the media library is loaded first");
    return this.kit.Track.Source[name];
  }

  private make(kit: typeof LiveKit): LiveKit.Room {
    const room = new kit.Room({
      adaptiveStream: false,
      dynacast: false,
      reconnectPolicy: {
        nextRetryDelayInMs: ({ retryCount }) => RETRIES_MS[retryCount] ?? null,
      },
      videoCaptureDefaults: { resolution: PICTURE },
      publishDefaults: {
        simulcast: false,
        videoCodec: "vp8",
        red: false,
        dtx: true,
        videoEncoding: { maxBitrate: PICTURE_BITS, maxFramerate: PICTURE.frameRate },
      },
    });
    const { RoomEvent } = kit;
    room.on(RoomEvent.TrackSubscribed, (track, _, who) => this.show(track, who));
    room.on(RoomEvent.TrackUnsubscribed, (track, _, who) => this.hide(track, who));
    room.on(RoomEvent.ParticipantConnected, () => this.people());
    room.on(RoomEvent.ParticipantDisconnected, () => this.people());
    room.on(RoomEvent.ConnectionQualityChanged, () => this.quality(room));
    room.on(RoomEvent.TrackMuted, (track, who) => this.muted(track, who));
    room.on(RoomEvent.TrackUnmuted, (track, who) => this.muted(track, who));
    const lost = () => this.room === room && this.listener.standing("lost");
    room.on(RoomEvent.Reconnecting, lost);
    room.on(RoomEvent.SignalReconnecting, lost);
    room.on(RoomEvent.Reconnected, () => {
      if (this.room !== room) return;
      this.listener.standing("here");
      this.people();
    });
    room.on(RoomEvent.Disconnected, (reason) => {
      if (this.room !== room || this.over) return;
      // The same officer entered from another window: two of them would push each other out.
      if (reason === kit.DisconnectReason.DUPLICATE_IDENTITY) {
        this.over = true;
        this.listener.standing("elsewhere");
        return;
      }
      void this.stay();
    });
    return room;
  }

  private show(track: LiveKit.RemoteTrack, who: LiveKit.RemoteParticipant): void {
    const element = track.attach();
    element.dataset.of = who.identity;
    if (track.kind === "audio") {
      element.hidden = true;
      document.body.append(element);
      return;
    }
    if (who.identity !== VICTIM) {
      const tile = document.createElement("div");
      const plate = document.createElement("span");
      tile.className = "stage__other";
      plate.className = "plate plate--small";
      plate.textContent = who.name ?? "";
      tile.append(element, plate);
      this.places.others.append(tile);
      return;
    }
    this.places.remote.replaceChildren(element);
    this.listener.picture(true);
    this.first(element as HTMLVideoElement);
  }

  private first(video: HTMLVideoElement): void {
    const told = () => {
      if (this.seen || !video.isConnected || !video.videoWidth) return;
      this.seen = true;
      this.listener.firstFrame();
    };
    if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(told);
    video.addEventListener("playing", told);
    video.addEventListener("resize", told);
  }

  private hide(track: LiveKit.RemoteTrack, who: LiveKit.RemoteParticipant): void {
    for (const element of track.detach()) (element.closest(".stage__other") ?? element).remove();
    if (track.kind === "video" && who.identity === VICTIM) this.listener.picture(false);
  }

  private muted(track: LiveKit.TrackPublication, who: LiveKit.Participant): void {
    if (who.identity === VICTIM && track.kind === "video") this.listener.picture(!track.isMuted);
  }

  private people(): void {
    const room = this.room;
    if (!room) return;
    const all = [room.localParticipant, ...room.remoteParticipants.values()];
    this.listener.people(all.map((one) => ({ identity: one.identity, name: one.name ?? "" })));
  }

  private quality(room: LiveKit.Room): void {
    const words = { excellent: "good", good: "good", poor: "poor", lost: "lost", unknown: "" } as const;
    const her = room.remoteParticipants.get(VICTIM)?.connectionQuality ?? "unknown";
    const own = room.localParticipant.connectionQuality;
    const worse = [her, own].find((one) => one === "lost") ?? [her, own].find((one) => one === "poor");
    const shown = worse ?? (her === "unknown" ? own : her);
    this.listener.quality(her === "good" && !worse ? "fair" : words[shown]);
  }
}
