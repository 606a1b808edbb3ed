import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate` compares the schema with the last migration and writes the next one. It needs no database. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './services/db/schema/index.ts',
  out: './services/db/migrations',
  entities: { roles: false },
});
