import { parseArgs } from "node:util";
import { environment, settingsOf } from "../options.js";
import { Platform } from "../platform.js";
import { unreadable } from "../problem.js";
import { isRecord, isStringList } from "../shapes.js";
import { declaredKeys, DEFAULT_FILE } from "./declarations.js";
import { CommandFailed, EXIT, UsageError, type Terminal } from "./terminal.js";

const APP = /^[A-Za-z0-9._-]{1,100}$/;

/** Declares the keys of an `.env.example` as the app's manifest. */
export async function envSync(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: "string", short: "f", default: DEFAULT_FILE },
      app: { type: "string", default: environment("LEASH_APP") ?? "me" },
      strict: { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
    },
  });
  if (!APP.test(values.app) || /^\.+$/.test(values.app)) throw new UsageError(`${values.app} is no app`);
  const keys = await declaredKeys(values.file, values.strict, terminal);
  // It would take away everything that is declared, and is far more often the wrong file than an app without keys.
  if (keys.length === 0) throw new CommandFailed(`${values.file} declares no key; nothing was sent`);
  if (values["dry-run"]) {
    terminal.out(keys.map(key => `${key}\n`).join(""));
    terminal.note(`${count(keys)} in ${values.file}; nothing was sent`);
    return EXIT.ok;
  }
  const { app, added, removed, missing } = await declare(values.app, keys);
  terminal.out(added.map(key => `+ ${key}\n`).join(""));
  terminal.out(removed.map(key => `- ${key}\n`).join(""));
  terminal.note(`${count(keys)} of ${values.file} declared for ${app}`);
  if (missing.length > 0) terminal.note(`no source holds a value for ${missing.join(", ")} yet`);
  return EXIT.ok;
}

/** What became of the manifest. */
interface Manifest {
  readonly app: string;
  readonly added: string[];
  readonly removed: string[];
  /** Declared, but no source that the app may read holds a value. */
  readonly missing: string[];
}

async function declare(app: string, keys: string[]): Promise<Manifest> {
  const platform = new Platform(settingsOf({}));
  const answer = await platform.json({ method: "POST", path: `api/apps/${app}/secrets/sync`, body: { keys } });
  if (isManifest(answer)) return answer;
  throw unreadable(200, platform.baseUrl);
}

function isManifest(answer: unknown): answer is Manifest {
  if (!isRecord(answer) || typeof answer["app"] !== "string") return false;
  return [answer["added"], answer["removed"], answer["missing"]].every(isStringList);
}

function count(keys: string[]): string {
  return keys.length === 1 ? "1 key" : `${keys.length} keys`;
}
