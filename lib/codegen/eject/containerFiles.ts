import type { Sources } from "../../model/sources.ts";

/** How the app is put into a container, and run in one beside its PostgreSQL. */
export function containerFiles(name: string): Sources {
  return {
    Dockerfile: `FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json* ./
COPY engine/patch engine/patch
RUN npm install --omit=dev --omit=optional --no-audit --no-fund && npm cache clean --force
COPY . .
RUN mkdir -p data && chown node:node data
USER node
ENV PORT=3000
EXPOSE 3000
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
`,
    ".dockerignore": `.git
.env
data
node_modules
`,
    "compose.yaml": `name: ${name}
services:
  app:
    build: .
    ports: ["3000:3000"]
    environment:
      DATABASE_URL: postgres://app:\${POSTGRES_PASSWORD:?choose one in .env}@postgres:5432/app
    env_file:
      - path: .env
        required: false
    volumes: ["data:/app/data"]
    depends_on:
      postgres:
        condition: service_healthy
    restart: unless-stopped
  postgres:
    image: postgres:18
    environment:
      POSTGRES_USER: app
      POSTGRES_DB: app
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?choose one in .env}
      # Texts are compared by code point, as everywhere this app was tested.
      POSTGRES_INITDB_ARGS: --locale-provider=builtin --builtin-locale=C.UTF-8
    volumes: ["postgres:/var/lib/postgresql"]
    healthcheck:
      test: ["CMD-SHELL", "pg_isready --username app"]
      interval: 2s
      retries: 30
    restart: unless-stopped
volumes:
  data:
  postgres:
`,
  };
}
