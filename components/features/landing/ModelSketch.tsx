import { cn } from "#components/ui/cn.ts";
import { Preformatted } from "#components/ui/Preformatted.tsx";

const request = "GET /rest/v1/orders/10248?include=customer,lines";
const answer = `{
  "id": 10248,
  "shippingCost": "32.38",
  "customer": { "id": "VINET", … },
  "lines": [ { "quantity": 12, … }, … ]
}`;

/** A small picture of the thing itself: a model on the left, what its API answers below. */
export function ModelSketch() {
  return (
    <figure
      aria-label="A model of customers, orders and order lines, and the answer of its API"
      className="flex flex-col overflow-hidden rounded-xl border bg-surface shadow-md"
    >
      <div className="flex flex-wrap items-center justify-center gap-3 sm:gap-0 border-b bg-[radial-gradient(var(--line-strong)_1px,transparent_1px)] bg-[size:16px_16px] bg-canvas px-4 py-8">
        <Resource name="Customer" rows={["id", "companyName", "city"]} />
        <Link />
        <Resource name="Order" rows={["id", "orderedOn", "shippingCost"]} marked="shippingCost" />
        <Link />
        <Resource name="OrderLine" rows={["id", "quantity", "unitPrice"]} />
      </div>
      <Preformatted className="p-4">
        <code>
          <span className="text-accent-text">{request}</span>
          {"\n"}
          {answer}
        </code>
      </Preformatted>
    </figure>
  );
}

const Link = () => <span className="hidden h-px w-6 bg-line-strong sm:block" aria-hidden />;

function Resource({ name, rows, marked }: { name: string; rows: readonly string[]; marked?: string }) {
  return (
    <div className="w-32 rounded-lg border bg-surface text-xs shadow-sm">
      <p className="border-b px-2.5 py-1.5 font-semibold">{name}</p>
      <ul className="px-2.5 py-1.5 text-muted">
        {rows.map((row) => (
          <li key={row} className={cn("leading-5", row === marked && "font-medium text-accent-text")}>
            {row}
          </li>
        ))}
      </ul>
    </div>
  );
}
