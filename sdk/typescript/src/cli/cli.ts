import { readFile } from "node:fs/promises";
import { LeashError } from "../error.js";
import { envSync } from "./env-sync.js";
import { HELP } from "./help.js";
import { mcpConfig } from "./mcp-config.js";
import { run } from "./run.js";
import { secretTypes } from "./secret-types.js";
import { CommandFailed, EXIT, UsageError, type Terminal } from "./terminal.js";

type Command = (args: string[], terminal: Terminal) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["env sync", envSync],
  ["run", run],
  ["secrets types", secretTypes],
  ["mcp config", mcpConfig],
]);

/** Runs one command line and answers the exit code. */
export async function cli(args: string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): Promise<number> {
  const { own, words, rest } = split(args);
  const quiet = own.includes("-q") || own.includes("--quiet");
  const complain = (line: string) => void err.write(`leash: ${line}\n`);
  const terminal: Terminal = { out: text => void out.write(text), note: quiet ? () => {} : complain, complain };
  if (own.includes("-h") || own.includes("--help")) return print(terminal, HELP);
  if (own.includes("--version")) return print(terminal, `${await version()}\n`);
  try {
    const command = COMMANDS.get(words);
    if (command === undefined) throw new UsageError(words === "" ? "Which command?" : `There is no command ${words}`);
    return await command(rest, terminal);
  } catch (error) {
    return explain(error, terminal);
  }
}

function print(terminal: Terminal, text: string): number {
  terminal.out(text);
  return EXIT.ok;
}

/** Own options may stand anywhere before `--`, and with `run` before the command, whose options are its own. */
function split(args: string[]): { own: string[]; words: string; rest: string[] } {
  const isOwn = (word: string) => ["-q", "--quiet", "-h", "--help", "--version"].includes(word);
  const own: string[] = [];
  const others: string[] = [];
  for (const [index, word] of args.entries()) {
    const commandBegins = word === "--" || (others[0] === "run" && !isOwn(word));
    if (commandBegins) return { own, words: others.join(" "), rest: args.slice(index) };
    (isOwn(word) ? own : others).push(word);
  }
  const length = others[0] === "run" ? 1 : 2;
  return { own, words: others.slice(0, length).join(" "), rest: others.slice(length) };
}

async function version(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  return (manifest as { version: string }).version;
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof LeashError || error instanceof CommandFailed) {
    terminal.complain(error instanceof LeashError ? error.toString() : error.message);
    return EXIT.failed;
  }
  if (error instanceof UsageError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS") === true) {
    terminal.complain(`${(error as Error).message}\nTry: leash --help`);
    return EXIT.usage;
  }
  throw error;
}
