#!/usr/bin/env node
import { cli } from "./cli.js";

// A reader that has seen enough closes the pipe; that is no failure of this program.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await cli(process.argv.slice(2), process.stdout, process.stderr);
