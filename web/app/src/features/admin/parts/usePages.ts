import type { PageState, Pages } from '@parlance/sdk';
import { useEffect, useState } from 'react';
import { useReadable } from '../../../platform/index.ts';

/**
 * A long list's page on the screen. The list is read when it comes on the screen; until there is an answer, what was
 * there before stays: a search must not flash with each letter.
 */
export function usePages<Row, Place>(pages: Pages<Row, Place>): PageState<Row> {
  useEffect(() => void pages.reload(), [pages]);
  const state = useReadable(pages.state);
  const [before, setBefore] = useState(state);
  useEffect(() => {
    if (state.rows) setBefore(state);
  }, [state]);
  const waits = state.rows === undefined && state.error === undefined && before.rows !== undefined;
  return waits ? { ...before, loading: true } : state;
}
