import type { ShownRule } from "../Branch.ts";

/** What a rule means, a whole sentence. */
export function ruleWords({ pattern, environment, deploys, concurrent, copyOf }: ShownRule): string {
  const which = patternWords(pattern);
  if (deploys === "never") return `${which} is never deployed.`;
  const to = environment === null ? `a preview of its own${copyWords(copyOf)}` : environment;
  const when = deploys === "automatic" ? "with every change" : "when somebody says so";
  const busy =
    concurrent === "supersede"
      ? "A newer change takes the place of one that still waits."
      : "Changes wait for each other.";
  return `${which} is deployed to ${to} ${when}. ${busy}`;
}

function copyWords(copyOf: string | null): string {
  return copyOf === null ? ", which begins with the seeds," : `, which begins with the masked rows of ${copyOf},`;
}

function patternWords(pattern: string): string {
  if (pattern === "*") return "Any other branch";
  if (!pattern.includes("*")) return `The branch ${pattern}`;
  const [before = "", after = "", ...more] = pattern.split("*");
  if (more.length > 0) return `Each branch that fits ${pattern}`;
  if (after === "") return `Each branch whose name begins with ${before}`;
  return before === "" ? `Each branch whose name ends with ${after}` : `Each branch that fits ${pattern}`;
}
