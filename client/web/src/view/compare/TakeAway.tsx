// The comparison to take away: as JSON for programs, as Markdown for people.
import { type JSX, useState } from 'react';
import { type Sides, sidesQuery } from '../../model/moments';
import { compareAsMarkdown, compareMaps } from '../../wire/past';
import { copyText } from '../mappage/copy';
import { saveText } from '../save-file';
import { CopyIcon, DownloadIcon, IconButton, Menu, MenuItem, toast } from '../ui';
import { explain } from '../words';

export function TakeAway({
  map,
  sides,
}: {
  readonly map: string;
  readonly sides: Sides;
}): JSX.Element {
  const [isBusy, setBusy] = useState(false);
  const query = sidesQuery(sides);

  async function take(what: string): Promise<void> {
    setBusy(true);
    try {
      if (what === 'json') {
        const json = JSON.stringify(await compareMaps(map, query), null, 2);
        saveText(`${json}\n`, 'application/json', `${map}.comparison.json`);
        return;
      }
      const markdown = await compareAsMarkdown(map, query);
      if (what === 'md') saveText(markdown, 'text/markdown', `${map}.comparison.md`);
      else if (await copyText(markdown)) {
        toast({ title: 'The comparison is on the clipboard', detail: 'As Markdown', tone: 'good' });
      } else {
        toast({
          title: 'This browser did not let the page copy',
          detail: 'Download the Markdown file instead.',
          tone: 'bad',
        });
      }
    } catch (error) {
      toast({ title: 'The comparison could not be fetched', detail: explain(error), tone: 'bad' });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Menu
      aria-label="Take away"
      trigger={<IconButton label="Take away" icon={DownloadIcon} isDisabled={isBusy} />}
      onAction={(what) => void take(String(what))}
    >
      <MenuItem id="copy" icon={CopyIcon}>
        Copy as Markdown
      </MenuItem>
      <MenuItem id="md" icon={DownloadIcon}>
        Download Markdown
      </MenuItem>
      <MenuItem id="json" icon={DownloadIcon}>
        Download JSON
      </MenuItem>
    </Menu>
  );
}
