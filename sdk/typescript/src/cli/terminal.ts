/** What a command may touch. Data goes to `out`, everything a person reads on the way to `note`. */
export interface Terminal {
  /** Standard output, as it is. */
  out(text: string): void;
  /** A line on standard error; silent with `--quiet`. */
  note(line: string): void;
  /** A line on standard error, always. */
  complain(line: string): void;
}

/** As the shell's own commands use them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, runFailed: 125, notExecutable: 126, notFound: 127 } as const;

/** The command line makes no sense; the message says why. */
export class UsageError extends Error {}

/** What was asked for cannot be done, for a reason outside Leash; the message says why. */
export class CommandFailed extends Error {}
