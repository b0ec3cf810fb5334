import type { Sources } from "../../model/sources.ts";

/** What an editor, Git and a machine that tests the app read. */
export const projectFiles: Sources = {
  "tsconfig.json": `{
  "compilerOptions": {
    "target": "ES2024",
    "lib": ["ES2024", "ESNext.Iterator", "DOM", "DOM.Iterable"],
    "module": "preserve",
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": true,
    "resolvePackageJsonImports": true,
    "erasableSyntaxOnly": true,
    "verbatimModuleSyntax": true,
    "isolatedModules": true,
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "noImplicitOverride": true,
    "noFallthroughCasesInSwitch": true,
    "exactOptionalPropertyTypes": true,
    "skipLibCheck": true,
    "resolveJsonModule": true,
    "noEmit": true,
    "types": ["node"]
  },
  "exclude": ["node_modules", "data"]
}
`,
  ".gitignore": `node_modules/
data/
.env
.DS_Store
`,
  ".env.example": `# The app's PostgreSQL, 18 or newer. The role needs to read and write rows; give another one that owns the tables and may
# make new ones in OWNER_DATABASE_URL, or let it be the same.
DATABASE_URL=postgres://app:password@localhost:5432/app
#OWNER_DATABASE_URL=
#PORT=3000
#HOST=0.0.0.0
# Where callers find the app, behind a proxy.
#PUBLIC_URL=https://api.example.com
#TRUSTED_PROXIES=1
# "off" leaves the database to "npm run migrate".
#MIGRATE=on
# Keys of clients (made by "npm run key"), contents of files, and keys of encryption where none are given.
#DATA_FOLDER=data
#API_KEYS_FILE=data/api-keys.json
# {"current": "a", "keys": [{"id": "a", "key": "<32 bytes in base64url>"}]}: what seals encrypted attributes and sign-in.
#ENCRYPTION_KEYS=
#MAIL_URL=smtps://user:password@smtp.example.com
#MAIL_FROM=App <app@example.com>
# Contents of files in S3-compatible storage instead of the data folder.
#S3_ENDPOINT=
#S3_REGION=us-east-1
#S3_BUCKET=
#S3_KEY_ID=
#S3_SECRET=
# Private hosts and networks that processes and webhooks may reach.
#EGRESS_ALLOW=10.1.0.0/16
# What processes, hooks and sign-in name: secret STRIPE_SECRET is SECRET_STRIPE_SECRET.
#SECRET_STRIPE_SECRET=
# Figures and traces, where they are wanted.
#OTEL_EXPORTER_OTLP_ENDPOINT=
`,
  ".github/workflows/ci.yml": `name: CI
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    services:
      postgres:
        image: postgres:18
        env: { POSTGRES_PASSWORD: postgres }
        ports: ["5432:5432"]
        options: --health-cmd pg_isready --health-interval 2s --health-retries 30
    env:
      DATABASE_URL: postgres://postgres:postgres@localhost:5432/postgres
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with: { node-version: 24, cache: npm }
      - run: npm install
      - run: npm run check
      - run: npm test
`,
};
