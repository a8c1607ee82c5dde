// Says that the list of versions may be behind: beside the list, wherever it is shown.
import type { JSX } from 'react';
import { Button } from '../ui';
import type { Versions } from './use-versions';
import './versions.css';

export function Stale({ versions }: { readonly versions: Versions }): JSX.Element | null {
  if (versions.kind !== 'here' || versions.staleWhy === undefined) return null;
  return (
    <div className="ver-behind" role="alert">
      <p>What changed since could not be fetched: this list may be behind. {versions.staleWhy}</p>
      <Button size="s" onPress={versions.again}>
        Try again
      </Button>
    </div>
  );
}
