import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { Invoice } from "./billing.ts";
import { dateWords, money } from "./money.ts";

export function InvoiceTable({ invoices }: { invoices: readonly Invoice[] }) {
  return (
    <Table label="Invoices">
      <TableHead>
        <TableRow>
          <TableHeaderCell>Number</TableHeaderCell>
          <TableHeaderCell>Of</TableHeaderCell>
          <TableHeaderCell>State</TableHeaderCell>
          <TableHeaderCell className="text-right">Total</TableHeaderCell>
          <TableHeaderCell>
            <span className="sr-only">What to do</span>
          </TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {invoices.map((invoice) => (
          <TableRow key={invoice.id}>
            <TableCell className="whitespace-nowrap font-medium">{invoice.number ?? "none yet"}</TableCell>
            <TableCell className="whitespace-nowrap">{dateWords(invoice.at)}</TableCell>
            <TableCell>
              <State status={invoice.status} />
            </TableCell>
            <TableCell className="whitespace-nowrap text-right tabular-nums">
              {money(invoice.total, invoice.currency)}
            </TableCell>
            <TableCell className="whitespace-nowrap text-right">
              <Links {...invoice} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Links({ url, pdf, status, number }: Invoice) {
  return (
    <span className="inline-flex gap-3">
      {url ? (
        <Button asChild size="sm" variant="link">
          <a href={url} aria-label={`${status === "open" ? "Pay" : "Show"} invoice ${number ?? ""}`}>
            {status === "open" ? "Pay" : "Show"}
          </a>
        </Button>
      ) : null}
      {pdf ? (
        <Button asChild size="sm" variant="link">
          <a href={pdf} aria-label={`Invoice ${number ?? ""} as PDF`}>
            PDF
          </a>
        </Button>
      ) : null}
    </span>
  );
}

function State({ status }: { status: string }) {
  switch (status) {
    case "paid":
      return <Badge tone="success">Paid</Badge>;
    case "open":
      return <Badge tone="warning">To pay</Badge>;
    case "void":
      return <Badge>Void</Badge>;
    default:
      return <Badge tone="danger">Not paid</Badge>;
  }
}
