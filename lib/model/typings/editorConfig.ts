/** The text of an app's `tsconfig.json`: enough for an editor to check its files against `gantry.d.ts`. */
export const editorConfig = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "preserve",
    "strict": true,
    "noEmit": true,
    "types": []
  },
  "include": ["gantry.d.ts", "gantry.config.ts", "domain", "processes", "functions", "tests"]
}
`;
