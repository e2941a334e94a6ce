import type { Change } from './marks.ts';

/** Changes a field as typing would: what was there before can be had back by undoing. */
export function change(field: HTMLTextAreaElement, { from, to, insert, select }: Change): void {
  field.focus();
  field.setSelectionRange(from, to);
  const done =
    insert === ''
      ? from === to || document.execCommand('delete')
      : document.execCommand('insertText', false, insert);
  if (!done) {
    field.setRangeText(insert, from, to, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.setSelectionRange(select[0], select[1]);
}

/** Puts a text at the caret, in place of what is selected. */
export function insertAtCaret(field: HTMLTextAreaElement, insert: string): void {
  const { selectionStart: from, selectionEnd: to } = field;
  const end = from + insert.length;
  change(field, { from, to, insert, select: [end, end] });
}
