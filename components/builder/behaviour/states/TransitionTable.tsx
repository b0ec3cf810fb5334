import type { Resource, States } from "#lib/model/types.ts";

/** The transitions as they are: what the picture shows, in rows. */
export function TransitionTable({ resource, states }: { resource: Resource; states: States }) {
  return (
    <table className="w-full text-left text-sm" aria-label={`Transitions of ${resource.name}`}>
      <thead className="text-faint text-xs">
        <tr>
          {["Action", "From", "To", "Open only if"].map((title) => (
            <th key={title} scope="col" className="border-b py-1.5 pr-3 font-medium">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {states.transitions.map(({ action, from, to, when }) => (
          <tr key={action}>
            <th scope="row" className="border-b py-1.5 pr-3 font-medium">
              {action}
            </th>
            <td className="border-b py-1.5 pr-3">{from.length === 0 ? "any" : from.join(", ")}</td>
            <td className="border-b py-1.5 pr-3">{to}</td>
            <td className="border-b py-1.5 font-mono text-xs">{when ?? ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
