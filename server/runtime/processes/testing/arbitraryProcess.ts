import type { Process, Step } from "#lib/model/processTypes.ts";
import type { Random } from "#tests/support/Random.ts";
import { log } from "./processModel.ts";

/** Processes at random of the steps whose outcome does not hang on time: what they write says what they did. */
export function arbitraryProcess(random: Random): Process {
  const names = { next: 0 };
  return {
    name: "arbitrary",
    input: [{ name: "n", type: { kind: "integer" }, required: true }],
    steps: steps(random, { names, depth: 0, items: [] }),
    output: [{ name: "n", type: { kind: "integer" }, expression: "input.n + 1" }],
  };
}

interface Place {
  readonly names: { next: number };
  readonly depth: number;
  /** Names of the items in sight. */
  readonly items: readonly string[];
}

function steps(random: Random, place: Place): readonly Step[] {
  return Array.from({ length: 1 + random.below(place.depth === 0 ? 4 : 3) }, () => step(random, place));
}

function step(random: Random, place: Place): Step {
  const name = `s${place.names.next++}`;
  const inner = (items: readonly string[] = place.items) => steps(random, { ...place, depth: place.depth + 1, items });
  const base = {
    ...(random.chance(15) && { when: condition(random, place) }),
    ...(random.chance(25) && { onError: place.depth < 3 ? inner() : [] }),
    ...(random.chance(25) && { compensate: [log(`s${place.names.next++}`, `'undo ${name}'`)] }),
  };
  const kind = place.depth >= 3 ? random.below(3) : random.below(8);
  switch (kind) {
    case 0:
    case 1:
      return { ...log(name, saying(name, place)), ...base };
    case 2:
      return random.chance(60)
        ? {
            kind: "transform",
            name,
            values: [{ name: "v", type: { kind: "integer" }, expression: number(random, place) }],
            ...base,
          }
        : { kind: "fail", name, message: `'${name} fails'`, ...base };
    case 3:
      return {
        kind: "branch",
        name,
        branches: [
          { when: condition(random, place), steps: inner() },
          { when: condition(random, place), steps: inner() },
        ],
        ...(random.chance(50) && { otherwise: inner() }),
        ...base,
      };
    case 4:
    case 5: {
      const as = `i${name}`;
      const items = `[${Array.from({ length: 1 + random.below(3) }, () => number(random, place)).join(", ")}]`;
      return { kind: "forEach", name, items, as, steps: inner([...place.items, as]), ...base };
    }
    case 6: {
      const counter = `s${place.names.next++}`;
      const rounds = random.below(4);
      const count: Step = {
        kind: "transform",
        name: counter,
        values: [{ name: "v", type: { kind: "integer" }, expression: `coalesce(steps.${counter}.v, 0) + 1` }],
      };
      const atMost = 1 + random.below(4);
      const goesOn = `coalesce(steps.${counter}.v, 0) < ${rounds}`;
      return { kind: "repeat", name, while: goesOn, atMost, steps: [count, ...inner()], ...base };
    }
    default:
      return { kind: "wait", name, for: "duration('PT1H')", ...base };
  }
}

function number(random: Random, { items }: Place): string {
  const item = items[random.below(items.length + 1)];
  return item ? `${item} + ${random.below(3)}` : `input.n * ${random.below(3)}`;
}

function condition(random: Random, place: Place): string {
  return `${number(random, place)} > ${random.below(5)}`;
}

function saying(name: string, { items }: Place): string {
  return [`'${name}'`, ...items.map((item) => `string(${item})`)].join(" + '/' + ");
}
