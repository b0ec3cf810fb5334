import { ChartCard } from "./ChartCard.tsx";
import type { Figures } from "./figures.ts";
import { bytesText, countText, latencyText, percentOf, percentText } from "./figureTexts.ts";

/** How one environment fares, over time. */
export function EnvironmentCharts({ figures }: { figures: Figures }) {
  const { from, step, requests, gauges, marks } = figures;
  const { points, total } = requests;
  const shared = { from, step, marks: marks.map(({ at, release }) => ({ at, label: `#${release}` })) };
  const last = gauges.findLast(({ databaseBytes }) => databaseBytes !== null)?.databaseBytes ?? null;
  const most = Math.max(0, ...gauges.map((gauge) => gauge.most ?? 0));
  const usedMost = Math.max(0, ...gauges.map(({ used }) => used ?? 0));
  const errorPercents = points.map((point) => (point.requests > 0 ? percentOf(point.errors, point.requests) : null));
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <ChartCard
        {...shared}
        title="Requests"
        summary={countText(total.requests)}
        format={countText}
        series={[
          { name: "Requests", tone: "accent", filled: true, values: points.map((point) => point.requests) },
          { name: "Refused (4xx)", tone: "warning", values: points.map((point) => point.refused) },
          { name: "Failed (5xx)", tone: "danger", values: points.map((point) => point.errors) },
        ]}
      />
      <ChartCard
        {...shared}
        title="Errors"
        summary={percentText(percentOf(total.errors, total.requests))}
        format={percentText}
        least={1}
        series={[{ name: "Failed", tone: "danger", filled: true, values: errorPercents }]}
      />
      <ChartCard
        {...shared}
        title="Latency"
        summary={total.p95 === null ? "–" : `${latencyText(total.p95)} at p95`}
        format={latencyText}
        series={[
          { name: "p50", tone: "success", values: points.map(({ p50 }) => p50) },
          { name: "p95", tone: "accent", values: points.map(({ p95 }) => p95) },
          { name: "p99", tone: "warning", values: points.map(({ p99 }) => p99) },
        ]}
      />
      <ChartCard
        {...shared}
        title="Database connections"
        summary={most > 0 ? `${countText(usedMost)} of ${countText(most)} at most` : "–"}
        format={countText}
        least={1}
        series={[
          { name: "In use", tone: "accent", filled: true, values: gauges.map(({ used }) => used ?? 0) },
          { name: "Waiting", tone: "danger", values: gauges.map(({ waiting }) => waiting ?? 0) },
        ]}
      />
      <ChartCard
        {...shared}
        title="Database size"
        summary={last === null ? "–" : bytesText(last)}
        format={bytesText}
        series={[{ name: "Size", tone: "accent", filled: true, values: gauges.map((gauge) => gauge.databaseBytes) }]}
      />
      <ReleaseShares figures={figures} shared={shared} />
    </div>
  );
}

const tones = ["muted", "success", "accent"] as const;

/** Which release answered; of many the last three that did. */
function ReleaseShares({ figures, shared }: { figures: Figures; shared: { from: number; step: number } }) {
  const releases = figures.requests.releases.slice(-tones.length);
  const names = releases.map(({ release }) => `#${release}`).join(", ");
  return (
    <ChartCard
      {...shared}
      title="Requests by release"
      summary={names === "" ? "–" : names}
      format={countText}
      series={releases.map(({ release, requests }, at) => ({
        name: `Release ${release}`,
        tone: tones[at + tones.length - releases.length] ?? "accent",
        values: requests,
      }))}
    />
  );
}
