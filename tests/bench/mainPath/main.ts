import { setTimeout as delay } from "node:timers/promises";
import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import { playStory } from "#scripts/demo/story.ts";
import { Visitor } from "#scripts/demo/Visitor.ts";
import { startBenchInstance } from "../benchInstance.ts";
import { median } from "../median.ts";
import { table } from "../table.ts";

const changes = 5;

/** The main path's waits: a start on an empty data folder to a served page, and a save to the new field in an answer. */
export async function benchMainPath(): Promise<void> {
  const began = performance.now();
  await using instance = await startBenchInstance();
  const { web } = instance;
  const start = performance.now() - began;
  const waits = await savesToAnswers(web);
  console.log("\nMain path, wall time\n");
  console.log(
    table([
      ["", "s"],
      ["start on an empty data folder to a served page", (start / 1000).toFixed(1)],
      [`save in the builder to the new field in an answer, median of ${changes}`, (median(waits) / 1000).toFixed(2)],
    ]),
  );
}

/** Each adds an attribute to a resource of the CRM template, deploys, and asks until the answer has it; in ms. */
async function savesToAnswers(web: string): Promise<number[]> {
  const say = (sentence: string) => console.error(sentence);
  const { email, password, organisation, project, rest, apiKey } = await playStory({
    web,
    start: { kind: "template", template: "crm" },
    say,
  });
  const visitor = new Visitor(web);
  await visitor.signIn(email, password);
  const scope = { organisation, project };
  const waits: number[] = [];
  for (let change = 1; change <= changes; change++) {
    const name = `extra${change}`;
    const { commit, files } = await visitor.api.model.get.query(scope);
    const options = { type: { kind: "text" } } as const;
    const after = applyCommand(files, { type: "addAttribute", resource: "Company", name, options });
    const path = "domain/company.ts";
    const began = performance.now();
    await visitor.api.model.save.mutate({ ...scope, base: commit, files: { [path]: after[path] ?? null } });
    await visitor.api.deployments.request.mutate(scope);
    for (;;) {
      const response = await fetch(`${rest}/companies?page[size]=1`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });
      const answer = (await response.json()) as { data: readonly Record<string, unknown>[] };
      if (answer.data[0] && name in answer.data[0]) break;
      await delay(20);
    }
    waits.push(performance.now() - began);
  }
  return waits;
}
