// How far an import has come, wherever it was begun: how much of the file is sent, then that the server makes a map of it.
import type { JSX } from 'react';

export function ImportProgress({
  share,
}: {
  /** 0 to 1; null while no file is on its way. */
  readonly share: number | null;
}): JSX.Element | null {
  if (share === null) return null;
  return (
    <p className="import-progress" role="status">
      <progress aria-label="Import" value={share < 1 ? share : undefined} />
      {share < 1 ? 'Sending the file…' : 'Making the map…'}
    </p>
  );
}
