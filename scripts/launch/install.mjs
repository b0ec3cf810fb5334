import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { Failure } from "./fail.mjs";
import { root } from "./root.mjs";

/** Brings node_modules in line with package-lock.json; prints one line about it when `loud` or when there was work. */
export async function installPackages({ loud }) {
  const start = performance.now();
  const state = installed() ? "up to date" : "installed";
  if (state === "installed") {
    console.error("Installing packages; the first time this takes a minute or two …");
    await npmInstall();
  }
  // The same columns as scripts/start/report.ts prints.
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  if (loud) console.log(`${"packages".padEnd(12)}${state.padEnd(44)}${seconds.padStart(8)}`);
}

/** npm notes what it put into node_modules; that must be what package-lock.json asks for. */
function installed() {
  const there = packagesOf("node_modules/.package-lock.json");
  const wanted = packagesOf("package-lock.json");
  if (!there || !wanted) return false;
  return Object.entries(wanted).every(([path, { version, link, optional }]) => {
    if (path === "" || link) return true;
    const found = there[path];
    // Optional packages of other platforms are not installed.
    return found ? found.version === version && existsSync(new URL(path, root)) : optional === true;
  });
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(new URL(lockFile, root), "utf8")).packages;
  } catch {
    return undefined;
  }
}

async function npmInstall() {
  // Not `npm ci`: it refuses a lock made against a registry that lacks the packages of other platforms.
  const parameters = ["install", "--no-audit", "--no-fund", "--no-save", "--include=dev", "--include=optional"];
  const cli = process.env.npm_execpath;
  const [program, ...prefix] = cli?.endsWith(".js") ? [process.execPath, cli] : ["npm"];
  const child = spawn(program, [...prefix, ...parameters], {
    cwd: fileURLToPath(root),
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32" && program === "npm",
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", (error) => {
      reject(
        error.code === "ENOENT"
          ? new Failure("npm is not on the PATH: install it with Node from https://nodejs.org.")
          : error,
      );
    });
  });
  if (code !== 0) throw new Failure(explain(printed));
}

function explain(printed) {
  if (/ENOSPC/.test(printed)) return "The packages could not be installed: the disk is full. Make room and try again.";
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i.test(printed)) {
    return "The packages could not be installed: the npm registry cannot be reached. Check the network (and “npm config get registry”) and try again.";
  }
  if (/EACCES|EPERM|EROFS/.test(printed)) {
    return "The packages could not be installed: this folder is not writable for this user.";
  }
  const reason = printed
    .split("\n")
    .filter((line) => /npm (error|ERR!)/.test(line) && !/complete log|code /.test(line));
  return `The packages could not be installed: ${reason[0]?.replace(/npm (error|ERR!)\s*/, "") ?? "npm install failed"}. “npm install” shows the whole story.`;
}
