import { Card } from "#components/ui/Card.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";

/** How one gets the command line program of this installation. */
export function CliCard({ url }: { url: string }) {
  return (
    <Card
      title="Command line"
      description="Clone, check, push and deploy from a terminal or a script. Signing in opens the browser; no token has to be copied."
    >
      <CodeBlock
        title="Install and sign in"
        code={`npm install --global ${url}/cli/gantry.tgz\ngantry login --url ${url}`}
      />
    </Card>
  );
}
