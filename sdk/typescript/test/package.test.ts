import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PACKAGE } from "./tables.js";

const manifest = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as Record<string, unknown>;

test("the package holds its code, its types and its README, and nothing else", () => {
  const options = ["--dry-run", "--json", "--ignore-scripts", "--cache", join(PACKAGE, "target/npm-cache")];
  const [packed] = JSON.parse(execFileSync("npm", ["pack", ...options], { cwd: PACKAGE, stdio: "pipe" }).toString()) as {
    files: { path: string; mode: number }[];
    size: number;
  }[];
  const paths = packed?.files.map(file => file.path) ?? [];

  for (const path of ["README.md", "LICENSE", "package.json", "dist/index.js", "dist/index.d.ts", "dist/cli/main.js"]) {
    assert.ok(paths.includes(path), path);
  }
  const strangers = paths.filter(path => !/^(README\.md|LICENSE|package\.json|dist\/[\w/-]+\.(js|d\.ts))$/.test(path));
  assert.deepEqual(strangers, []);
  assert.ok((packed?.size ?? Infinity) < 40_000, `${packed?.size} bytes`);
});

test("the package needs nothing at run time", () => {
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies"]) {
    assert.equal(manifest[kind], undefined, kind);
  }
  assert.equal(manifest["type"], "module");
});

test("what an app imports asks for no module of Node's, so that every server can load it", () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from] of readFileSync(file, "utf8").matchAll(/(?:from|import) "([^"]+)"/g)) {
      assert.match(from ?? "", /^\.\/[\w-]+\.js$/, file);
      visit(join(file, "..", from ?? ""));
    }
  };
  visit(join(PACKAGE, "dist/index.js"));

  assert.ok(seen.size > 5);
});
