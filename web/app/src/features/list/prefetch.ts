import { prefetch } from '../../platform/index.ts';

/** Fetches what the list opens later. */
export function prefetchParts(): void {
  prefetch(() => [
    import('./row/RowMenu.tsx'),
    import('./row/Questions.tsx'),
    import('./Requests.tsx'),
    import('./search/SearchResults.tsx'),
    import('./folders/FolderEditor.tsx'),
  ]);
}
