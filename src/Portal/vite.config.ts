import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// npm run dev: pages come from here, everything else from a running API (API=http://acme.localhost:8080).
const api = process.env.API ?? "http://acme.localhost:8080";

export default defineConfig({
  plugins: [
    react(),
    { // what the server fills in when it serves the page, for development
      name: "placeholders",
      apply: "serve",
      transformIndexHtml: (html) => html.replaceAll("{{tenant}}", "CallCenter").replaceAll("{{language}}", "zh-CN").replaceAll("{{nonce}}", "").replaceAll("{{brand}}", "").replaceAll("{{host}}", "tenant"),
    },
  ],
  server: {
    proxy: Object.fromEntries(["/api", "/hubs", "/openapi"].map((path) => [path, { target: api, changeOrigin: true, ws: true, headers: { origin: api } }])),
  },
  build: {
    outDir: process.env.PORTAL_OUTPUT ?? "obj/portal",
    emptyOutDir: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rollupOptions: { input: ["index.html", "call.html"] }, // the portal, and the page of visitors, which shares nothing with it
  },
});
