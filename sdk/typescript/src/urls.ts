/** An absolute URL, or null where `new URL` would throw. */
export function parseUrl(value: string | URL, base?: URL): URL | null {
  try {
    return new URL(value, base);
  } catch {
    return null;
  }
}

/** Scheme, host and port are the same, so what one may know the other may know. */
export function sameOrigin(one: URL, other: URL): boolean {
  return one.protocol === other.protocol && one.host === other.host;
}
