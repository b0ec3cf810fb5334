import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { reachable } from "../instance/reachable.ts";
import { reachProject } from "../project/Place.ts";
import { Progress } from "../terminal/Progress.ts";

export interface EjectOptions {
  readonly branch: string;
  /** Absent: the project's name with `.tar.gz`. */
  readonly out?: string;
  /** Address of a Git server's repository; the token for it is in `GANTRY_PUSH_TOKEN`. */
  readonly push?: string;
  readonly user: string;
  readonly into: string;
}

/** Fetches the app as a program of its own, with its whole history; or has it pushed to another Git server. */
export async function eject({ terminal, place }: Context, options: EjectOptions): Promise<void> {
  const { instance, scope } = await reachProject(place);
  const { branch, push, user, into, out = `${scope.project}.tar.gz` } = options;
  using progress = new Progress(terminal);
  if (push !== undefined) {
    const password = process.env.GANTRY_PUSH_TOKEN;
    if (!password) {
      throw new CliFailure("Give a token of that server, which may write to the repository, in GANTRY_PUSH_TOKEN.", {
        exit: exitCodes.usage,
        code: "usage",
      });
    }
    progress.say(`Pushing the app to ${push} …`);
    const { commit } = await instance.api.eject.push.mutate({ ...scope, branch, url: push, into, user, password });
    progress[Symbol.dispose]();
    terminal.print(`Pushed ${commit.slice(0, 8)} to ${into} of ${push}.`);
    return terminal.result({ commit, url: push, branch: into });
  }
  progress.say("Putting the app together …");
  const path = ["api", "eject", scope.organisation, scope.project].map(encodeURIComponent).join("/");
  const address = `${instance.url}/${path}?branch=${encodeURIComponent(branch)}`;
  const headers = { authorization: `Bearer ${instance.token}` };
  const response = await reachable(instance.url, address, { headers });
  const draft = `${out}.part`;
  try {
    await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(draft));
    await rename(draft, out);
  } finally {
    await rm(draft, { force: true });
  }
  progress[Symbol.dispose]();
  terminal.print(`Wrote ${out}. Unpack it, then: npm install && npm start`);
  terminal.result({ out });
}
