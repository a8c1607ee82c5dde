// After a refused edit: why, and the words, so that nothing typed is lost. They stay in this tab's
// storage until their writer closes this.
import { type JSX, useState } from 'react';
import { keepWords, keptWords } from '../remembered';
import { Button, CopyIcon, Dialog, toast } from '../ui';
import { copyText } from './copy';

export function KeptWordsDialog({ map }: { readonly map: string }): JSX.Element | null {
  const [kept, setKept] = useState(() => keptWords(map));
  if (kept === null) return null;
  const close = (): void => {
    keepWords(map, null);
    setKept(null);
  };
  const all = kept.texts.join('\n\n');
  return (
    <Dialog
      title="An edit of yours was not accepted"
      role="alertdialog"
      isOpen
      isDismissable={false}
      onOpenChange={close}
      footer={
        <>
          {kept.texts.length === 0 ? null : (
            <Button
              icon={CopyIcon}
              onPress={() => {
                void copyText(all).then((copied) =>
                  toast({ title: copied ? 'Copied' : 'Select the text and copy it' }),
                );
              }}
            >
              Copy it all
            </Button>
          )}
          <Button variant="primary" onPress={close}>
            Done
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{kept.why} The map was loaded anew, as everyone else sees it.</p>
        {kept.texts.length === 0 ? null : (
          <>
            <p>This is what you had written:</p>
            <ul className="kept">
              {kept.texts.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}
