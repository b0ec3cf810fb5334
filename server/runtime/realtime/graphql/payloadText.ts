import { splitResults } from "../../graphql/execute/results.ts";
import { printPosition } from "../feed/Position.ts";
import type { ToldChange } from "../feed/ToldChange.ts";
import { oneLine } from "../sse/eventText.ts";
import type { PayloadLayout } from "./planSubscription.ts";

/** `{"data":{"dealChanged":{…}}}`, made once for all subscriptions that show the same. */
export function payloadText(change: ToldChange, layout: PayloadLayout): string {
  const known = change.printed.get(layout.key);
  if (known !== undefined) return known;
  const records = change.record === null ? null : splitResults(layout.records, Buffer.from(change.record));
  const member = ({ as, name }: PayloadLayout["members"][number]): string => {
    switch (name) {
      case "kind":
        return JSON.stringify(change.kind);
      case "id":
        return JSON.stringify(change.key);
      case "cursor":
        return JSON.stringify(printPosition(change.position));
      case "record": {
        const record = records?.get(as);
        return record ? oneLine(Buffer.from(record).toString("utf8")) : "null";
      }
      default:
        return JSON.stringify(layout.type);
    }
  };
  const members = layout.members.map((one) => `${JSON.stringify(one.as)}:${member(one)}`);
  const text = `{"data":{${JSON.stringify(layout.as)}:{${members.join(",")}}}}`;
  change.printed.set(layout.key, text);
  return text;
}
