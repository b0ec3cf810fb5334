import type { ValueObject } from "../types.ts";
import type { ResourceDeclaration } from "./ResourceDeclaration.ts";

/** What a file under `domain/` says. */
export type DomainFile =
  | { readonly kind: "resource"; readonly declaration: ResourceDeclaration }
  | { readonly kind: "valueObject"; readonly declaration: ValueObject };
