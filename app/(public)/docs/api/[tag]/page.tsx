import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { OperationCard } from "#components/features/reference/OperationCard.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { Page, PageHeader } from "#components/ui/PageHeader.tsx";
import { type ReferenceSection, referenceSections } from "#server/api/openapi/reference.ts";

interface Asked {
  readonly params: Promise<{ readonly tag: string }>;
}

async function sectionOf({ params }: Asked): Promise<ReferenceSection> {
  const { tag } = await params;
  return referenceSections().find(({ slug }) => slug === tag) ?? notFound();
}

export async function generateMetadata(asked: Asked): Promise<Metadata> {
  return { title: `${(await sectionOf(asked)).name} · Management API` };
}

/** The operations about one noun, and the types that their answers speak of. */
export default async function ApiSectionPage(asked: Asked) {
  // Its styles and scripts run by the nonce of the answer.
  await connection();
  const { name, description, operations, types } = await sectionOf(asked);
  return (
    <Page>
      <PageHeader
        title={name}
        description={description}
        actions={
          <Link href="/docs/api" className="text-accent-text text-sm underline">
            All operations
          </Link>
        }
      />
      {operations.map((operation) => (
        <OperationCard key={operation.id} operation={operation} />
      ))}
      {types.length > 0 ? (
        <section aria-labelledby="types" className="flex flex-col gap-3">
          <h2 id="types" className="font-medium text-base">
            Types
          </h2>
          {types.map((type) => (
            <CodeBlock key={type.name} title={type.name} code={type.text} />
          ))}
        </section>
      ) : null}
    </Page>
  );
}
