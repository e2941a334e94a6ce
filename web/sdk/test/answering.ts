import type { Call, Name } from '../src/transport/call.ts';
import { refusal } from './fakeServer.ts';

/** A server of few answers: what each operation answers, and what was asked. */
export function answering(answers: Partial<Record<Name, (input: never) => unknown>>) {
  const asked: [Name, unknown][] = [];
  const call = (async (name: Name, input: never) => {
    asked.push([name, input]);
    await Promise.resolve();
    const answer = answers[name];
    if (!answer) throw refusal('unknown_operation', 404);
    return answer(input);
  }) as Call;
  return { call, asked, names: () => asked.map(([name]) => name) };
}
