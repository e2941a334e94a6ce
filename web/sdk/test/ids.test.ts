import { describe, expect, it } from 'vitest';
import { idBefore } from '../src/ids.ts';

describe('the id before an id', () => {
  it('borrows from the digits above', () => {
    expect(idBefore('u_0000000000002')).toBe('u_0000000000001');
    expect(idBefore('u_06dq3m8h2c400')).toBe('u_06dq3m8h2c3zz');
    expect(idBefore('u_06dq3m8h2c4xm')).toBe('u_06dq3m8h2c4xk');
    expect(idBefore('u_1000000000000') < 'u_1000000000000').toBe(true);
  });
});
