// Files the page hands to its reader: what they are called, and how they are saved.

/** `renting-a-flat.report.md`: a file name from the title; letters of all scripts stay. */
export function namedAfter(title: string, map: string, ending: string): string {
  const name = title
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name === '' ? map : name}.${ending}`;
}

export function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
