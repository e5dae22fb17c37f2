/** What an `.env.example` declares. */
export interface Declarations {
  /** Each once, in the order of the file. */
  readonly keys: string[];
  readonly problems: Problem[];
}

export interface Problem {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

/** What the platform takes as a key. */
const KEY = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/** `export` is for files that are sourced; a colon instead of `=` is what dotenv takes too. */
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([^\s=:]+)[ \t]*(?:=|:[ \t])[ \t]*/;

const QUOTES = ["'", '"', "`"];

/** Reads the names; the values in such a file are examples, and are dropped. */
export function parseDotenv(bytes: Uint8Array): Declarations {
  const lines = decode(bytes).split(/\r\n|\n|\r/);
  const keys = new Set<string>();
  const problems: Problem[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    if (/^\s*(#|$)/.test(line)) continue;
    const assignment = ASSIGNMENT.exec(line);
    if (assignment === null) {
      problems.push({ line: index + 1, reason: "neither KEY=value nor a comment" });
      continue;
    }
    const key = assignment[1] as string;
    if (KEY.test(key)) keys.add(key);
    else problems.push({ line: index + 1, reason: `${key} is no key: letters, digits and _, at most 100` });
    index = lastLineOfValue(lines, index, assignment[0].length);
  }
  return { keys: [...keys], problems };
}

/** A quoted value may go on for lines, which are no declarations. A quote that never closes is part of the value. */
function lastLineOfValue(lines: string[], first: number, start: number): number {
  const quote = lines[first]?.[start];
  if (quote === undefined || !QUOTES.includes(quote)) return first;
  for (let index = first, from = start + 1; index < lines.length; index++, from = 0) {
    if (closes(lines[index] as string, from, quote)) return index;
  }
  return first;
}

function closes(line: string, from: number, quote: string): boolean {
  for (let at = from; at < line.length; at++) {
    if (line[at] === "\\" && quote !== "'") at++;
    else if (line[at] === quote) return true;
  }
  return false;
}

/** UTF-8, or UTF-16 as PowerShell writes it; a byte order mark is no part of the first key. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
