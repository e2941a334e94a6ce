/** 1 where lines run to the right, -1 where they run to the left. */
export function forward(element: Element): 1 | -1 {
  return getComputedStyle(element).direction === 'rtl' ? -1 : 1;
}
