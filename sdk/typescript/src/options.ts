import { LeashError } from "./error.js";
import { forwardedHeaders, type EndUserRequest } from "./request.js";
import { parseUrl } from "./urls.js";

export interface LeashOptions {
  /** The app's key, `lsk_live_…`. Default: the environment's `LEASH_API_KEY`. */
  apiKey?: string | undefined;
  /**
   * The request the app is answering. Its `cookie` and `authorization` headers go along to Leash, and nowhere else.
   * Leave it out for work on nobody's behalf.
   */
  request?: EndUserRequest | null | undefined;
  /** Where Leash is. Default: the environment's `LEASH_PLATFORM_URL`, or else `http://127.0.0.1:8080`. */
  baseUrl?: string | URL | undefined;
  /** How long one attempt may take, in milliseconds. Default 10 000. */
  timeoutMs?: number | undefined;
  /** How many further attempts a passing failure gets. Default 2, at most 10. */
  retries?: number | undefined;
  /** The longest `Retry-After` that is waited for, in milliseconds; a longer one fails at once. Default 10 000. */
  maxRetryWaitMs?: number | undefined;
}

/** The options, checked and completed. */
export interface Settings {
  readonly apiKey: string;
  readonly baseUrl: URL;
  readonly forwarded: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly maxWaitMs: number;
}

const DEFAULT_BASE_URL = "http://127.0.0.1:8080";
const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_RETRIES = 2;
const MAX_RETRIES = 10;
const DEFAULT_MAX_RETRY_WAIT_MS = 10_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** What a header can carry; anything else in a key is a slip of the clipboard. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

export function settingsOf(options: LeashOptions): Settings {
  refuseBrowsers();
  const apiKey = (options.apiKey ?? environment("LEASH_API_KEY") ?? "").trim();
  if (!VISIBLE_ASCII.test(apiKey)) throw noApiKey(apiKey === "");
  return {
    apiKey,
    baseUrl: baseUrlOf(options.baseUrl ?? environment("LEASH_PLATFORM_URL") ?? DEFAULT_BASE_URL),
    forwarded: "request" in options ? forwardedHeaders(options.request) : {},
    timeoutMs: within("timeoutMs", options.timeoutMs ?? DEFAULT_TIMEOUT_MS, 1, MAX_TIMER_MS),
    retries: within("retries", options.retries ?? DEFAULT_RETRIES, 0, MAX_RETRIES),
    maxWaitMs: within("maxRetryWaitMs", options.maxRetryWaitMs ?? DEFAULT_MAX_RETRY_WAIT_MS, 0, MAX_TIMER_MS),
  };
}

/** A key in a page is a key in public, so this is checked before anything else. */
function refuseBrowsers(): void {
  const { window, importScripts } = globalThis as { window?: unknown; importScripts?: unknown };
  if (window === undefined && typeof importScripts !== "function") return;
  throw new LeashError({
    code: "BROWSER_MODE_UNSUPPORTED",
    message: "Leash does not run in a browser, where everybody could read its API key",
    action: "Use Leash in server code and let the page ask your server.",
  });
}

/** Undefined also for one that is set to nothing. */
export function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const value = process?.env?.[name]?.trim();
  return value === "" ? undefined : value;
}

function noApiKey(missing: boolean): LeashError {
  return new LeashError({
    code: "NO_API_KEY",
    message: missing ? "There is no API key" : "The API key holds characters that no key has",
    action: "Set LEASH_API_KEY, or pass apiKey. An owner creates keys on the dashboard: /dashboard/organization",
  });
}

function baseUrlOf(value: string | URL): URL {
  const url = parseUrl(value);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new LeashError({
      code: "NETWORK_ERROR",
      message: "The platform's address is no http or https URL, or has a user name in it",
      action: "Set LEASH_PLATFORM_URL, or pass baseUrl, like https://leash.example.com",
    });
  }
  url.search = "";
  url.hash = "";
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

function within(name: string, value: number, least: number, most: number): number {
  if (Number.isFinite(value) && value >= least && value <= most) return Math.floor(value);
  throw new RangeError(`${name} must be from ${least} to ${most}`);
}
