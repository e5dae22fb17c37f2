export const HELP = `leash: the MCP servers and env values that your organization keeps in Leash

Usage
  leash env sync [--file .env.example] [--app <app>] [--strict] [--dry-run]
      Declares the keys of the file as the app's manifest, and prints what that changed. Values in
      it are not read.
  leash run -- <command> [<argument> …]
      Starts the command with the app's values in its environment, as they are now.
  leash secrets types [--file .env.example] [--out leash-env.d.ts] [--strict]
      Writes TypeScript declarations of the keys.
  leash mcp config <slug> [--mcp-json | --headers]
      Prints where the MCP server is and the headers it wants; as an mcp.json whose headers are
      fetched when a client connects; or the headers alone.

Options
  -q, --quiet     Says nothing that is no error
  -h, --help      This text
      --version   The version

Environment
  LEASH_API_KEY        The app's key (required)
  LEASH_PLATFORM_URL   Where Leash is; default http://127.0.0.1:8080
  LEASH_APP            Default of --app; without it, the app of the key

Exit codes
  0 done, 1 failed, 2 used wrongly. run ends as its command does, or with 125 if Leash failed,
  126 if the command cannot be run, 127 if it is not found.
`;
