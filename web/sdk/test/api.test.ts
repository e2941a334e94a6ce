import { expect, test } from 'vitest';
import { api } from '../src/gen/api.gen.ts';
import { ROUTES } from '../src/gen/operations.gen.ts';
import type { Call } from '../src/transport/call.ts';

test('every operation has a method that calls it', async () => {
  const called: string[] = [];
  const call = ((name: string) => {
    called.push(name);
    return Promise.resolve({});
  }) as unknown as Call;
  const methods: unknown[] = Object.values(api(call)).flatMap(noun =>
    typeof noun === 'function' ? [noun] : Object.values(noun),
  );
  for (const method of methods as ((input: object) => Promise<unknown>)[]) await method({});
  expect(new Set(called).size).toBe(methods.length);
  for (const name of Object.keys(ROUTES)) expect(called).toContain(name);
});
