import type { Metadata } from "next";
import Link from "next/link";
import { connection } from "next/server";
import { Page, PageHeader } from "#components/ui/PageHeader.tsx";
import { referenceSections } from "#server/api/openapi/reference.ts";

export const metadata: Metadata = { title: "Management API" };

/** Every operation of the management API by its name. */
export default async function ApiReferencePage() {
  // Its styles and scripts run by the nonce of the answer.
  await connection();
  return (
    <Page>
      <PageHeader
        title="Management API"
        description={
          <>
            What the screens do, for programs: at <code className="font-mono">/api/v1</code>, with a token as{" "}
            <code className="font-mono">Authorization: Bearer gt_…</code>. The same as an{" "}
            <a className="text-accent-text underline" href="/api/v1/openapi.json">
              OpenAPI document
            </a>
            .
          </>
        }
      />
      {referenceSections().map(({ slug, name, description, operations }) => (
        <section key={slug} aria-labelledby={slug} className="flex flex-col gap-2">
          <h2 id={slug} className="font-medium text-base">
            <Link href={`/docs/api/${slug}`} className="hover:text-accent-text">
              {name}
            </Link>
          </h2>
          <p className="text-muted text-sm">{description}</p>
          <ul className="divide-y rounded-lg border bg-surface">
            {operations.map(({ id, method, path, summary }) => (
              <li key={id}>
                <Link
                  href={`/docs/api/${slug}#${id}`}
                  className="grid gap-x-4 px-3 py-2 text-sm hover:bg-hover sm:grid-cols-[20rem_1fr]"
                >
                  <span>{summary}</span>
                  <span className="min-w-0 break-words font-mono text-muted text-xs leading-5">
                    {method} {path}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}
