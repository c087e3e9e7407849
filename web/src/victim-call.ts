// Her call: voice first, the officer large, herself small. Comes back by itself, without a tap,
// for as long as our host says that the call goes on. Nothing of it is kept on the phone.
import {
  ConnectionQuality,
  ConnectionState,
  getLogger,
  LocalAudioTrack,
  LocalVideoTrack,
  LoggerNames,
  LogLevel,
  Room,
  RoomEvent,
  Track,
  type RemoteParticipant,
  type RemoteTrack,
} from "livekit-client";
import { quiet } from "./quiet";
import { ask, pause, type Done, type State } from "./victim/api";
import { Chat } from "./victim/chat";
import type { Media } from "./victim/devices";
import { Reading } from "./victim/reading";
import * as signal from "./victim/signal";
import { one, onPress, press, word } from "./victim/steps";

export interface Stage {
  /** What our host last said. */
  heard(state: State): void;
  /** Lets go of everything. */
  end(): void;
}

interface Ticket {
  url: string;
  token: string;
  identity: string;
}

quiet({ getLogger, LoggerNames, LogLevel });

const officer = (who: RemoteParticipant): boolean => who.identity.startsWith("staff-");
/** The picture that somebody sends now. */
function picture(who: RemoteParticipant): RemoteTrack | undefined {
  const sent = who.getTrackPublication(Track.Source.Camera);
  return sent?.isMuted ? undefined : (sent?.track as RemoteTrack | undefined);
}

let live: Call | undefined;

class Call implements Stage {
  private room: Room | undefined;
  private ended = false;
  private mic: LocalAudioTrack | undefined;
  private camera: LocalVideoTrack | undefined;
  private voiceOnly = false;
  private facing: "user" | "environment" = "user";
  private seen = false;
  private face = "";
  private readonly sounds = new Map<string, HTMLMediaElement>();
  private readonly chat = new Chat();
  private readonly reading = new Reading();
  private awake: { release(): Promise<void> } | undefined;
  private readonly view = one<HTMLVideoElement>("[data-officer]");
  private readonly own = one<HTMLVideoElement>("[data-self-call]");

  constructor(media: Media) {
    if (media.mic) this.mic = new LocalAudioTrack(media.mic, undefined, false);
    if (media.camera) this.camera = new LocalVideoTrack(media.camera, undefined, false);
    this.voiceOnly = !media.camera;
    this.camera?.attach(this.own);
    one("[data-self-frame]").hidden = !this.camera;
    this.draw();
    void this.stay();
    void this.keepAwake();
  }

  heard(state: State): void {
    const asked = one("[data-asked]");
    const wanted = state.safety === "asked_again";
    if (asked.hidden === wanted) {
      asked.hidden = !wanted;
      if (wanted) document.getElementById("asked")?.focus();
    }
    one('.stagelet__controls [data-do="chat"]').hidden = state.chat === false;
    one('[data-more] [data-do="place"]').hidden = state.place === false;
    void this.chat.follow(state.texts ?? 0);
    void this.reading.follow(state.reading ?? "");
  }

  end(): void {
    this.ended = true;
    if (live === this) live = undefined;
    void this.room?.disconnect(true);
    this.mic?.stop();
    this.camera?.stop();
    for (const sound of this.sounds.values()) sound.remove();
    this.view.srcObject = null;
    this.own.srcObject = null;
    one("[data-others]").replaceChildren();
    this.chat.clear();
    this.reading.clear();
    void this.awake?.release().catch(() => undefined);
  }

  /** Connects, and connects again, until it is over. */
  private async stay(): Promise<void> {
    let tries = 0;
    while (!this.ended) {
      const ticket = await ask<Ticket>("/j/room", {});
      if (this.ended) return;
      if (ticket?.token && (await this.enter(ticket))) {
        tries = 0;
        await this.left();
      }
      this.say("lost");
      await pause(Math.min(4000, 300 * 2 ** tries++));
    }
  }

  private async enter(ticket: Ticket): Promise<boolean> {
    const room = new Room({
      adaptiveStream: false,
      dynacast: false,
      stopLocalTrackOnUnpublish: false,
      disconnectOnPageLeave: true,
      publishDefaults: {
        simulcast: false,
        videoCodec: "vp8",
        backupCodec: false,
        red: false,
        dtx: true,
        stopMicTrackOnMute: false,
        videoEncoding: { maxBitrate: 1_200_000, maxFramerate: 24, priority: "low" },
        degradationPreference: "balanced",
      },
    });
    this.room = room;
    this.hear(room);
    try {
      await room.connect(ticket.url || location.origin, ticket.token, { autoSubscribe: true });
      // Voice first: the picture waits until she can be heard.
      const voice = { source: Track.Source.Microphone };
      if (this.mic) await room.localParticipant.publishTrack(this.mic, voice);
      await this.sendPicture(room);
    } catch {
      await room.disconnect(false).catch(() => undefined);
      return false;
    }
    this.draw();
    return true;
  }

  private async sendPicture(room: Room): Promise<void> {
    if (!this.camera || this.voiceOnly) return;
    await room.localParticipant.publishTrack(this.camera, { source: Track.Source.Camera });
  }

  /** Resolves once the room is gone for good. */
  private left(): Promise<void> {
    const room = this.room;
    if (!room || room.state === ConnectionState.Disconnected) return Promise.resolve();
    return new Promise((gone) => room.once(RoomEvent.Disconnected, () => gone()));
  }

  private hear(room: Room): void {
    room
      .on(RoomEvent.Reconnecting, () => this.say("lost"))
      .on(RoomEvent.SignalReconnecting, () => this.say("lost"))
      .on(RoomEvent.Reconnected, () => this.draw())
      .on(RoomEvent.TrackSubscribed, (track, _, who) => this.show(track, who))
      .on(RoomEvent.TrackUnsubscribed, (track, _, who) => this.hide(track, who))
      .on(RoomEvent.TrackMuted, () => this.draw())
      .on(RoomEvent.TrackUnmuted, () => this.draw())
      .on(RoomEvent.ParticipantConnected, () => this.draw())
      .on(RoomEvent.ParticipantDisconnected, () => this.draw())
      .on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
        const speaks = speakers.some((who) => who.identity.startsWith("staff-"));
        one("[data-voice]").toggleAttribute("data-speaking", speaks);
      })
      .on(RoomEvent.AudioPlaybackStatusChanged, () => {
        one('[data-do="hear"]').hidden = room.canPlaybackAudio;
      })
      .on(RoomEvent.ConnectionQualityChanged, (quality, who) => {
        if (who.isLocal && quality === ConnectionQuality.Poor) this.say("weak");
      });
  }

  private show(track: RemoteTrack, who: RemoteParticipant): void {
    if (track.kind === Track.Kind.Audio) {
      const sound = track.attach();
      sound.hidden = true;
      document.body.append(sound);
      this.sounds.set(track.sid ?? who.identity, sound);
    }
    this.draw();
  }

  private hide(track: RemoteTrack, who: RemoteParticipant): void {
    for (const element of track.detach()) if (element !== this.view) element.remove();
    this.sounds.delete(track.sid ?? who.identity);
    this.draw();
  }

  /** One officer large, and the same one for as long as they stay; after them a colleague. */
  private large(there: RemoteParticipant[]): RemoteParticipant | undefined {
    const officers = there.filter(officer);
    const pictured = officers.find((who) => picture(who));
    return officers.find((who) => who.identity === this.face) ?? pictured ?? officers[0];
  }

  private showLarge(who: RemoteParticipant | undefined): void {
    if (who) this.face = who.identity;
    const track = who && picture(who);
    if (!track || track.attachedElements.includes(this.view)) return;
    this.view.srcObject = null;
    track.attach(this.view);
    this.firstFrame();
  }

  /** Whoever else is here, small and by name, with a picture or without. */
  private showOthers(there: RemoteParticipant[]): void {
    const place = one("[data-others]");
    for (const tile of place.querySelectorAll<HTMLElement>("[data-who]")) {
      if (!there.some((who) => who.identity === tile.dataset.who)) tile.remove();
    }
    for (const who of there) {
      let tile = place.querySelector<HTMLElement>(`[data-who="${CSS.escape(who.identity)}"]`);
      if (!tile) {
        tile = document.createElement("figure");
        tile.dataset.who = who.identity;
        tile.append(document.createElement("figcaption"));
        place.append(tile);
      }
      const name = tile.querySelector("figcaption");
      if (name && name.textContent !== who.name) name.textContent = who.name ?? "";
      const track = picture(who);
      if (track && !tile.querySelector("video")) tile.prepend(track.attach());
      if (!track) tile.querySelector("video")?.remove();
    }
  }

  /** Tells our host once that her screen shows the officer. */
  private firstFrame(): void {
    if (this.seen) return;
    const tell = async () => {
      if (this.seen) return;
      this.seen = true;
      for (let tries = 0; tries < 8; tries++) {
        if ((await ask<Done>("/j/seen", {}))?.done) return;
        await pause(250 * 2 ** tries);
      }
    };
    const view: HTMLVideoElement = this.view;
    if ("requestVideoFrameCallback" in view) view.requestVideoFrameCallback(() => void tell());
    else this.view.addEventListener("loadeddata", () => void tell(), { once: true });
  }

  private draw(): void {
    const there = [...(this.room?.remoteParticipants.values() ?? [])];
    const with_ = this.large(there);
    this.showLarge(with_);
    this.showOthers(there.filter((who) => who !== with_ && who.identity !== "recorder"));
    const name = one("[data-name]");
    name.hidden = !with_;
    if (with_ && name.textContent !== with_.name) name.textContent = with_.name ?? "";
    one("[data-view]").toggleAttribute("data-voice-only", !(with_ && picture(with_)));
    one("[data-rec]").hidden = !there.some((who) => who.identity === "recorder");
    if (this.room?.state === ConnectionState.Connected) {
      this.say(with_ ? "connected" : this.seen ? "officerLost" : "connecting");
    }
    press("mic", Boolean(this.mic?.isMuted));
    press("camera", this.voiceOnly || Boolean(this.camera?.isMuted));
    press("voice", this.voiceOnly);
    one<HTMLButtonElement>('[data-do="camera"]').disabled = !this.camera;
    one<HTMLButtonElement>('[data-do="flip"]').hidden = !this.camera;
    one<HTMLButtonElement>('[data-do="self"]').hidden = !this.camera;
  }

  private say(what: string): void {
    const status = one("[data-status]");
    const text = word(what);
    status.dataset.tone = what;
    if (status.textContent !== text) status.textContent = text;
  }

  async mute(): Promise<void> {
    if (this.mic?.isMuted) await this.mic.unmute();
    else await this.mic?.mute();
    this.draw();
  }

  async blind(): Promise<void> {
    if (this.voiceOnly) return this.voice();
    if (this.camera?.isMuted) await this.camera.unmute();
    else await this.camera?.mute();
    one("[data-self-frame]").hidden = Boolean(this.camera?.isMuted) || !this.selfWanted();
    this.draw();
  }

  async flip(): Promise<void> {
    this.facing = this.facing === "user" ? "environment" : "user";
    const resolution = { width: 1280, height: 720 };
    await this.camera?.restartTrack({ facingMode: this.facing, resolution });
    one("[data-self-frame]").toggleAttribute("data-away", this.facing === "environment");
  }

  /** Sound only: the picture is taken back altogether, so that the voice has the whole line. */
  async voice(): Promise<void> {
    if (!this.camera || !this.room) return;
    this.voiceOnly = !this.voiceOnly;
    if (this.voiceOnly) await this.room.localParticipant.unpublishTrack(this.camera, false);
    else await this.sendPicture(this.room);
    one("[data-self-frame]").hidden = this.voiceOnly || !this.selfWanted();
    this.draw();
    void ask("/j/audio", { on: this.voiceOnly });
  }

  private selfWanted(): boolean {
    return one('[data-do="self"]').getAttribute("aria-pressed") === "true";
  }

  self(): void {
    press("self", !this.selfWanted());
    one("[data-self-frame]").hidden = !this.selfWanted() || this.voiceOnly;
  }

  share(button: HTMLButtonElement): void {
    const failed = () => (button.textContent = button.dataset.failed ?? "");
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        signal.remember(coords);
        void ask<Done>("/j/location", signal.place(coords)).then((answer) => {
          if (answer?.done) button.textContent = button.dataset.done ?? "";
          else failed();
        });
      },
      failed,
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  }

  listen(): void {
    void this.room?.startAudio();
  }

  private async keepAwake(): Promise<void> {
    type Awake = { wakeLock?: { request(kind: "screen"): Promise<{ release(): Promise<void> }> } };
    const ask = () => (navigator as unknown as Awake).wakeLock?.request("screen");
    const again = async () => {
      if (this.ended || document.visibilityState !== "visible") return;
      this.awake = await ask()?.catch(() => undefined);
    };
    document.addEventListener("visibilitychange", () => void again());
    await again();
  }

  toggleChat(): void {
    this.chat.toggle();
  }

  answer(right: boolean): void {
    void this.reading.answer(right);
  }

  sayWrong(button: HTMLButtonElement): void {
    this.reading.open(button);
  }
}

let listening = false;
function listen(): void {
  if (listening) return;
  listening = true;
  const more = one("[data-more]");
  onPress({
    mic: () => void live?.mute(),
    camera: () => void live?.blind(),
    flip: () => void live?.flip(),
    voice: () => void live?.voice(),
    self: () => live?.self(),
    place: (button) => live?.share(button),
    hear: () => live?.listen(),
    chat: () => {
      more.hidden = true;
      live?.toggleChat();
    },
    "reading-right": () => live?.answer(true),
    "reading-wrong": (button) => live?.sayWrong(button),
    more: (button) => {
      more.hidden = !more.hidden;
      button.setAttribute("aria-expanded", String(!more.hidden));
      if (!more.hidden) more.querySelector<HTMLElement>("button:not([hidden])")?.focus();
    },
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    more.hidden = true;
    one('[data-do="more"]').setAttribute("aria-expanded", "false");
  });
}

/** Enters the call. */
export function join(media: Media, state: State): Stage {
  listen();
  live?.end();
  live = new Call(media);
  live.heard(state);
  return live;
}
