import type { Readable } from '@parlance/sdk';
import { useSyncExternalStore } from 'react';

/** Watches a value of the SDK. A selector must answer the same object while nothing it reads changed. */
export function useReadable<T>(readable: Readable<T>): T;
export function useReadable<T, S>(readable: Readable<T>, select: (value: T) => S): S;
export function useReadable<T, S>(readable: Readable<T>, select?: (value: T) => S): T | S {
  return useSyncExternalStore(readable.subscribe, () => (select ? select(readable.get()) : readable.get()));
}
