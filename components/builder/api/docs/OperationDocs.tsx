"use client";

import { Badge } from "#components/ui/Badge.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { cn } from "#components/ui/cn.ts";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { DocumentedContent, DocumentedOperation } from "./documentedOperations.ts";
import { type SchemaLine, schemaLines, typeText } from "./schemaLines.ts";

type Json = Readonly<Record<string, unknown>>;

interface OperationDocsProps {
  operation: DocumentedOperation;
  /** The whole document, in which references are looked up. */
  document: Json;
}

/** All that the documents say of one operation. */
export function OperationDocs({ operation, document }: OperationDocsProps) {
  const { method, path, summary, description, deprecated, parameters, request, answers } = operation;
  return (
    <Disclosure
      className="px-3 [&>button]:h-auto [&>button]:min-h-10 [&>button]:py-2"
      title={
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
          <span className="w-14 shrink-0 font-mono text-2xs text-accent-text">{method}</span>
          <span className={cn("min-w-0 break-all font-mono text-xs", deprecated && "line-through")}>{path}</span>
          <span className="min-w-0 font-normal text-muted text-xs">{summary}</span>
        </span>
      }
    >
      {description && description !== summary ? (
        <p className="text-pretty text-sm">
          <TickedText>{description}</TickedText>
        </p>
      ) : null}
      {parameters.length > 0 ? (
        <Lines
          title="Parameters"
          lines={parameters.map(({ name, place, ...rest }) => ({ name, type: place, ...rest }))}
        />
      ) : null}
      {request.map((content) => (
        <Content key={content.mediaType} title="Body" content={content} document={document} />
      ))}
      <div className="flex flex-col gap-3">
        <h3 className="font-medium text-muted text-xs">Answers</h3>
        <ul className="flex flex-col gap-1">
          {answers.map(({ status, mediaType, description: said, schema }) => (
            <li key={`${status} ${mediaType}`} className="flex flex-wrap items-baseline gap-x-2 text-xs">
              <Badge tone={status.startsWith("2") ? "success" : "neutral"}>{status}</Badge>
              <span className="min-w-0 flex-1 basis-40 text-pretty">
                <TickedText>{said}</TickedText>
              </span>
              {schema === undefined ? null : (
                <code className="break-all font-mono text-2xs text-faint">{typeText(document, schema)}</code>
              )}
            </li>
          ))}
        </ul>
        {answers
          .filter(({ status, schema }) => status.startsWith("2") && schema !== undefined)
          .slice(0, 1)
          .map((content) => (
            <Content key={content.mediaType} title={`Answer ${content.status}`} content={content} document={document} />
          ))}
      </div>
    </Disclosure>
  );
}

interface ContentProps {
  title: string;
  content: DocumentedContent;
  document: Json;
}

function Content({ title, content, document }: ContentProps) {
  const { mediaType, schema, example } = content;
  const lines = schemaLines(document, schema);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {lines.length > 0 ? <Lines title={`${title}, ${mediaType}`} lines={lines} /> : null}
      {example === undefined ? null : (
        <CodeBlock
          title={`${title}: an example`}
          code={typeof example === "string" ? example : JSON.stringify(example, null, 2)}
          className="[&_pre]:max-h-72 [&_pre]:overflow-y-auto"
        />
      )}
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly SchemaLine[] }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h3 className="font-medium text-muted text-xs">{title}</h3>
      <Table label={title} className="text-xs">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Name</TableHeaderCell>
            <TableHeaderCell>Type</TableHeaderCell>
            <TableHeaderCell className="w-full">What it is</TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.map(({ name, type, required, deprecated, description }) => (
            <TableRow key={`${name} ${type}`}>
              <TableCell className="whitespace-nowrap font-mono">
                <span className={cn(deprecated && "line-through")}>{name}</span>
                {required ? <span className="text-danger-text"> *</span> : null}
              </TableCell>
              <TableCell className="max-w-60 break-words font-mono text-muted">{type}</TableCell>
              <TableCell className="min-w-48 text-pretty">
                {deprecated ? <Badge tone="warning">deprecated</Badge> : null} <TickedText>{description}</TickedText>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
