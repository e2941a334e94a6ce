import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['parlance-source'] },
  test: { include: ['sdk/test/**/*.test.ts', 'app/src/**/*.test.ts'] },
});
