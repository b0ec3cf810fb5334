/** A sentence in which names stand between backticks, as `this` does; they are set as code. */
export function TickedText({ children }: { children: string }) {
  return children.split(/`([^`]+)`/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence stay where they are
      <code key={index} className="font-mono text-[0.95em]">
        {part}
      </code>
    ),
  );
}
