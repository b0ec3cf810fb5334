/** The README of an app: what its files are and how to change them by hand. */
export function appReadme(name: string): string {
  const title = name.replace(/\s+/g, " ").trim();
  return `# ${title}

The model of this app, as Gantry's builder writes it and reads it.

- \`gantry.config.ts\` names the app, the roles that people have in it, the resource of its users and how they sign in,
  and the servers that its processes call.
- \`domain/\` holds one resource a file, \`domain/order-detail.ts\` for \`OrderDetail\`: its attributes and relationships, what
  it works out of them, its checks, states and actions, and who may do what.
- \`processes/\` holds one process a file, \`processes/close-order.ts\` for \`closeOrder\`: what the app does by itself;
  \`functions/\` one function a file, in TypeScript that is run in a sandbox.
- \`seeds/\` holds the rows that a new environment starts with, \`seeds/order-detail.json\` for \`OrderDetail\`.
- \`gantry.d.ts\` and \`tsconfig.json\` let an editor check and complete these files. Nothing here needs to be installed or run.

To change it outside of the builder, clone it with the address and a token from the project's settings, edit, commit and
push to \`main\`. A push is checked as the builder checks: what does not fit is refused with the file, the line and what to
do. What was pushed shows in the builder at once, and goes live with the next deploy.
`;
}
