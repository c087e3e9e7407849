// The real server for one journey: its own temporary data, its own ports, started, killed and
// started again as the journey asks. Only processes that it started are ever ended.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHost } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const BINARY = process.env.SIGHTLINE_BIN ?? "sightline";

/** A port that is free now. */
async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Asks again every 50 ms until `holds` gives something; throws `what` after `within` ms. */
export async function eventually(what, holds, within = 20_000) {
  const until = Date.now() + within;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > until) throw new Error(`not in time: ${what instanceof Function ? what() : what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export class Server {
  /** Starts a demonstration server with an API client; `this.origin` is where it is. */
  static async start() {
    const server = new Server();
    server.data = mkdtempSync(join(tmpdir(), "sightline-e2e-"));
    server.apiKey = randomBytes(16).toString("hex");
    const hash = createHash("sha256").update(server.apiKey).digest("hex");
    server.config = join(server.data, "sightline.toml");
    // The harmless page that Exit leads to: a stand-in for the world outside.
    server.outside = createHost((_, answer) => {
      answer.setHeader("content-type", "text/html");
      answer.end("<title>Weather</title>Sun and showers");
    });
    await new Promise((resolve) => server.outside.listen(0, "127.0.0.1", resolve));
    // It must not keep a journey alive that did not get further than this.
    server.outside.unref();
    server.elsewhere = `http://127.0.0.1:${server.outside.address().port}/weather`;
    const client = `[[clients]]\nname = "e2e"\nkey_sha256 = "${hash}"\n`;
    server.listen = `127.0.0.1:${await freePort()}`;
    server.udp = `127.0.0.1:${await freePort()}`;
    server.origin = `http://${server.listen}`;
    // The origin is in the name under which the journal is signed: other commands must know it.
    const place = `listen = "${server.listen}"\norigin = "${server.origin}"\n`;
    writeFileSync(server.config, `exit_to = "${server.elsewhere}"\n${place}${client}`);
    // A second host of the same machine: a browser keeps one staff session a host.
    server.other = server.origin.replace("127.0.0.1", "localhost");
    await server.up();
    return server;
  }

  /** Starts the process on the same data and ports. */
  async up() {
    const log = [];
    const place = ["--listen", this.listen, "--udp", this.udp];
    const all = ["--config", this.config, "--data", join(this.data, "data"), "demo", ...place];
    this.process = spawn(BINARY, all, { stdio: ["ignore", "pipe", "pipe"] });
    this.log = log;
    for (const pipe of [this.process.stdout, this.process.stderr]) {
      pipe.on("data", (bytes) => log.push(String(bytes)));
    }
    this.ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.once("error", (fault) => log.push(String(fault)));
    await eventually(() => `the server is up\n${log.join("")}`, async () => {
      const answer = await fetch(`${this.origin}/readyz`).catch(() => undefined);
      return answer?.ok;
    });
  }

  /** Ends it as a power cut of the process would: kill -9. */
  async kill() {
    this.process.kill("SIGKILL");
    await this.ended;
  }

  /** Ends it in order. */
  async down() {
    this.process.kill("SIGTERM");
    await this.ended;
  }

  /** Ends it in order and removes its data. */
  async stop() {
    await this.down();
    this.outside.close();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Everything it said so far. */
  said() {
    return this.log.join("");
  }

  /** Runs another subcommand on the same data (the server must be down for `journal`). */
  command(...words) {
    const all = ["--config", this.config, "--data", join(this.data, "data"), ...words];
    return execFileSync(BINARY, all, { encoding: "utf8" });
  }

  /** The same for one that may fail: how it ended and what it printed. */
  tries(...words) {
    const all = ["--config", this.config, "--data", join(this.data, "data"), ...words];
    const { status, stdout } = spawnSync(BINARY, all, { encoding: "utf8" });
    return { status, stdout };
  }

  /** Lets time pass in the service, by its own clock; says which second it is then. */
  async advance(seconds) {
    const answer = await fetch(`${this.origin}/demo/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance_seconds: seconds }),
    });
    if (!answer.ok) throw new Error(`time did not pass: ${answer.status}`);
    return (await answer.json()).now_seconds;
  }

  /** Asks the API as the force's own system would. */
  async api(method, path, body) {
    const answer = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.apiKey}`,
        "content-type": "application/json",
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : undefined };
  }

  /** Makes a second officer of the hub; gives the login. */
  async colleague() {
    const answer = await fetch(`${this.origin}/demo/rehearsal`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ count: 1 }),
    });
    const { officers } = await answer.json();
    return officers[0];
  }

  /** The text messages on an invented phone, newest first. */
  async messages(number) {
    const answer = await fetch(`${this.origin}/demo/phone/messages.json`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ number }),
    });
    return answer.json();
  }

  /** Takes the network of one person of a call away for a while. */
  async disturb(call, identity, seconds) {
    const answer = await fetch(`${this.origin}/demo/disturb`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ call, identity, seconds }),
    });
    if (answer.status !== 204) throw new Error(`not disturbed: ${answer.status}`);
  }

  /** Bytes of every file under the data directory, for looking what must not stand there. */
  files() {
    const names = execFileSync("find", [join(this.data, "data"), "-type", "f"], {
      encoding: "utf8",
    });
    return names.trim().split("\n").map((name) => ({ name, bytes: readFileSync(name) }));
  }
}
