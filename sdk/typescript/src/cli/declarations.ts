import { readFile } from "node:fs/promises";
import { parseDotenv } from "./dotenv.js";
import { CommandFailed, type Terminal } from "./terminal.js";

export const DEFAULT_FILE = ".env.example";

/** What Leash itself is reached with, so no secret that Leash could hold. */
const OWN_KEYS = new Set(["LEASH_API_KEY", "LEASH_PLATFORM_URL", "LEASH_APP"]);

/** Reads the file, tells what in it was left out, and answers the keys; fails if `strict` and something was. */
export async function declaredKeys(file: string, strict: boolean, terminal: Terminal): Promise<string[]> {
  const { keys, problems } = parseDotenv(await read(file));
  for (const { line, reason } of problems) terminal.complain(`${file}:${line}: ${reason}`);
  if (strict && problems.length > 0) throw new CommandFailed(`${file} has lines that declare nothing`);
  const own = keys.filter(key => OWN_KEYS.has(key));
  if (own.length > 0) terminal.note(`${file}: ${own.join(", ")} left out: Leash itself is reached with it`);
  return keys.filter(key => !OWN_KEYS.has(key));
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})`);
  }
}

