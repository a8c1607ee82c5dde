// Saves a map as a file of this person's computer, in the format that Cairn reads again.
import { exportMap } from '../../wire/api';
import { fileTitle, saveText } from '../save-file';
import { toast } from '../ui';
import { explain } from '../words';

/** Shows how it goes, since a large map takes a moment. */
export async function saveMapFile(map: string): Promise<void> {
  const done = toast({ title: 'Preparing the file…' }, null);
  try {
    const text = await exportMap(map);
    const name = fileName(text, map);
    saveText(text, 'application/json', name);
    done();
    toast({ title: 'Exported', detail: name, tone: 'good' });
  } catch (error) {
    done();
    toast({ title: 'The map was not exported', detail: explain(error), tone: 'bad' });
  }
}

/** `renting-a-flat.cairn.json`, from the title; letters of all scripts stay. */
export function fileName(document: string, map: string): string {
  let title: unknown;
  try {
    title = (JSON.parse(document) as { title?: unknown }).title;
  } catch {
    title = undefined;
  }
  return `${fileTitle(typeof title === 'string' ? title : '', map)}.cairn.json`;
}
