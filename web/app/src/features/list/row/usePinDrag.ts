import { useState, type DragEvent } from 'react';

/** Moves pinned rows by drawing them with the mouse. */
export function usePinDrag(
  pins: readonly string[],
  arrange: (order: readonly string[]) => Promise<unknown>,
  onFailed: (error: unknown) => void,
) {
  const [dragged, setDragged] = useState<string>();
  const [order, setOrder] = useState<readonly string[]>();

  function over(id: string) {
    if (dragged === undefined || dragged === id) return;
    const now = [...(order ?? pins)];
    const to = now.indexOf(id);
    now.splice(now.indexOf(dragged), 1);
    now.splice(to, 0, dragged);
    setOrder(now);
  }

  /** What was drawn shows until the server has it, and goes back if it refuses. */
  async function drop() {
    setDragged(undefined);
    if (!order) return;
    await arrange(order).catch(onFailed);
    setOrder(undefined);
  }

  return {
    /** The rows with the pinned ones in the order drawn so far. */
    apply(ids: readonly string[]): readonly string[] {
      if (!order) return ids;
      const pinned = new Set(order);
      return [...order.filter(id => ids.includes(id)), ...ids.filter(id => !pinned.has(id))];
    },
    handlers: (id: string) => ({
      draggable: true,
      'data-dragged': dragged === id || undefined,
      onDragStart(event: DragEvent) {
        event.dataTransfer.effectAllowed = 'move';
        setDragged(id);
      },
      onDragOver(event: DragEvent) {
        if (dragged === undefined) return;
        event.preventDefault();
        over(id);
      },
      onDrop: (event: DragEvent) => event.preventDefault(),
      onDragEnd: () => void drop(),
    }),
  };
}
