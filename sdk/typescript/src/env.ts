import type { EnvKey } from "./env-keys.js";
import type { Platform } from "./platform.js";
import { unreadable } from "./problem.js";
import { inspectAs } from "./redaction.js";

export interface EnvOptions {
  /** Asks the platform although the value is known, and keeps the answer for others. */
  fresh?: boolean | undefined;
  /** Gives up waiting; others who wait for the same answer still get it. */
  signal?: AbortSignal | undefined;
}

interface Kept {
  readonly value: string;
  /** When the question was sent, so that a value is never older than it looks. */
  readonly since: number;
  /** An answer to an earlier question never replaces one to a later. */
  readonly question: number;
}

const KEPT_MS = 60_000;
const MAX_BATCH = 100;

/** What can stand in a path. Anything else goes in a body, where it is the platform that says what is wrong with it. */
const PATH_SAFE = /^[A-Za-z0-9_]+$/;

/** The values of one app. An answer is kept for 60 seconds, an error is not kept at all. */
export class Env {
  readonly #platform: Platform;
  readonly #kept = new Map<string, Kept>();
  readonly #pending = new Map<string, Promise<string>>();
  #questions = 0;

  /** @internal */
  constructor(platform: Platform) {
    this.#platform = platform;
    inspectAs(this, () => `LeashEnv { kept: ${this.#kept.size} }`);
  }

  /** The value of a key that the app declares; rejects with KEY_NOT_DECLARED or KEY_NOT_FOUND if there is none. */
  async get(key: EnvKey, options: EnvOptions = {}): Promise<string> {
    const values = await this.getMany([key], options);
    return values[key] as string;
  }

  /** The values of all these keys; rejects if one of them has none. */
  async getMany<K extends EnvKey>(keys: readonly K[], options: EnvOptions = {}): Promise<Record<K, string>> {
    options.signal?.throwIfAborted();
    const answers = this.#find([...new Set<string>(keys)], options.fresh === true).map(
      async ([key, answer]) => [key, await answer] as const,
    );
    return Object.fromEntries(await unlessAborted(Promise.all(answers), options.signal)) as Record<K, string>;
  }

  /** Looks each key up once, so that no value grows too old between being found and being taken. */
  #find(keys: string[], fresh: boolean): [string, Promise<string> | string][] {
    const known = new Map(fresh ? [] : keys.map(key => [key, this.#known(key)]));
    const unknown = keys.filter(key => known.get(key) === undefined);
    for (let start = 0; start < unknown.length; start += MAX_BATCH) this.#ask(unknown.slice(start, start + MAX_BATCH));
    return keys.map(key => [key, known.get(key) ?? (this.#pending.get(key) as Promise<string>)]);
  }

  #known(key: string): Promise<string> | string | undefined {
    const kept = this.#kept.get(key);
    return kept !== undefined && performance.now() - kept.since < KEPT_MS ? kept.value : this.#pending.get(key);
  }

  #ask(keys: string[]): void {
    const since = performance.now();
    this.#dropOlderThan(since - KEPT_MS);
    const question = ++this.#questions;
    const values = this.#fetch(keys);
    for (const key of keys) {
      const answer = values.then(all => this.#keep(key, { value: all[key] as string, since, question }));
      this.#pending.set(key, answer);
      const forget = () => this.#pending.get(key) === answer && this.#pending.delete(key);
      answer.then(forget, forget);
    }
  }

  /** A secret that is of no use any more is not left in memory. */
  #dropOlderThan(time: number): void {
    for (const [key, { since }] of this.#kept) if (since <= time) this.#kept.delete(key);
  }

  #keep(key: string, answer: Kept): string {
    if ((this.#kept.get(key)?.question ?? 0) < answer.question) this.#kept.set(key, answer);
    return answer.value;
  }

  async #fetch(keys: string[]): Promise<Record<string, string>> {
    const [key] = keys as [string];
    if (keys.length === 1 && typeof key === "string" && PATH_SAFE.test(key)) {
      const answer = await this.#platform.json({ method: "GET", path: `api/apps/me/secrets/${key}` });
      return this.#checked(keys, { [key]: (answer as { value?: unknown } | null)?.value });
    }
    const answer = await this.#platform.json({ method: "POST", path: "api/apps/me/secrets:batch", body: { keys } });
    return this.#checked(keys, (answer as { values?: unknown } | null)?.values);
  }

  #checked(keys: string[], values: unknown): Record<string, string> {
    const found = typeof values === "object" && values !== null ? new Map(Object.entries(values)) : new Map();
    if (keys.every(key => typeof found.get(key) === "string")) return Object.fromEntries(found);
    throw unreadable(200, this.#platform.baseUrl);
  }
}

function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
