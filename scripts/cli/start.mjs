#!/usr/bin/env node
// Understood by any Node, so that one that is too old is told so instead of failing over the syntax.
const oldest = 24;

if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(
    `gantry needs Node ${oldest} or newer, and this is ${process.versions.node}: see https://nodejs.org.\n`,
  );
  process.exitCode = 2;
} else await import(new URL("program.mjs", import.meta.url).href);
