"use client";

import { Check, Minus } from "lucide-react";
import { useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { cn } from "#components/ui/cn.ts";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { featureNames, features, fits, limitNames, limits, type PlanName, planNames, plans } from "#lib/plans/plans.ts";
import { limitText } from "./limitText.ts";
import { overLimits, type Used } from "./overLimits.ts";

interface PlanTableProps {
  readonly current: PlanName;
  readonly used: Used;
  readonly sold: boolean;
}

/** The four plans side by side; on a narrow screen one of them beside the current one. */
export function PlanTable({ current, used, sold }: PlanTableProps) {
  const others = planNames.filter((name) => name !== current);
  const [chosen, setChosen] = useState<PlanName>(planNames[planNames.indexOf(current) + 1] ?? others.at(-1) ?? current);
  const over = overLimits(used, chosen);
  const gains = featureNames.filter((name) => has(chosen, name) && !has(current, name));
  const losses = featureNames.filter((name) => !has(chosen, name) && has(current, name));
  const narrow = (name: PlanName) => (name === current || name === chosen ? "" : "max-md:hidden");
  const titlesOf = (names: typeof gains) => names.map((name) => features[name].title).join(", ");
  return (
    <Card
      title="Compare plans"
      description={
        sold
          ? "What each plan has, beside what you use."
          : "What each plan has, beside what you use. The operator of this installation chooses one with GANTRY_PLAN."
      }
      actions={
        <SegmentedControl
          label="Plan to compare with"
          value={chosen}
          onValueChange={setChosen}
          options={others.map((name) => ({ value: name, label: plans[name].title }))}
        />
      }
    >
      <Banner tone={over.length > 0 ? "warning" : "info"} title={`With ${plans[chosen].title}`} className="mb-4">
        {over.length > 0 ? (
          <ul className="list-disc pl-4">
            {over.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p>All that you use fits.</p>
        )}
        {gains.length > 0 ? <p>You would have: {titlesOf(gains)}.</p> : null}
        {losses.length > 0 ? <p>You would no longer have: {titlesOf(losses)}.</p> : null}
        <p>Nothing is deleted by changing the plan.</p>
      </Banner>
      <Table label="The four plans">
        <TableHead>
          <TableRow>
            <TableHeaderCell className="pl-0">
              <span className="sr-only">What it has</span>
            </TableHeaderCell>
            {planNames.map((name) => (
              <TableHeaderCell key={name} className={cn("text-right text-ink text-sm", narrow(name))}>
                <span className="inline-flex flex-wrap items-center justify-end gap-x-1.5">
                  {plans[name].title}
                  {name === current ? <Badge tone="accent">Current</Badge> : null}
                </span>
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {limitNames.map((limit) => (
            <TableRow key={limit}>
              <th scope="row" className="py-2 pr-3 font-normal">
                {limits[limit].title}
              </th>
              {planNames.map((name) => {
                const value = plans[name].limits[limit];
                const isShort = !fits(used[limit] ?? 0, value);
                return (
                  <TableCell
                    key={name}
                    className={cn("text-right tabular-nums", isShort && "font-medium text-warning-text", narrow(name))}
                  >
                    {limitText(limit, value)}
                    {isShort ? <span className="sr-only"> (less than you use)</span> : null}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
          {featureNames.map((feature) => (
            <TableRow key={feature}>
              <th scope="row" className="py-2 pr-3 font-normal">
                {features[feature].title}
              </th>
              {planNames.map((name) => (
                <TableCell key={name} className={cn("text-right", narrow(name))}>
                  {has(name, feature) ? (
                    <Check className="ml-auto size-4 text-success-text" role="img" aria-label="Included" />
                  ) : (
                    <Minus className="ml-auto size-4 text-faint" role="img" aria-label="Not included" />
                  )}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function has(plan: PlanName, feature: (typeof featureNames)[number]): boolean {
  return plans[plan].features.includes(feature);
}
