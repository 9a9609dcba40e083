import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: folder("."),
  base: "/graphiql/",
  build: { outDir: folder("../../../dist/graphiql"), emptyOutDir: true, chunkSizeWarningLimit: 4000 },
});
