// When something was recorded in an open map: what this browser did and the server acknowledged, or what comes from others. Whoever asks the
// server again for what hangs on that is called back here; now and then once too often, never too seldom by a change that counted.
import type { MapConnection } from './connection';

export function onRecorded(
  { doc, status, workshop: { shared, personal } }: MapConnection,
  act: () => void,
): () => void {
  let isEdited = false;
  // An edit that is refused, or made without a connection, does not come to be saved.
  const look = (): void => {
    if (!isEdited || status.get().kind !== 'saved') return;
    isEdited = false;
    act();
  };
  const edited = (): void => {
    isEdited = true;
    look();
  };
  // The first views say how things stand, and one that is told again has the number of the same record.
  let seq = shared.get()?.seq;
  const told = (): void => {
    const before = seq;
    seq = shared.get()?.seq ?? seq;
    if (before !== undefined && seq !== undefined && seq > before) act();
  };
  let own = personal.get();
  const toldOwn = (): void => {
    const before = own;
    own = personal.get();
    if (before !== null) act();
  };
  doc.on('update', edited);
  const stops = [status.subscribe(look), shared.subscribe(told), personal.subscribe(toldOwn)];
  return () => {
    doc.off('update', edited);
    for (const stop of stops) stop();
  };
}
