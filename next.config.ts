import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Folders above the checkout may hold lock files of their own.
  turbopack: { root: import.meta.dirname },
  // `npm run check` does it, and a start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres"],
  // For everything; what pages may load besides is said by proxy.ts.
  async headers() {
    const everywhere = {
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "strict-origin-when-cross-origin",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Origin-Agent-Cluster": "?1",
      "X-Permitted-Cross-Domain-Policies": "none",
      "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    };
    // What the APIs answer is data: should a browser ever show it as a page, it may do nothing.
    const ofApis = { "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'" };
    const listed = (headers: object) => Object.entries(headers).map(([key, value]) => ({ key, value }));
    return [
      { source: "/:path*", headers: listed(everywhere) },
      { source: "/:area(api|git|cli)/:path*", headers: listed(ofApis) },
    ];
  },
};

export default config;
