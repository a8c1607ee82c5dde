// A file dragged anywhere onto the page. Dragging is a second way: the Import button is the first.
import { useEffect, useState } from 'react';

/** True while a file hangs over the page; `onFile` gets the first one dropped. */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // Enter and leave also fire for every element passed; only the balance says "over the page".
    let depth = 0;
    const on = (type: string, react: (event: DragEvent) => void): (() => void) => {
      const listener = (event: Event): void => {
        if (!(event instanceof DragEvent) || !event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        react(event);
      };
      window.addEventListener(type, listener);
      return () => window.removeEventListener(type, listener);
    };
    const stops = [
      on('dragenter', () => {
        depth += 1;
        setOver(true);
      }),
      on('dragover', () => undefined),
      on('dragleave', () => {
        depth -= 1;
        if (depth <= 0) setOver(false);
      }),
      on('drop', (event) => {
        depth = 0;
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [onFile]);
  return isOver;
}
