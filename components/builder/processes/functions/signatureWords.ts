import type { AppFunction } from "#lib/model/processTypes.ts";
import { typeWord } from "../../typeLooks.tsx";

/** `vat(amount, country) → decimal` */
export function signatureWords({ name, parameters, returns }: AppFunction): string {
  return `${name}(${parameters.map((one) => one.name).join(", ")}) → ${typeWord(returns)}`;
}
