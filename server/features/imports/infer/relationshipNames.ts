import { camelCase } from "#lib/model/naming/camelCase.ts";
import { wordsOf } from "#lib/model/naming/wordsOf.ts";
import { fieldNameOf } from "./names.ts";
import type { TableDraft } from "./TableDraft.ts";

/** Words that say that a column refers, not to what. */
const referring = new Set(["id", "fk", "uuid", "guid", "key", "ref", "code", "pk"]);

/** `customer_id`, `CustomerID`, `fk_customer` and `customerid` to `customer`; `reports_to` to `reportsTo`. */
export function linkNameOf(column: string, target: TableDraft): string {
  const words = [...wordsOf(column)];
  const last = words.at(-1)?.toLowerCase();
  if (words.length > 1 && last !== undefined && referring.has(last)) words.pop();
  else if (words.length > 1 && referring.has(words[0]?.toLowerCase() ?? "")) words.shift();
  const own = camelCase(target.names.name);
  if (words.length === 1 && words[0]?.toLowerCase() === `${own.toLowerCase()}id`) return own;
  if (words.length === 1 && referring.has(words[0]?.toLowerCase() ?? "")) return own;
  return fieldNameOf(words.join("_"));
}

/** What the one calls the many, where the many call the one so. */
const opposites: Readonly<Record<string, string>> = {
  reportsTo: "reports",
  manager: "reports",
  supervisor: "subordinates",
  boss: "subordinates",
  superior: "subordinates",
  parent: "children",
  mother: "children",
  father: "children",
  replyTo: "replies",
  inReplyTo: "replies",
  mentor: "mentees",
  referrer: "referrals",
  referredBy: "referrals",
  invitedBy: "invitees",
  predecessor: "successors",
  successor: "predecessors",
  original: "copies",
};

/**
 * The name of the many on the one: the plural of the many (`Customer.orders`), told apart by the link's name where
 * there are several (`Address.billingOrders`), and a word for it where a table refers to itself (`Employee.reports`).
 */
export function inverseNameOf(
  link: { readonly name: string; readonly column: string },
  child: TableDraft,
  { parent, isOnly }: { readonly parent: TableDraft; readonly isOnly: boolean },
): string {
  const { plural } = child.names;
  if (child === parent) {
    const base = link.name.replace(new RegExp(`${child.names.name}$`), "");
    return opposites[base] ?? opposites[link.name] ?? `${link.name}Of`;
  }
  const own = camelCase(parent.names.name);
  if (isOnly || link.name === own) return plural;
  // `billingAddress` to Address: the part that is not the target's name.
  const role = link.name.toLowerCase().endsWith(own.toLowerCase()) ? link.name.slice(0, -own.length) : link.name;
  return `${role}${plural.slice(0, 1).toUpperCase()}${plural.slice(1)}`;
}
