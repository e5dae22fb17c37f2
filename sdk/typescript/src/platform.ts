import { LeashError } from "./error.js";
import type { Settings } from "./options.js";
import { errorOf, unreadable } from "./problem.js";
import { isPassing, pause, pauseBefore } from "./retry.js";

/** A call that may be repeated without harm, as all calls of this package are. */
export interface Call {
  readonly method: "GET" | "POST";
  /** Relative to the platform's address, each segment encoded. */
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Far above any answer of the platform's. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Speaks HTTP to the platform. It follows no redirect, since the key would go along. */
export class Platform {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get baseUrl(): URL {
    return new URL(this.#settings.baseUrl);
  }

  /** The answer's JSON. Rejects with a LeashError, or with the signal's reason. */
  async json(call: Call): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call);
      if ("answer" in outcome) return outcome.answer;
      const wait = outcome.passing ? pauseBefore(attempt, this.#settings, outcome.retryAfter) : undefined;
      if (wait === undefined) throw outcome.error;
      await pause(wait, call.signal);
    }
  }

  async #attempt(call: Call): Promise<Success | Failure> {
    const { baseUrl, timeoutMs } = this.#settings;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
    try {
      const response = await fetch(new URL(call.path, baseUrl), this.#request(call, signal));
      const body = await jsonOf(response);
      if (response.ok) return body.json === undefined ? invalid(response, baseUrl, body.cause) : { answer: body.json };
      const error = errorOf(response.status, body.json, baseUrl, response.headers.get("x-request-id"));
      return { error, passing: isPassing(response.status), retryAfter: response.headers.get("retry-after") };
    } catch (cause) {
      call.signal?.throwIfAborted();
      return { error: this.#unreachable(cause, timeout.aborted), passing: true, retryAfter: null };
    }
  }

  #request(call: Call, signal: AbortSignal): RequestInit {
    const headers = new Headers({ ...this.#settings.forwarded, accept: "application/json" });
    headers.set("x-api-key", this.#settings.apiKey);
    if (call.body === undefined) return { method: call.method, headers, signal, redirect: "manual" };
    headers.set("content-type", "application/json");
    return { method: call.method, headers, signal, redirect: "manual", body: JSON.stringify(call.body) };
  }

  #unreachable(cause: unknown, timedOut: boolean): LeashError {
    const { baseUrl, timeoutMs } = this.#settings;
    return new LeashError({
      code: "NETWORK_ERROR",
      message: timedOut
        ? `${baseUrl.origin} did not answer within ${timeoutMs} ms`
        : `${baseUrl.origin} cannot be reached${reasonOf(cause)}`,
      action: "Check LEASH_PLATFORM_URL, that Leash runs there, and the network in between.",
      cause,
    });
  }
}

interface Success {
  readonly answer: unknown;
}

interface Failure {
  readonly error: LeashError;
  readonly passing: boolean;
  readonly retryAfter: string | null;
}

function invalid(response: Response, baseUrl: URL, cause: unknown): Failure {
  return { error: unreadable(response.status, baseUrl, cause), passing: false, retryAfter: null };
}

/** Undefined JSON for a body that is none; a connection that breaks while it is read still throws. */
async function jsonOf(response: Response): Promise<{ json?: unknown; cause?: unknown }> {
  const text = await textOf(response);
  if (text === undefined) return { cause: new RangeError(`The body is longer than ${MAX_ANSWER_BYTES} bytes`) };
  try {
    return { json: JSON.parse(text) };
  } catch {
    // The parser's own message quotes the text, and the text may hold a secret.
    return { cause: new SyntaxError("The body is no JSON") };
  }
}

/** Undefined if it is too long, whatever its length was announced as. */
async function textOf(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = "";
  for (let size = 0; reader !== undefined; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/** What fetch hides below its "fetch failed": ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED … */
function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return ` (${cause.code})`;
  }
  return "";
}
