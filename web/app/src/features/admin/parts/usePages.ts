import type { PageState, Pages } from '@parlance/sdk';
import { useEffect } from 'react';
import { useReadable } from '../../../platform/index.ts';

/** A long list's page on the screen. The list is read when it comes on the screen. */
export function usePages<Row, Place>(pages: Pages<Row, Place>): PageState<Row> {
  useEffect(() => void pages.reload(), [pages]);
  return useReadable(pages.state);
}
