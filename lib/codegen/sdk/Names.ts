import { enumName } from "../../model/naming/enumName.ts";
import type { Model } from "../../model/types.ts";

/** What the module says itself or takes for granted; a resource of such a name gets an underscore. */
const taken = new Set(
  `Affected AnyQuery Array AsyncGenerator Auth AuthAccount AuthOptions AuthRequest AuthResult AuthSession AuthStore AuthTokens Blob Boolean ChangeOptions Chosen Connection Date Error Exclude Extract FieldName
  FieldProblem Fields Function Given Headers Include IncludeOptions ListQuery Money MoneyInput Number Object Omit Operators
  Page Partial Pick Promise PropertyKey Readonly Record Refusal Related RelationName RequestInit RequestOptions ResourceTypes
  Response Sending Set Show Shown ShownAs StoredFile String Symbol Target
  addConditions addFilter addShown ask at atob authLifetime authMargin authRequest changer creator destroyer fetch fileFetcher fileSender getter globalThis includeText
  lister manyChanger manyCreator manyDestroyer namedLister operand queryText relatedLister request send severalChanger
  signalOf undefined upserter walker
  arguments as async await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null of package private protected public
  return static super switch this throw true try type typeof var void while with yield`.split(/\s+/),
);

/** The names of an app's things in its client, which have to be free in one module. */
export class Names {
  readonly #model: Model;
  readonly #used: ReadonlySet<string>;

  constructor(model: Model) {
    this.#model = model;
    this.#used = new Set([...model.resources, ...(model.valueObjects ?? [])].map(({ name }) => name));
  }

  /** Of the type of a resource's records, or of a value object. */
  record(name: string): string {
    return taken.has(name) ? `${name}_` : name;
  }

  /** `DealFilter`, `DealCreate`; `DealWin` for what an action is given. */
  of(name: string, ending: string): string {
    const joined = `${name}${ending}`;
    return taken.has(joined) || this.#used.has(joined) ? `${joined}_` : joined;
  }

  choice(owner: string, attribute: string): string {
    const name = enumName({ name: owner }, { name: attribute });
    return taken.has(name) || this.#used.has(name) ? `${name}_` : name;
  }

  /** Of the object that holds the operations of a resource. */
  collection(name: string): string {
    const plural = this.#model.resources.find((resource) => resource.name === name)?.plural ?? name;
    return taken.has(plural) ? `${plural}_` : plural;
  }
}
