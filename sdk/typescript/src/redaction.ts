/** The hook that Node's console.log and util.inspect ask; a registered symbol, so that nothing is imported for it. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

const REDACTED = "[redacted]";

/** Makes consoles show what `text` says instead of an object's fields. */
export function inspectAs<T extends object>(target: T, text: (shown: T) => unknown): void {
  Object.defineProperty(target, INSPECT, {
    value(this: T) {
      return text(this);
    },
    enumerable: false,
    configurable: true,
  });
}

/** Headers that work as ever, but whose values a console does not show. */
export function hideValues(headers: Record<string, string>): Record<string, string> {
  inspectAs(headers, shown => Object.fromEntries(Object.keys(shown).map(name => [name, REDACTED])));
  return headers;
}
