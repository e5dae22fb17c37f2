/** How often, and how patiently, a call that failed for a passing reason is tried again. */
export interface RetryPolicy {
  /** How many further attempts there are at most; 0 for none. */
  readonly retries: number;
  /** What `Retry-After` may ask for at most, in milliseconds; more than that fails at once. */
  readonly maxWaitMs: number;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;
const JITTER_MS = 250;

/** Whoever rotates changes two places, one after the other; a pause this long bridges the time in between. */
const SETTLING_MS = 250;

/** 429 and 503 say that waiting helps; 502 and 504 come from whatever stands in between. */
const PASSING = new Set([429, 502, 503, 504]);

export function isPassing(status: number): boolean {
  return PASSING.has(status);
}

/**
 * How long to wait before the next attempt, in milliseconds: at least what the server asked for, otherwise longer with
 * each attempt, and at random so that many clients do not come back at once. Undefined if there is none.
 */
export function pauseBefore(attempt: number, policy: RetryPolicy, retryAfter: string | null): number | undefined {
  if (attempt > policy.retries) return undefined;
  const asked = parseRetryAfter(retryAfter, Date.now());
  if (asked === undefined) return Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  return asked > policy.maxWaitMs ? undefined : asked + Math.random() * JITTER_MS;
}

/** RFC 9110, 5.6.7. What else `Date.parse` makes a date of, "1.5" or "-5" say, is none. */
const IMF_FIXDATE = /^\s*[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT\s*$/;

/** RFC 9110, 10.2.3: seconds or a date. Undefined for anything else. */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1_000;
  const date = IMF_FIXDATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Resolves after the pause, or rejects with the signal's reason. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** What to wait for after a server refused a bearer, before Leash is asked for its successor. */
export function settle(signal?: AbortSignal): Promise<void> {
  return pause(SETTLING_MS, signal);
}
