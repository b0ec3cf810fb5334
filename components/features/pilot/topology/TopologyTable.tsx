import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { countText, percentOf, percentText } from "../figureTexts.ts";
import { edgeId, type Topology } from "./topologyGraph.ts";

/** The picture in words: what goes from whom to whom. */
export function TopologyTable({ topology: { nodes, edges } }: { topology: Topology }) {
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  const sorted = edges.toSorted((a, b) => b.calls - a.calls);
  return (
    <Disclosure title="As a table" help="The same in rows, the busiest first.">
      <Table label="What talks to what">
        <TableHead>
          <TableRow>
            <TableHeaderCell>From</TableHeaderCell>
            <TableHeaderCell>To</TableHeaderCell>
            <TableHeaderCell className="text-right">Calls</TableHeaderCell>
            <TableHeaderCell className="text-right">Failed</TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {sorted.map((edge) => (
            <TableRow key={edgeId(edge)}>
              <TableCell>{nameOf(edge.from)}</TableCell>
              <TableCell>{nameOf(edge.to)}</TableCell>
              <TableCell className="text-right tabular-nums">{countText(edge.calls)}</TableCell>
              <TableCell className="text-right tabular-nums">
                {percentText(percentOf(edge.errors, edge.calls))}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Disclosure>
  );
}
