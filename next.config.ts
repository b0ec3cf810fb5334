import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Folders above the checkout may hold lock files of their own.
  turbopack: { root: import.meta.dirname },
  // `npm run check` does it, and a start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres"],
};

export default config;
