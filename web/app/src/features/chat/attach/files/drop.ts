/** Whether something that is dragged or pasted brings files. */
export function bringsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false;
}

/** The files that were dropped or pasted. A folder is none. */
export function filesIn(data: DataTransfer): File[] {
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  // A copied piece of a document comes as text, and once more as a picture of it.
  if (data.types.includes('text/plain') && data.types.includes('text/html')) return [];
  return items.flatMap(item => {
    const file = item.webkitGetAsEntry()?.isDirectory ? null : item.getAsFile();
    return file ? [named(file)] : [];
  });
}

/** What is pasted from elsewhere is always called the same. */
function named(file: File): File {
  if (file.name !== 'image.png' && file.name !== '') return file;
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-').replace('T', ' ');
  const ending = file.type.split('/')[1]?.replace('jpeg', 'jpg') ?? 'bin';
  return new File([file], `${time}.${ending}`, { type: file.type, lastModified: file.lastModified });
}
