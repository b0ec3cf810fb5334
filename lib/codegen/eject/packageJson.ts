/** Names of packages and their exact versions. */
export type Versions = Readonly<Record<string, string>>;

export interface EjectedPackage {
  /** For npm: lower case, without spaces. */
  readonly name: string;
  readonly release: number;
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
  /** Of Node itself, for machines with an older one: npm puts it before theirs on the path of its scripts. */
  readonly optionalDependencies: Versions;
}

/** The ejected app's `package.json`. */
export function packageJson({ name, release, ...dependencies }: EjectedPackage): string {
  const content = {
    name,
    version: `${release}.0.0`,
    private: true,
    type: "module",
    engines: { node: ">=24" },
    imports: { "#engine/*": "./engine/*" },
    scripts: {
      start: "node src/main.ts",
      migrate: "node src/migrate.ts",
      key: "node src/key.ts",
      routes: "node src/writeRoutes.ts",
      test: 'node --test "test/*.test.ts"',
      check: "tsc",
      postinstall: "node engine/patch/patchPostgres.mjs",
    },
    ...dependencies,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
