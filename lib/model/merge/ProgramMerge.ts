import { inProgramOrder } from "../naming/programFile.ts";
import { mapSteps } from "../processes/mapSteps.ts";
import { allSteps } from "../processes/stepsWithin.ts";
import type { AppFunction, Connection, Process, Start, Step, TypedExpression } from "../processTypes.ts";
import { present } from "../read/present.ts";
import { someOf } from "../read/someOf.ts";
import type { AppConfig, Argument, Model } from "../types.ts";
import type { Merging } from "./mergeBehaviour.ts";
import { mergeWhole } from "./mergeBehaviour.ts";
import type { Lists } from "./mergeList.ts";
import { mergeList } from "./mergeList.ts";
import { sameJson } from "./sameJson.ts";

/** What was not there on a side, and what is there on the others. */
interface Sides<T> {
  readonly base: T | undefined;
  readonly mine: T;
  readonly theirs: T;
}

/** Processes, functions, connections and sign-in with the changes of both sides: of a process step by step. */
export class ProgramMerge {
  readonly #merging: Merging;

  constructor(merging: Merging) {
    this.#merging = merging;
  }

  programs({ base, mine, theirs }: Sides<Model> & { readonly base: Model }): Pick<Model, "processes" | "functions"> {
    const processes = this.#named<Process>(
      { base: base.processes, mine: mine.processes, theirs: theirs.processes },
      { path: ["processes"], merge: (sides) => this.#process(sides) },
    );
    const functions = this.#named<AppFunction>(
      { base: base.functions, mine: mine.functions, theirs: theirs.functions },
      { path: ["functions"], merge: (sides, path) => this.#object(path, sides) },
    );
    return present({ processes: someOf(inProgramOrder(processes)), functions: someOf(inProgramOrder(functions)) });
  }

  settings({
    base,
    mine,
    theirs,
  }: Sides<AppConfig> & { readonly base: AppConfig }): Pick<AppConfig, "auth" | "connections"> {
    const connections = this.#named<Connection>(
      { base: base.connections, mine: mine.connections, theirs: theirs.connections },
      { path: ["app", "connections"], merge: (sides, path) => this.#object(path, sides) },
    );
    const auth = mergeWhole({ was: base.auth, ours: mine.auth, other: theirs.auth }, (was, ours, other) =>
      this.#object(["app", "auth"], { base: was, mine: ours, theirs: other }),
    );
    return present({ auth, connections: someOf(connections) });
  }

  #process({ base, mine, theirs }: Sides<Process>): Process {
    const path = ["processes", theirs.name];
    const own = ({ input, starts, steps, output, ...rest }: Process) => rest;
    const merged = this.#object(path, { base: base && own(base), mine: own(mine), theirs: own(theirs) });
    const list = <T extends { readonly name: string }>(key: string, sides: Sides<readonly T[] | undefined>) =>
      someOf(this.#named<T>(sides, { path: [...path, key], merge: (item, at) => this.#object(at, item) }));
    const steps = this.#steps(path, { base: base?.steps ?? [], mine: mine.steps, theirs: theirs.steps });
    return {
      ...merged,
      ...present({
        input: list<Argument>("input", { base: base?.input, mine: mine.input, theirs: theirs.input }),
        starts: someOf(
          this.#starts(path, { base: base?.starts ?? [], mine: mine.starts ?? [], theirs: theirs.starts ?? [] }),
        ),
        output: list<TypedExpression>("output", { base: base?.output, mine: mine.output, theirs: theirs.output }),
      }),
      steps: this.#once(path, steps, mine),
    };
  }

  #starts(path: readonly string[], lists: Lists<Start>): readonly Start[] {
    return mergeList<Start>(lists, {
      identity: identityOfStart,
      same: sameJson,
      merge: (base, mine, theirs) => this.#object([...path, "starts", identityOfStart(theirs)], { base, mine, theirs }),
      onRemovedAndChanged: (start, by) =>
        this.#merging.removed([...path, "starts"], `${path[1]}: the start ${identityOfStart(start)}`, by),
    });
  }

  #steps(path: readonly string[], lists: Lists<Step>): readonly Step[] {
    return mergeList<Step>(lists, {
      identity: ({ name }) => name,
      same: sameJson,
      merge: (base, mine, theirs) => this.#step(path, { base, mine, theirs }),
      onRemovedAndChanged: ({ name }, by) =>
        this.#merging.removed([...path, "steps", name], `${path[1]}: the step ${name}`, by),
    });
  }

  /** A step that became another kind of step is what it is on the side that made it so. */
  #step(path: readonly string[], { base, mine, theirs }: Sides<Step>): Step {
    const at = [...path, "steps", theirs.name];
    if (mine.kind !== theirs.kind) return this.#either(at, { base, mine, theirs });
    const was = base?.kind === mine.kind ? base : undefined;
    const merged = this.#object<object>(at, {
      base: was && withoutLists(was),
      mine: withoutLists(mine),
      theirs: withoutLists(theirs),
    });
    const list = (of: (step: Step) => readonly Step[] | undefined) => {
      const [then, ours, other] = [was && of(was), of(mine), of(theirs)];
      if (ours && other) return this.#steps(path, { base: then ?? [], mine: ours, theirs: other });
      return sameJson(ours, then) ? other : ours;
    };
    return {
      ...merged,
      ...present({
        onError: list((step) => step.onError),
        compensate: list((step) => step.compensate),
        otherwise: list((step) => (step.kind === "branch" ? step.otherwise : undefined)),
        steps: list((step) => (step.kind === "forEach" || step.kind === "repeat" ? step.steps : undefined)),
        branches: this.#branches(path, { base: was, mine, theirs }),
      }),
    } as Step;
  }

  #branches(path: readonly string[], { base, mine, theirs }: Sides<Step>) {
    if (mine.kind === "parallel" && theirs.kind === "parallel") {
      const then = base?.kind === "parallel" ? base.branches : [];
      return mergeList(
        { base: then, mine: mine.branches, theirs: theirs.branches },
        {
          identity: ({ name }) => name,
          same: sameJson,
          merge: (was, ours, other) => ({
            name: other.name,
            steps: this.#steps(path, { base: was?.steps ?? [], mine: ours.steps, theirs: other.steps }),
          }),
          onRemovedAndChanged: ({ name }, by) =>
            this.#merging.removed([...path, "steps", theirs.name], `${path[1]}: the branch ${name}`, by),
        },
      );
    }
    if (mine.kind !== "branch" || theirs.kind !== "branch") return undefined;
    const then = base?.kind === "branch" ? base.branches : [];
    return mergeList(
      { base: then, mine: mine.branches, theirs: theirs.branches },
      {
        identity: ({ when }) => when,
        same: sameJson,
        merge: (was, ours, other) => ({
          when: other.when,
          steps: this.#steps(path, { base: was?.steps ?? [], mine: ours.steps, theirs: other.steps }),
        }),
        onRemovedAndChanged: ({ when }, by) =>
          this.#merging.removed([...path, "steps", theirs.name], `${path[1]}: the branch ${when}`, by),
      },
    );
  }

  #either(path: readonly string[], { base, mine, theirs }: Sides<Step>): Step {
    const { step } = this.#merging.object(path, base && { step: base }, { step: mine }, { step: theirs });
    return step;
  }

  /** A step that one side moved and the other changed is in two places then; it stays where mine has it. */
  #once(path: readonly string[], steps: readonly Step[], mine: Process): readonly Step[] {
    const names = allSteps({ steps }).map(({ name }) => name);
    const twice = new Set(names.filter((name, index) => names.indexOf(name) < index));
    if (twice.size === 0) return steps;
    const seen = new Set<string>();
    for (const name of twice) {
      const sentence = `${mine.name}: the step ${name} was moved and changed; it stands in one place only now`;
      this.#merging.note([...path, "steps", name], sentence);
    }
    return mapSteps(steps, (step) => {
      if (!twice.has(step.name)) return [step];
      if (seen.has(step.name)) return [];
      seen.add(step.name);
      return [step];
    });
  }

  #named<T extends { readonly name: string }>(
    { base, mine, theirs }: Sides<readonly T[] | undefined>,
    {
      path,
      merge,
    }: { readonly path: readonly string[]; readonly merge: (sides: Sides<T>, at: readonly string[]) => T },
  ): readonly T[] {
    return mergeList<T>(
      { base: base ?? [], mine: mine ?? [], theirs: theirs ?? [] },
      {
        identity: ({ name }) => name,
        same: sameJson,
        merge: (was, ours, other) => merge({ base: was, mine: ours, theirs: other }, [...path, other.name]),
        onRemovedAndChanged: ({ name }, by) => this.#merging.removed([...path, name], name, by),
      },
    );
  }

  #object<T extends object>(path: readonly string[], { base, mine, theirs }: Sides<T>): T {
    return this.#merging.object(path, base, mine, theirs);
  }
}

function identityOfStart(start: Start): string {
  switch (start.kind) {
    case "change":
      return `change ${start.resource}`;
    case "schedule":
      return `schedule ${start.cron}`;
    case "hook":
      return `hook ${start.name}`;
    case "call":
      return "call";
  }
}

/** A step less the lists of steps in it. */
function withoutLists(step: Step): object {
  const { onError: _onError, compensate: _compensate, ...rest } = step;
  switch (rest.kind) {
    case "branch": {
      const { branches: _branches, otherwise: _otherwise, ...own } = rest;
      return own;
    }
    case "parallel": {
      const { branches: _branches, ...own } = rest;
      return own;
    }
    case "forEach":
    case "repeat": {
      const { steps: _steps, ...own } = rest;
      return own;
    }
    default:
      return rest;
  }
}
