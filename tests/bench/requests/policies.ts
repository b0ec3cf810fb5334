import postgres from "postgres";
import type { Model, Policy } from "#lib/model/types.ts";
import type { BenchServer } from "../benchServer.ts";
import { median } from "../median.ts";
import { benchKey, environmentOf, startRuntime } from "../runtimeProcess.ts";
import { table } from "../table.ts";
import { type Call, type Sample, type Target, takeSample } from "./takeSample.ts";

interface PolicyBench {
  readonly server: BenchServer;
  readonly databaseUrl: string;
  readonly model: Model;
  readonly rounds: number;
}

/** What policies add to reading one record: one runtime, one database, three apps that differ in their policies alone. */
export async function benchPolicies({ server, databaseUrl, model, rounds }: PolicyBench): Promise<void> {
  await using runtime = await startRuntime();
  const sql = postgres(databaseUrl, { max: 1 });
  const deals = await sql<{ id: string; company: string }[]>`
    select id, company_id as company from deals where company_id = (select company_id from deals order by title limit 1)`;
  await sql.end();
  const owner = deals[0]?.company ?? "";
  const actor = Buffer.from(JSON.stringify({ id: owner, roles: ["sales"] })).toString("base64url");
  const cases = [
    { name: "without policies", policies: null, headers: {} },
    { name: "by role", policies: "'sales' in actor.roles", headers: { "gantry-act-as": actor } },
    { name: "by record", policies: "company == actor.id", headers: { "gantry-act-as": actor } },
  ];
  const targets: (Target & { readonly name: string })[] = [];
  for (const [index, { name, policies, headers }] of cases.entries()) {
    const { key, spec } = benchKey();
    const label = `policies-${index}`;
    const guarded = policies === null ? model : withPolicy(model, policies);
    await runtime.deploy(environmentOf({ label, model: guarded, databaseUrl, key: { ...spec, actAs: true } }));
    const authorization = `Bearer ${key}`;
    targets.push({
      name,
      pid: runtime.pid,
      base: runtime.app(label),
      headers: { authorization, ...headers },
    });
  }
  const calls = deals.map(({ id }): Call => ({ method: "GET", path: `/rest/v1/deals/${id}` }));
  const samples = new Map<string, Sample[]>(targets.map(({ name }) => [name, []]));
  for (const target of targets) await takeSample(target, calls, { seconds: 3, postgres: server.pid });
  for (let round = 0; round < rounds; round++) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      samples.get(target.name)?.push(await takeSample(target, calls, { seconds: 4, postgres: server.pid }));
    }
  }
  const of = (name: string, key: "perSecond" | "cpu") => median((samples.get(name) ?? []).map((sample) => sample[key]));
  const [plain] = targets;
  const rows = targets.map(({ name }) => [
    name,
    of(name, "perSecond").toFixed(0),
    (of(name, "perSecond") / of(plain?.name ?? "", "perSecond")).toFixed(2),
    of(name, "cpu").toFixed(0),
    (of(name, "cpu") / of(plain?.name ?? "", "cpu")).toFixed(2),
    String((samples.get(name) ?? []).reduce((sum, { errors }) => sum + errors, 0)),
  ]);
  console.log(`\nGet by id under policies, ${rounds} rounds, medians\n`);
  console.log(table([["", "req/s", "x", "CPU µs", "x CPU", "errors"], ...rows]));
}

function withPolicy(model: Model, expression: string): Model {
  const policies: readonly Policy[] = [{ effect: "allow", actions: ["*"], expression }];
  return {
    app: { ...model.app, users: "Company", roles: [{ name: "sales" }] },
    resources: model.resources.map((resource) => (resource.name === "Deal" ? { ...resource, policies } : resource)),
  };
}
