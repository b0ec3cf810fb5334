import { parseArgs } from "node:util";

// `npm run bench`: figures of this machine, as ratios within one run. Nothing here is a test.
const figures = {
  requests: async () => (await import("./requests/main.ts")).benchRequests,
  memory: async () => (await import("./memory/main.ts")).benchMemory,
  csv: async () => (await import("./csv/main.ts")).benchCsv,
  model: async () => (await import("./model/main.ts")).benchModel,
  density: async () => (await import("./density/main.ts")).benchDensity,
  growth: async () => (await import("./growth/main.ts")).benchGrowth,
  cold: async () => (await import("./coldStart/main.ts")).benchColdStart,
  soak: async () => (await import("./soak/main.ts")).benchSoak,
  behaviour: async () => (await import("./behaviour/main.ts")).benchBehaviour,
  main: async () => (await import("./mainPath/main.ts")).benchMainPath,
  pages: async () => (await import("./pages/main.ts")).benchPages,
  ship: async () => (await import("./ship/main.ts")).benchShip,
} as const;

const { positionals } = parseArgs({ args: process.argv.slice(3), allowPositionals: true });
/** Takes ten minutes: only where it is asked for. */
const onDemand = ["soak"];
const names = positionals.length > 0 ? positionals : Object.keys(figures).filter((name) => !onDemand.includes(name));

for (const name of names) {
  if (!isFigure(name)) {
    console.error(`There is no figure ${name}: choose of ${Object.keys(figures).join(", ")}.`);
    process.exit(2);
  }
  const bench = await figures[name]();
  await bench();
}
process.exit();

function isFigure(name: string): name is keyof typeof figures {
  return Object.hasOwn(figures, name);
}
