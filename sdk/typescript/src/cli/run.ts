import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { LeashError } from "../error.js";
import { settingsOf } from "../options.js";
import { Platform } from "../platform.js";
import { unreadable } from "../problem.js";
import { isRecord, isStringRecord } from "../shapes.js";
import { EXIT, UsageError, type Terminal } from "./terminal.js";

const FORWARDED: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2"];

/** The terminal sends these to the command itself, as it is in the same foreground group. */
const FROM_KEYBOARD: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];

/** Starts a command with the app's values in its environment, and ends as it does. The values are those of the start. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const [command, ...rest] = args[0] === "--" ? args.slice(1) : args;
  if (command === undefined) throw new UsageError("run takes a command: leash run -- node server.js");
  if (command.startsWith("-") && args[0] !== "--") throw new UsageError(`Unknown option ${command}`);
  let values: Record<string, string>;
  try {
    values = await allValues();
  } catch (error) {
    if (!(error instanceof LeashError)) throw error;
    terminal.complain(error.toString());
    return EXIT.runFailed;
  }
  terminal.note(`${Object.keys(values).length} values for ${command}`);
  return inherit(command, rest, { ...process.env, ...values }, terminal);
}

/** Of an answer that is none of Leash's nothing is started: the command would run without its secrets. */
async function allValues(): Promise<Record<string, string>> {
  const platform = new Platform(settingsOf({}));
  const answer = await platform.json({ method: "GET", path: "api/apps/env" });
  if (isRecord(answer) && isStringRecord(answer["data"])) return answer["data"];
  throw unreadable(200, platform.baseUrl);
}

function inherit(command: string, args: string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: "inherit", env });
    const stopForwarding = forwardSignals(child);
    child.once("error", (error: NodeJS.ErrnoException) => {
      stopForwarding();
      terminal.complain(`${command}: ${error.code === "ENOENT" ? "command not found" : error.code}`);
      resolve(error.code === "ENOENT" ? EXIT.notFound : EXIT.notExecutable);
    });
    child.once("exit", (code, signal) => {
      stopForwarding();
      // As a shell reports it: 128 and the signal's number.
      resolve(signal === null ? (code ?? EXIT.failed) : 128 + constants.signals[signal]);
    });
  });
}

/** With a listener Node stays alive, so that the command decides when to end. */
function forwardSignals(child: ChildProcess): () => void {
  const listeners = FORWARDED.map(signal => {
    const listener = () => {
      if (!(process.stdin.isTTY && FROM_KEYBOARD.includes(signal))) child.kill(signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return () => listeners.forEach(({ signal, listener }) => process.off(signal, listener));
}
