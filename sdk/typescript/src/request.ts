import { LeashError } from "./error.js";

/** What is read of the request that an app is answering: Fetch's `Request`, Node's `IncomingMessage`, or the like. */
export interface EndUserRequest {
  readonly headers: HeaderGetter | Readonly<Record<string, string | readonly string[] | undefined>>;
}

interface HeaderGetter {
  get(name: string): string | null | undefined;
}

/** The end user's own headers that Leash takes, and no other. */
const FORWARDED = ["cookie", "authorization"] as const;

/** RFC 9110, 5.5, as HTTP clients take it. Their own error for anything else repeats the value, which is a secret. */
const FIELD_CONTENT = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The headers to send along. A `request` that was passed but is none would silently drop the end user, so that is an
 * error and not an absence.
 */
export function forwardedHeaders(request: EndUserRequest | null | undefined): Record<string, string> {
  const headers = request?.headers;
  if (typeof headers !== "object" || headers === null) {
    throw new LeashError({
      code: "NO_REQUEST_SERVER_CONSTRUCT",
      message: "The request that was passed to Leash is none",
      action: "Construct Leash where a request is being answered, or leave `request` out to act for nobody.",
    });
  }
  const found: Record<string, string> = {};
  for (const name of FORWARDED) {
    const value = read(headers, name);
    if (value === undefined || value === "") continue;
    if (!FIELD_CONTENT.test(value)) throw noHeader(name);
    found[name] = value;
  }
  return found;
}

function noHeader(name: string): LeashError {
  return new LeashError({
    code: "NO_REQUEST_SERVER_CONSTRUCT",
    message: `The ${name} header of the request that was passed to Leash holds characters that no header has`,
    action: "Pass the request as it came, or leave `request` out to act for nobody.",
  });
}

function read(headers: EndUserRequest["headers"], name: string): string | undefined {
  if (isGetter(headers)) return headers.get(name) ?? undefined;
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return typeof value === "string" ? value : value?.join(name === "cookie" ? "; " : ", ");
}

function isGetter(headers: EndUserRequest["headers"]): headers is HeaderGetter {
  return typeof headers.get === "function";
}
