import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { declaredKeys, DEFAULT_FILE } from "./declarations.js";
import { CommandFailed, EXIT, type Terminal } from "./terminal.js";

/** Writes a declaration file, so that editors know the keys of `env.get` and `process.env`. Contacts nobody. */
export async function secretTypes(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: "string", short: "f", default: DEFAULT_FILE },
      out: { type: "string", short: "o" },
      strict: { type: "boolean", default: false },
    },
  });
  const keys = await declaredKeys(values.file, values.strict, terminal);
  const text = declarationFile(keys, basename(values.file));
  if (values.out === undefined) {
    terminal.out(text);
    return EXIT.ok;
  }
  try {
    await writeFile(values.out, text);
  } catch (error) {
    throw new CommandFailed(`${values.out} cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown"})`);
  }
  terminal.note(`${values.out} written`);
  return EXIT.ok;
}

function declarationFile(keys: string[], source: string): string {
  const members = (optional: string) => keys.map(key => `      ${key}${optional}: string;\n`).join("");
  return `// Made from ${source} by \`leash secrets types\`; make it anew when that file changes.
import "@leash/sdk";

declare module "@leash/sdk" {
  interface LeashEnvKeys {
${members("").replaceAll(/^ {2}/gm, "")}  }
}

declare global {
  namespace NodeJS {
    interface ProcessEnv {
${members("?")}    }
  }
}
`;
}
