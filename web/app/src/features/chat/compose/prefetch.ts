let begun = false;

/**
 * Fetches, once the browser has nothing else to do, what the composer opens later: it is there at once then, and without a
 * connection too.
 */
export function prefetch(): void {
  if (begun) return;
  begun = true;
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 2_000));
  idle(() => {
    const parts = [
      import('./completion/Suggestions.tsx'),
      import('./standing/Hint.tsx'),
      import('./standing/RequestBar.tsx'),
      import('../emoji/EmojiPicker.tsx'),
      import('../attach/PollSheet.tsx'),
      import('../attach/LocationSheet.tsx'),
      import('../attach/ContactSheet.tsx'),
      import('../schedule/ScheduleSheet.tsx'),
      import('../schedule/ScheduledSheet.tsx'),
      import('../kinds/Poll.tsx'),
      import('../kinds/Location.tsx'),
      import('../kinds/Contact.tsx'),
      import('../kinds/Cards.tsx'),
    ];
    // Whatever does not come now is asked for when it is needed.
    void Promise.allSettled(parts);
  });
}
