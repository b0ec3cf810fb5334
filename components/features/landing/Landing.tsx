import { ArrowRight, Database, GitBranch, Rocket, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/Button.tsx";
import { ModelSketch } from "./ModelSketch.tsx";

const facts = [
  {
    icon: Database,
    title: "From the database you have",
    text: "Give a connection string or a dump. Tables become resources, keys become relationships, the rows come along, and a report says what became of every table.",
  },
  {
    icon: GitBranch,
    title: "One model, in your Git",
    text: "The canvas and the code are two views of the same TypeScript files. Click or push; both are checked by the same rules.",
  },
  {
    icon: Rocket,
    title: "Deploys that lose nothing",
    text: "Schema changes only ever add. A rename keeps its data, the version before goes on serving, and the SQL is shown before it runs.",
  },
  {
    icon: ShieldCheck,
    title: "REST and GraphQL, one query each",
    text: "Every request is one prepared SQL statement on the app's own PostgreSQL, behind its own role and its own key.",
  },
];

/** The first page for someone who has not heard of Gantry. */
export function Landing() {
  return (
    <main className="mx-auto flex w-full max-w-6xl flex-1 flex-col gap-14 px-4 pt-10 pb-16 sm:px-6 sm:pt-16">
      <section className="grid items-center gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
        <div className="flex flex-col items-start gap-5">
          <h1 className="text-balance font-semibold text-3xl tracking-tight sm:text-4xl">
            Model the business. Run the backend.
          </h1>
          <p className="max-w-prose text-pretty text-lg text-muted">
            Gantry turns a domain model into REST and GraphQL APIs over PostgreSQL, at an address of their own. Draw it,
            or write it; either way it is plain TypeScript in a Git repository that is yours.
          </p>
          <div className="flex flex-wrap gap-3">
            <Button asChild variant="primary" size="lg">
              <Link href="/sign-up">
                Create an account <ArrowRight aria-hidden />
              </Link>
            </Button>
            <Button asChild size="lg">
              <Link href="/sign-in">Sign in</Link>
            </Button>
          </div>
        </div>
        <ModelSketch />
      </section>
      <section aria-label="What Gantry does" className="grid gap-x-10 gap-y-8 border-t pt-10 sm:grid-cols-2">
        {facts.map(({ icon: Icon, title, text }) => (
          <div key={title} className="flex gap-4">
            <span className="flex size-9 shrink-0 items-center justify-center rounded-lg border bg-surface text-accent-text shadow-xs">
              <Icon className="size-4.5" aria-hidden />
            </span>
            <div>
              <h2 className="font-semibold text-base">{title}</h2>
              <p className="mt-1 max-w-prose text-pretty text-muted text-sm">{text}</p>
            </div>
          </div>
        ))}
      </section>
    </main>
  );
}
