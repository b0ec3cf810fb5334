import { CircleCheck, CircleX } from "lucide-react";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import type { ShownDeployment } from "./shippedTypes.ts";

type Tests = NonNullable<ShownDeployment["tests"]>;

/** What became of the app's tests: those that failed with their reasons, the others on demand. */
export function TestResults({ tests }: { tests: Tests }) {
  if (tests.length === 0) return <p className="text-muted text-sm">The app has no tests.</p>;
  const failed = tests.filter(({ state }) => state === "failed");
  const passed = tests.filter(({ state }) => state === "passed");
  return (
    <div className="flex flex-col gap-2">
      {failed.length > 0 ? (
        <ul aria-label="Failed tests" className="flex flex-col gap-2">
          {failed.map(({ id, reason }) => (
            <li key={id} className="flex gap-2 rounded-md border border-danger-line bg-danger-soft px-3 py-2">
              <CircleX className="mt-0.5 size-4 shrink-0 text-danger-text" aria-hidden />
              <div className="min-w-0 text-sm">
                <p className="break-words font-medium">{id}</p>
                {reason ? <p className="text-pretty break-words text-muted">{reason}</p> : null}
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      {passed.length > 0 ? (
        <Disclosure title={`${passed.length} ${passed.length === 1 ? "test" : "tests"} passed`}>
          <ul className="flex flex-col gap-1">
            {passed.map(({ id, milliseconds }) => (
              <li key={id} className="flex items-baseline gap-2 text-sm">
                <CircleCheck className="size-3.5 shrink-0 self-center text-success-text" aria-hidden />
                <span className="min-w-0 break-words">{id}</span>
                <span className="ml-auto shrink-0 text-faint text-xs tabular-nums">{Math.round(milliseconds)} ms</span>
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
    </div>
  );
}
