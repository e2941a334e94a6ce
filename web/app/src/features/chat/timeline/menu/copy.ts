/** Whether it was copied. Without a clipboard (an insecure address) the text can still be selected by hand. */
export async function copy(text: string): Promise<boolean> {
  if (!navigator.clipboard) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
