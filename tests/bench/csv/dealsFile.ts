import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const stages = ["lead", "qualified", "proposal", "negotiation", "won", "lost"];

/** Keys of the records that deals belong to; so many there are of each. */
export const parents = 1000;

export function parentKey(kind: "company" | "contact", number: number): string {
  const first = kind === "company" ? "c0000000" : "d0000000";
  return `${first}-0000-4000-8000-${String(number % parents).padStart(12, "0")}`;
}

/** A table of deals with stored names that are those of the API, so that PostgreSQL reads the same file. */
export async function writeDeals(path: string, rows: number): Promise<void> {
  await pipeline(Readable.from(pieces(rows)), createWriteStream(path));
}

function* pieces(rows: number): Generator<string> {
  let text = "title,stage,amount,createdAt,companyId,contactId\n";
  for (let row = 0; row < rows; row++) {
    const title = row % 10 === 0 ? `"Deal ""${row}"", large"` : `Deal number ${row}`;
    const at = new Date(Date.UTC(2024, 0, 1) + ((row * 7919) % 200_003) * 211_000).toISOString();
    const amount = (((row * 7907) % 10_000_000) / 100).toFixed(2);
    text += `${title},${stages[row % 6]},${amount},${at},${parentKey("company", row)},${parentKey("contact", row * 7)}\n`;
    if (text.length > 64_000) {
      yield text;
      text = "";
    }
  }
  yield text;
}
