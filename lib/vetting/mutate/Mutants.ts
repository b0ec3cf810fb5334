import { spokenName } from "../../model/naming/spokenName.ts";
import type { Model, Resource } from "../../model/types.ts";
import { withArticle } from "../../model/words/sentenceList.ts";
import { fingerprint } from "../propose/fingerprint.ts";
import type { PartKind } from "../propose/Proposal.ts";
import { withResource } from "../propose/without.ts";
import type { Mutant } from "./Mutant.ts";

interface Made {
  readonly kind: PartKind;
  readonly part: readonly string[];
  readonly sentence: string;
  readonly change: Partial<Resource>;
  readonly drops?: boolean;
  readonly sameTables?: boolean;
}

/** Gathers the mutants of one resource. */
export class Mutants {
  readonly model: Model;
  readonly resource: Resource;
  readonly all: Mutant[] = [];

  constructor(model: Model, resource: Resource) {
    this.model = model;
    this.resource = resource;
  }

  /** `a deal` */
  get one(): string {
    return withArticle(spokenName(this.resource.name));
  }

  add({ kind, part, sentence, change, drops = true, sameTables = true }: Made): void {
    const { name } = this.resource;
    const model = withResource(this.model, this.resource, change);
    const path = [name, ...part];
    this.all.push({
      id: fingerprint([path, sentence]),
      kind,
      resource: name,
      part: path,
      sentence,
      drops,
      sameTables,
      model,
    });
  }
}
