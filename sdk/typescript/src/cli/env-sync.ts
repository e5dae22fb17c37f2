import { parseArgs } from "node:util";
import { settingsOf } from "../options.js";
import { Platform } from "../platform.js";
import { declaredKeys, DEFAULT_FILE } from "./declarations.js";
import { CommandFailed, EXIT, UsageError, type Terminal } from "./terminal.js";

const APP = /^[A-Za-z0-9._-]{1,100}$/;

/** Declares the keys of an `.env.example` as the app's manifest. */
export async function envSync(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: "string", short: "f", default: DEFAULT_FILE },
      app: { type: "string", default: process.env["LEASH_APP"] ?? "me" },
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
  const manifest = (await new Platform(settingsOf({})).json({
    method: "POST",
    path: `api/apps/${values.app}/secrets/sync`,
    body: { keys },
  })) as Manifest;
  terminal.out((manifest.added ?? []).map(key => `+ ${key}\n`).join(""));
  terminal.out((manifest.removed ?? []).map(key => `- ${key}\n`).join(""));
  terminal.note(`${count(keys)} of ${values.file} declared${manifest.app === undefined ? "" : ` for ${manifest.app}`}`);
  const missing = manifest.missing ?? [];
  if (missing.length > 0) terminal.note(`no source holds a value for ${missing.join(", ")} yet`);
  return EXIT.ok;
}

/** What became of the manifest, as far as the platform tells. */
interface Manifest {
  readonly app?: string;
  readonly added?: string[];
  readonly removed?: string[];
  readonly missing?: string[];
}

function count(keys: string[]): string {
  return keys.length === 1 ? "1 key" : `${keys.length} keys`;
}
